"""What the topics say and what they must say, in one plain shape."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from streams import topics
from streams.records import ArticleCount, DayCount, Document, Event, Figure, Override
from tests.unit.simulation.oracle import expected_events
from tests.unit.simulation.oracle_counts import expected_article_counts, expected_counts
from tests.unit.simulation.simulated_log import Broker

TOTALS = ("events", "as_actor", "as_recipient", "mentions", "confirmed", "claimed_only", "killed", "wounded")
KINDS = {"actor": topics.ACTOR_COUNTS.name, "place": topics.LOCATION_COUNTS.name}


def actual(broker: Broker) -> dict[str, Any]:
    """Events by id, counts by kind and key and articles by day and source, as the topics tell them last."""
    events = {key: plain_event(event) for key, event in broker.last_values(topics.EVENTS.name).items()}
    read = {key: plain_articles(count) for key, count in broker.last_values(topics.ARTICLE_COUNTS.name).items()}
    return {"events": events, "counts": actual_counts(broker), "articles": read}


def actual_counts(broker: Broker) -> dict[tuple[str, str], dict[str, Any]]:
    return {
        (kind, key): plain_count(count)
        for kind, topic in KINDS.items()
        for key, count in broker.last_values(topic).items()
    }


def expected(documents: Sequence[Document], overrides: Sequence[Override] = ()) -> dict[str, Any]:
    """The same, by the oracle."""
    events = expected_events(documents, overrides)
    read = expected_article_counts(documents)
    return {"events": events, "counts": expected_counts(events), "articles": read}


def plain_event(event: Event) -> dict[str, Any]:
    return {
        "members": sorted(report.mention_id for report in event.reports),
        "type": event.type,
        "mode": event.mode,
        "quad": event.quad,
        "actors": [party.id for party in event.actors],
        "recipients": [party.id for party in event.recipients],
        "mutual": event.mutual,
        "date": event.date,
        "place": event.place.id if event.place else None,
        "status": event.status,
        "negated": event.negated,
        "killed": _range(event.casualties.killed),
        "wounded": _range(event.casualties.wounded),
        "claimed_only": event.claimed_only,
        "mentions": event.mentions,
        "sources": event.sources,
        "coder": event.coder,
    }


def plain_articles(count: ArticleCount) -> tuple[int, ...]:
    return count.read, count.coded, count.skipped, count.with_events, count.mentions


def plain_count(count: DayCount) -> dict[str, Any]:
    by = {"by_type": dict(count.by_type), "by_quad": dict(count.by_quad)}
    return by | {name: getattr(count, name) for name in TOTALS}


def _range(figure: Figure | None) -> tuple[int, int] | None:
    return (figure.min, figure.max) if figure else None
