"""What the topics must say in the end, computed apart from the pipeline from the records that were sent.

Articles are read and coded here, in this process, by the same deterministic core that the service runs in its coding
processes; what follows is the brute force of `tests/unit/simulation/oracle.py`, which shares no code with the stages.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from streams import codec, topics
from streams.records import Document, Override
from streams.revising.revise import ArticleEntry, revise
from tests.faults.workload import Record, Size, coded, workload
from tests.unit.simulation.oracle import expected_events
from tests.unit.simulation.oracle_counts import expected_article_counts, expected_counts


@dataclass(frozen=True, slots=True)
class Truth:
    """What one workload must lead to."""

    events: dict[str, dict[str, Any]]
    counts: dict[tuple[str, str], dict[str, Any]]
    """By (kind, `day|subject`)."""
    articles: dict[str, tuple[int, ...]]
    """Articles read, coded, skipped and with events, and mentions, by `day|source`."""
    poison: frozenset[tuple[bytes | None, bytes | None]]
    """Key and value of each record that must become a dead letter."""
    documents: int
    """Records on `news.documents.v1` after one pass."""
    mentions: int
    """Records on `news.mentions.v1` after one pass."""


@lru_cache(maxsize=8)
def truth_of(seed: int, size: Size) -> Truth:
    """The truth about the workload of this seed; it takes some seconds, and runs share it."""
    records = workload(seed, size)
    documents = list(documents_of(records))
    decisions = decisions_of(records)
    events = expected_events(documents, decisions)
    poison = frozenset((record.key, record.value) for record in records if record.is_poison)
    return Truth(
        events, expected_counts(events), expected_article_counts(documents), poison,
        len(documents), mentions_records(documents) + len(decisions),
    )  # fmt: skip


def documents_of(records: Iterable[Record]) -> Iterable[Document]:
    """The documents sent, and those that the articles sent become."""
    for record in records:
        if record.topic == topics.DOCUMENTS.name:
            yield codec.decode(Document, record.value or b"")
        yield from coded([record])


def decisions_of(records: Iterable[Record]) -> list[Override]:
    """The editors' decisions sent, those that decide nothing left out."""
    return [
        codec.decode(Override, record.value or b"")
        for record in records
        if record.topic == topics.OVERRIDES.name and not record.is_poison
    ]


def mentions_records(documents: Iterable[Document]) -> int:
    """How many records REVISE sends for these when it gets each once; no truth follows from it, only `replayed`."""
    entries: dict[str, ArticleEntry] = {}
    sent = 0
    for document in documents:
        entries[document.article_id], told = revise(entries.get(document.article_id), document)
        sent += len(told)
    return sent
