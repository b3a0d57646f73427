"""The topics: name, key, partitions, clean-up and retention of each, in one table.

`daybook topics` creates and verifies them; `config/asyncapi.yaml` is generated from this table and the records.
Input topics are not compacted: their offsets are contiguous, which is what lets a worker prove that it skipped nothing.

A replay builds a new generation of the service beside the one that serves. Each topic's scope tells which generations
use it; `streams/generations.py` makes the names that follow.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from streams import records

DAY_MS = 24 * 60 * 60 * 1000
Scope = Literal["shared", "internal", "output"]
MAX_RECORD_BYTES = 16 * 1024 * 1024
"""Fits an article of 10 MB of text with its JSON escapes, also as a dead letter."""


@dataclass(frozen=True, slots=True)
class Topic:
    """One topic as it must be on the broker."""

    name: str
    key: str
    """What the key is, for people."""
    record: type | None
    """Record type of the values; None for raw bytes."""
    about: str
    scope: Scope
    """`shared` by all generations, `internal` to one, or an `output`: public for the generation that serves."""
    cleanup: str = "delete"
    retention_ms: int = 30 * DAY_MS
    """How long records stay, in milliseconds; -1 for ever. Compacted topics keep the last record of each key."""
    compaction_lag_ms: int = 0
    """How long a compacted topic keeps every record, in milliseconds."""


ARTICLES = Topic(
    "news.articles.v1", "article id", records.Article, "raw articles, kept for replay", "shared", retention_ms=-1
)
DOCUMENTS = Topic("news.documents.v1", "article id", records.Document, "articles cleaned, dated and coded", "internal")
ARTICLES_READ = Topic(
    "news.articles-read.v1",
    "day|source",
    records.ArticleRead,
    "what has become of one article, by day and source",
    "internal",
)
OVERRIDES = Topic(
    "news.overrides.v1",
    "override id",
    records.Override,
    "editors' decisions, kept for replay",
    "shared",
    retention_ms=-1,
)
MENTIONS = Topic(
    "news.mentions.v1", "merge key", records.Mentions, "all that one article says under one merge key", "internal"
)
EVENTS = Topic("news.events.v1", "event id", records.Event, "what happened, once", "output", "compact", -1)
CONTRIBUTIONS = Topic(
    "news.contributions.v1",
    "day|country",
    records.Contributions,
    "all that one event adds to one day and country",
    "internal",
)
ACTOR_COUNTS = Topic(
    "news.actor-counts.v1", "day|actor id", records.DayCount, "events per actor and day", "output", "compact", -1
)
LOCATION_COUNTS = Topic(
    "news.location-counts.v1", "day|place id", records.DayCount, "events per place and day", "output", "compact", -1
)
ARTICLE_COUNTS = Topic(
    "news.article-counts.v1",
    "day|source",
    records.ArticleCount,
    "articles read per source and day",
    "output",
    "compact",
    -1,
)
LATE = Topic("news.late.v1", "day|country", records.Contributions, "contributions to days already closed", "output")
GENERATIONS = Topic(
    "news.generations.v1",
    "application id",
    records.Generations,
    "which generation of the service publishes",
    "shared",
    "compact",
    -1,
)

INPUTS = (ARTICLES, DOCUMENTS, ARTICLES_READ, OVERRIDES, MENTIONS, CONTRIBUTIONS)
"""What the agents consume, in the order of the flow."""

TABLES = ("articles", "mentions", "contributions", "articles-read")
"""The worker's tables, each with a changelog topic."""


def dead_letters_of(topic: Topic) -> Topic:
    """The topic that keeps what could not be read from `topic`: original key and bytes, place and reason in headers."""
    return Topic(
        f"{topic.name}.dlq",
        f"as on {topic.name}",
        None,
        f"what could not be read from {topic.name}",
        "output",
        retention_ms=-1,
    )


DEAD_LETTERS = tuple(dead_letters_of(topic) for topic in INPUTS)
TOPICS = (*INPUTS, EVENTS, ACTOR_COUNTS, LOCATION_COUNTS, ARTICLE_COUNTS, LATE, GENERATIONS, *DEAD_LETTERS)
