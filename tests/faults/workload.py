"""The workload of one run: hand-made documents, and among them real articles, in the order in which they are sent.

The ids of the two do not overlap: what is sent straight to `news.documents.v1` is never coded too. All records of one
article are in the order in which the broker gets them, since they have one key.
"""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from streams import codec, topics
from tests.faults.newsroom import Newsroom
from tests.faults.stories import Stories

DOCUMENTS_PER_STORY = 12


@dataclass(frozen=True, slots=True)
class Size:
    """How many records of each kind."""

    documents: int = 2400
    articles: int = 180


@dataclass(frozen=True, slots=True)
class Record:
    """One record to send; `timestamp_ms` is its time, that of sending when none."""

    topic: str
    key: bytes | None
    value: bytes | None
    timestamp_ms: int | None = None
    is_poison: bool = False


def workload(seed: int, size: Size) -> tuple[Record, ...]:
    """The records that this seed makes."""
    chance = random.Random(seed)
    stories = Stories(random.Random(chance.random()), stories=size.documents // DOCUMENTS_PER_STORY + 1)
    documents = (
        Record(topics.DOCUMENTS.name, one.article_id.encode(), codec.encode(one))
        for one in stories.documents(size.documents)
    )
    articles = (
        Record(topics.ARTICLES.name, one.key, one.value, one.timestamp_ms, one.is_poison)
        for one in Newsroom(random.Random(chance.random())).records(size.articles)
    )
    sources = [0] * size.documents + [1] * size.articles
    chance.shuffle(sources)
    streams = (documents, articles)
    return tuple(next(streams[source]) for source in sources)


def slices(records: Sequence[Record], parts: int) -> Iterator[Sequence[Record]]:
    """The records in so many parts of about the same size, in order."""
    edges = [len(records) * part // parts for part in range(parts + 1)]
    return (records[start:end] for start, end in itertools.pairwise(edges))
