"""Real short articles at random, with edits, corrections, retractions, tombstones, late old versions, poison, giants.

Some are live blogs, which grow by an entry with each version.
"""

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
LIVE_LEAD = "Ministers and soldiers are busy in many countries, and here is what each of them did and said on Thursday."
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
    _paragraphs: list[list[str]] = field(default_factory=list)
    """For each article what its newest version says; of a live blog, its entries, the last first."""
    _live: set[int] = field(default_factory=set)
    """The articles that are live blogs."""
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
        if fate < 0.55 or not self._fetched:
            return self._new(is_live=fate < 0.08)
        if fate < 0.62:
            return self.chance.choice([record for record in self._sent if not record.is_poison])
        article = self.chance.randrange(len(self._fetched))
        if fate < 0.72:
            late = self._fetched[article] - timedelta(seconds=self.chance.randint(0, 60))
            return self._article(article, late, self._some())
        self._fetched[article] = self._now
        if fate < 0.77:
            return self._record(b"n%d" % article, None)
        if fate < 0.82:
            return self._article(article, self._now, None)
        self._paragraphs[article] = self._edited(article) if fate < 0.94 else self._some()
        return self._article(article, self._now, self._paragraphs[article])

    def _new(self, padding: int = 0, *, is_live: bool = False) -> RawArticle:
        article = len(self._fetched)
        self._fetched.append(self._now)
        self._paragraphs.append(self._some())
        if is_live:
            self._live.add(article)
        return self._article(article, self._now, self._paragraphs[article], padding)

    def _edited(self, article: int) -> list[str]:
        """A live blog grows; of another article one paragraph is written anew, or one is added."""
        former = self._paragraphs[article]
        if article in self._live:
            return [*self._some(1), *former]
        kept = self.chance.randrange(len(former) + 1)
        return [*former[:kept], *self._some(1), *former[kept + 1 :]]

    def _some(self, number: int | None = None) -> list[str]:
        """New paragraphs, one or two."""
        one, other = self.chance.sample(COUNTRIES, 2)
        blanks = {"one": one, "other": other, "town": self.chance.choice(TOWNS), "number": self.chance.randint(2, 30)}
        sentences = self.chance.sample(SENTENCES, number or self.chance.choice((1, 1, 2)))
        return [sentence.format_map(blanks) for sentence in sentences]

    def _article(self, article: int, fetched: datetime, paragraphs: list[str] | None, padding: int = 0) -> RawArticle:
        """A version that says this, or one that is retracted."""
        told: dict[str, object] = {"id": f"n{article}", "source": f"Source {article % 7}", "published": "2024-03-01"}
        told |= {"fetched": fetched.isoformat(), "retracted": paragraphs is None}
        text = "\n\n".join(self._timed(paragraphs or []) if article in self._live else paragraphs or [])
        if padding:
            told["html"] = f"<html><body><article><p>{text}</p></article><!-- {'x' * padding} --></body></html>"
        elif text:
            told["text"] = text
        return self._record(b"n%d" % article, json.dumps(told).encode())

    @staticmethod
    def _timed(entries: list[str]) -> list[str]:
        """A live blog: what it is about, then its entries, each under its time."""
        hours = range(8 + len(entries), 8, -1)
        timed = (line for hour, entry in zip(hours, entries, strict=True) for line in (f"{hour % 24:02}:15 GMT", entry))
        return ["Live: war and diplomacy around the world", LIVE_LEAD, *timed]

    def _poison(self, number: int) -> RawArticle:
        value = POISON[number % len(POISON)]
        key = None if number % 4 == 3 else b"poison-%d" % number
        return RawArticle(key, value, self._milliseconds(), is_poison=True)

    def _record(self, key: bytes, value: bytes | None) -> RawArticle:
        return RawArticle(key, value, self._milliseconds())

    def _milliseconds(self) -> int:
        return round(self._now.timestamp() * 1000)
