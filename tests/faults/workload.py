"""The workload of one run: hand-made documents, real articles and editors' decisions, in the order they are sent in.

The ids of documents and articles do not overlap: what is sent straight to `news.documents.v1` is never coded too. All
records of one article, and of one decision, are in the order in which the broker gets them, since they have one key.
Decisions are about the hand-made documents, or, where there are none, about what the articles tell.
"""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from streams import codec, topics
from streams.origin import ORIGIN_HEADER
from streams.records import Document
from tests.faults.coded import document_of
from tests.faults.editors import WRONG, Editors
from tests.faults.newsroom import FIRST_FETCH, Newsroom
from tests.faults.stories import Stories

DOCUMENTS_PER_STORY = 12
ORIGIN_MS = round(FIRST_FETCH.timestamp() * 1000)
"""All of a workload is of the days on which its articles came, so that nothing of it expires."""
ORIGIN = ((ORIGIN_HEADER, b"%d" % ORIGIN_MS),)
"""For a document: its topic keeps nothing whose own time is so long ago."""


@dataclass(frozen=True, slots=True)
class Size:
    """How many records of each kind."""

    documents: int = 2400
    articles: int = 180
    decisions: int = 120


@dataclass(frozen=True, slots=True)
class Record:
    """One record to send; `timestamp_ms` is its time, that of sending when none."""

    topic: str
    key: bytes | None
    value: bytes | None
    timestamp_ms: int | None = None
    is_poison: bool = False
    headers: tuple[tuple[str, bytes], ...] = ()


def workload(seed: int, size: Size) -> tuple[Record, ...]:
    """The records that this seed makes."""
    chance = random.Random(seed)
    stories = Stories(random.Random(chance.random()), stories=size.documents // DOCUMENTS_PER_STORY + 1)
    told = list(stories.documents(size.documents))
    newsroom = Newsroom(random.Random(chance.random())).records(size.articles)
    articles = [Record(topics.ARTICLES.name, one.key, one.value, one.timestamp_ms, one.is_poison) for one in newsroom]
    editors = Editors.about(random.Random(chance.random()), told or coded(articles))
    streams = (
        (Record(topics.DOCUMENTS.name, one.article_id.encode(), codec.encode(one), headers=ORIGIN) for one in told),
        iter(articles),
        _decisions(editors, size.decisions),
    )
    sources = [0] * size.documents + [1] * size.articles + [2] * size.decisions
    chance.shuffle(sources)
    return tuple(next(streams[source]) for source in sources)


def coded(records: Iterable[Record]) -> Iterator[Document]:
    """What the articles among these records become, poison left out."""
    for record in records:
        if record.topic == topics.ARTICLES.name and not record.is_poison:
            yield document_of(record.key, record.value, record.timestamp_ms or 0)


def _decisions(editors: Editors, count: int) -> Iterator[Record]:
    """Decisions, and first of all what decides nothing."""
    for number, value in enumerate(WRONG[:count]):
        yield Record(topics.OVERRIDES.name, b"wrong-%d" % number, value, ORIGIN_MS, is_poison=True)
    for decision in editors.decisions(max(0, count - len(WRONG))):
        yield Record(topics.OVERRIDES.name, decision.id.encode(), codec.encode(decision), ORIGIN_MS)


def slices(records: Sequence[Record], parts: int) -> Iterator[Sequence[Record]]:
    """The records in so many parts of about the same size, in order."""
    edges = [len(records) * part // parts for part in range(parts + 1)]
    return (records[start:end] for start, end in itertools.pairwise(edges))
