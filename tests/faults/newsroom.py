"""Real short articles at random, with corrections, retractions, tombstones, late old versions, poison and giants."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

FIRST_FETCH = datetime(2024, 3, 2, tzinfo=UTC)
MEGABYTE = 1_000_000
COUNTRIES = ("France", "Germany", "Poland", "Italy", "Spain", "Japan", "India", "Brazil", "Kenya", "Peru", "Norway")
TOWNS = ("Kharkiv", "Kherson", "Odesa", "Sumy", "Dnipro", "Lviv", "Poltava")
SENTENCES = (
    "Russian forces shelled the city of {town} on Thursday, killing {number} people, officials said.",
    "{one} accused {other} on Wednesday of breaking the treaty.",
    "{one} sent humanitarian aid to {other} on Tuesday.",
    "{one}'s president met {other}'s prime minister on Wednesday. The two signed an agreement on trade.",
    "Thousands of people protested in {one} on Thursday against the government.",
)
POISON = (
    b'{"text": "torn',
    b"x" * MEGABYTE,
    b"\x00\x01\x02",
    b'{"id": "\xff\xfe", "fetched": "2024-03-02T00:00:00Z"}',
    b'{"id": "dateless"}',
    b"[1, 2, 3]",
)


@dataclass(frozen=True, slots=True)
class RawArticle:
    """One record of `news.articles.v1`; `timestamp_ms` is the record's time."""

    key: bytes | None
    value: bytes | None
    timestamp_ms: int
    is_poison: bool = False


@dataclass(slots=True)
class Newsroom:
    """Sends articles; its clock goes on a second with each record."""

    chance: random.Random
    _clock: int = 0
    _fetched: list[datetime] = field(default_factory=list)
    """For each article when its newest version was fetched."""
    _sent: list[RawArticle] = field(default_factory=list)

    def records(self, count: int) -> Iterator[RawArticle]:
        """So many records in the order in which they are sent, poison among them."""
        for number in range(count):
            self._clock += 1
            if number % 12 == 7:
                record = self._poison(number // 12)
            elif number % (count // 3 + 1) == 15:  # a few are fat
                record = self._new(padding=MEGABYTE)
            else:
                record = self._next()
            self._sent.append(record)
            yield record

    @property
    def _now(self) -> datetime:
        return FIRST_FETCH + timedelta(seconds=self._clock)

    def _next(self) -> RawArticle:
        fate = self.chance.random()
        if fate < 0.6 or not self._fetched:
            return self._new()
        if fate < 0.67:
            return self.chance.choice([record for record in self._sent if not record.is_poison])
        article = self.chance.randrange(len(self._fetched))
        if fate < 0.77:
            return self._article(article, self._fetched[article] - timedelta(seconds=self.chance.randint(0, 60)))
        self._fetched[article] = self._now
        if fate < 0.82:
            return self._record(b"n%d" % article, None)
        return self._article(article, self._now, retracted=fate < 0.87)

    def _new(self, padding: int = 0) -> RawArticle:
        self._fetched.append(self._now)
        return self._article(len(self._fetched) - 1, self._now, padding=padding)

    def _article(self, article: int, fetched: datetime, *, retracted: bool = False, padding: int = 0) -> RawArticle:
        text = self._text()
        told: dict[str, object] = {"id": f"n{article}", "source": f"Source {article % 7}", "published": "2024-03-01"}
        told |= {"fetched": fetched.isoformat(), "retracted": retracted}
        if padding:
            told["html"] = f"<html><body><article><p>{text}</p></article><!-- {'x' * padding} --></body></html>"
        elif not retracted:
            told["text"] = text
        return self._record(b"n%d" % article, json.dumps(told).encode())

    def _text(self) -> str:
        one, other = self.chance.sample(COUNTRIES, 2)
        blanks = {"one": one, "other": other, "town": self.chance.choice(TOWNS), "number": self.chance.randint(2, 30)}
        sentences = self.chance.sample(SENTENCES, self.chance.choice((1, 1, 2)))
        return "\n\n".join(sentence.format_map(blanks) for sentence in sentences)

    def _poison(self, number: int) -> RawArticle:
        value = POISON[number % len(POISON)]
        key = None if number % 4 == 3 else b"poison-%d" % number
        return RawArticle(key, value, self._milliseconds(), is_poison=True)

    def _record(self, key: bytes, value: bytes | None) -> RawArticle:
        return RawArticle(key, value, self._milliseconds())

    def _milliseconds(self) -> int:
        return round(self._now.timestamp() * 1000)
