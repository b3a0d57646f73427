"""Hand-made documents at random: corrections, retractions, late old versions, duplicates, moved keys, places, days."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta

from streams.records import DateWindow, Document, Mention, Paragraph, Version
from tests.unit.simulation.workload import CHANGES, POOLS, SIGNATURES, day_window, mention_of, usual_deed

FIRST_FETCH = datetime(2024, 3, 2, tzinfo=UTC)
DAYS = 20
"""Over so many days the stories spread, so that the counts do."""
NUMBERS = ((0,), (0,), (0, 1), (0, 1, 2), (1,), ())
"""Which deeds a version tells; a correction may drop one and tell another."""
MEGABYTE = 1_000_000
CODERS = ("coder 1", "coder 2")


@dataclass(slots=True)
class Stories:
    """Articles under many merge keys; a story is a merge key on its day."""

    chance: random.Random
    stories: int
    _versions: list[int] = field(default_factory=list)
    """For each article the number of its newest version."""
    _told: list[Document] = field(default_factory=list)

    def documents(self, count: int) -> Iterator[Document]:
        """So many documents in the order in which they are sent."""
        for number in range(count):
            document = self._next()
            if number % (count // 4 + 1) == 10:  # a few are fat
                document = replace(document, paragraphs=(Paragraph("long " * (MEGABYTE // 5), 0, MEGABYTE),))
            self._told.append(document)
            yield document

    def _next(self) -> Document:
        fate = self.chance.random()
        if fate < 0.45 or not self._versions:
            self._versions.append(0)
            return self._document(len(self._versions) - 1, 0)
        if fate < 0.53:
            return self.chance.choice(self._told)
        article = self.chance.randrange(len(self._versions))
        newest = self._versions[article]
        if fate < 0.63:
            return self._document(article, self.chance.randint(0, newest))
        self._versions[article] = newest + 1
        told = self._document(article, newest + 1)
        return replace(told, retracted=True, mentions=()) if fate < 0.70 else told

    def _document(self, article: int, version: int) -> Document:
        chance, article_id = self.chance, f"d{article}"
        numbers = chance.choice(NUMBERS)
        fetched = FIRST_FETCH + timedelta(minutes=version)
        story = article % self.stories
        return Document(
            article_id=article_id,
            version=Version(fetched.isoformat(), chance.choice(("c1", "c2"))),
            title=None,
            source=chance.choice((f"Source {article}", None, "One Times")),
            url=chance.choice((f"https://www.{article_id}.example/x", None, "https://one.example/y")),
            published=chance.choice((day_window(story % DAYS), day_window(story % DAYS + 1), DateWindow())),
            fetched=fetched,
            language="en" if numbers else chance.choice(("en", "fr")),
            paragraphs=(),
            removed=(),
            signature=chance.choice(SIGNATURES),
            mentions=tuple(self._mention(article_id, number, story) for number in numbers),
            coder=chance.choice(CODERS),
        )

    def _mention(self, article_id: str, number: int, story: int) -> Mention:
        told = usual_deed()
        for name in self.chance.choices(CHANGES, k=self.chance.choice((0, 0, 1, 2, 4))):
            told[name] = self.chance.choice(POOLS[name])
            if name == "merge_key":
                story = self.chance.randrange(self.stories)
        told["merge_key"] = f"material|{story}"
        told["date"] = _later(told["date"], story % DAYS)
        return mention_of(article_id, number, told)


def _later(window: DateWindow, days: int) -> DateWindow:
    def moved(day: date | None) -> date | None:
        return day and day + timedelta(days=days)

    return replace(window, from_=moved(window.from_), to=moved(window.to))
