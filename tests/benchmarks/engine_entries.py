"""Entries to fill changelogs with: small ones, and those that our stages make of the sample articles.

The real ones are multiplied: every copy has ids, days and sentences of its own, as other articles about like events
would; a fifth of the copies repeat their sentences, as reprints do.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

import orjson

from streams.articles import ArticleProcessor
from streams.counting import entry as count_entry
from streams.counting.contributions import contributions_of
from streams.merging import entry
from streams.merging.events import event_id
from streams.merging.merge import merge_documents
from streams.records import Contributions, DateWindow, Mention, Mentions
from streams.revising.revise import revise
from streams.settings import load
from tests.benchmarks.engine_broker import PARTITIONS, Filling, partition_of

DAYS = 90
"""Copies are spread over so many days."""
REPRINTS = 5
"""One copy in so many is a reprint of the one before."""


def small(number: int) -> Filling:
    """Entries with a key and value of about 100 bytes together."""
    for one in range(number):
        key = f"UKR.GOV.subject-{one:07d}".encode()
        value = orjson.dumps({"records": one % 97, "killed": one % 7, "wounded": one % 11, "last": one, "sum": one * 7})
        yield one % PARTITIONS, key, value


@dataclass(frozen=True)
class Samples:
    """What the sample articles say, coded once."""

    mentions: tuple[Mentions, ...]
    contributions: tuple[Contributions, ...]

    def merging(self, number: int) -> Filling:
        """Entries of the table `mentions`, each in the partition of its merge key."""
        for one in range(number):
            made = self.mentions_entry(one)
            told = made.told
            yield partition_of(told.merge_key.encode()), entry.entry_key(told).encode(), entry.encode_entry(made)

    def counting(self, number: int) -> Filling:
        """Entries of the table `contributions`, each in the partition of its day and country."""
        for one in range(number):
            told = self.contributions_record(one)
            ever = tuple(sorted((part.kind, part.subject) for part in told.contributions))
            made = count_entry.CountEntry(told, 0, "2026-03-06T10:00:00Z", ever)
            place = f"{told.day}|{told.country}".encode()
            yield partition_of(place), count_entry.entry_key(told).encode(), count_entry.encode_entry(made)

    def mentions_entry(self, number: int) -> entry.MentionsEntry:
        """One article under one merge key; most founded an event with their first mention."""
        told = self.mentions_record(number)
        first = told.mentions[0]
        day = "undated" if first.date.to is None else first.date.to.isoformat()
        founded = entry.Founded(0, f"{number:016x}", (f"{day}|{first.merge_key.rpartition('|')[2]}",))
        keeps = {event_id(told.merge_key, first.id): founded} if number % REPRINTS else {}
        return entry.MentionsEntry(told, founded=keeps)

    def mentions_record(self, number: int) -> Mentions:
        """All that one article says under one merge key."""
        copy, which = divmod(number, len(self.mentions))
        told = self.mentions[which]
        article = f"{told.article_id}-{number}"
        days = timedelta(days=copy % DAYS)
        mentions = tuple(_mention(one, article, copy, days) for one in told.mentions)
        return replace(told, article_id=article, published=_later(told.published, days), mentions=mentions)

    def contributions_record(self, number: int) -> Contributions:
        """All that one event adds under one day and country."""
        copy, which = divmod(number, len(self.contributions))
        told = self.contributions[which]
        day = told.day
        if day != "undated":
            day = (date.fromisoformat(day) + timedelta(days=copy % DAYS)).isoformat()
        return replace(told, event_id=f"{number:020x}", version=0, day=day)


def samples() -> Samples:
    """Code the sample articles; takes some seconds."""
    from tests.benchmarks.__main__ import articles  # noqa: PLC0415  (that module imports this one)

    processor = ArticleProcessor(load())
    documents = [processor.document(article)[0] for article in articles()]
    told = tuple(record for document in documents for record in revise(None, document)[1] if record.mentions)
    events = merge_documents(documents)
    return Samples(told, tuple(record for event in events for record in contributions_of(event)))


@dataclass(frozen=True)
class Variant:
    """One kind of entries to recover."""

    name: str
    filling: Callable[[int], Filling]
    most: int
    """More entries than this are not measured."""


def variants() -> Iterator[Variant]:
    """The kinds of entries; the articles are coded when the second is wanted."""
    yield Variant("small", small, 10_000_000)
    yield Variant("mentions", samples().merging, 200_000)  # of 3 KB each


def _mention(one: Mention, article: str, copy: int, days: timedelta) -> Mention:
    story = copy - 1 if not copy % REPRINTS and copy else copy
    sentences = tuple(replace(told, hash=f"{told.hash[:-6]}{story:06x}") for told in one.sentences)
    return replace(one, id=f"{one.id}-{copy}", article_id=article, date=_later(one.date, days), sentences=sentences)


def _later(window: DateWindow, days: timedelta) -> DateWindow:
    return replace(
        window,
        from_=None if window.from_ is None else window.from_ + days,
        to=None if window.to is None else window.to + days,
    )
