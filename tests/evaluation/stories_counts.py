"""What merging is for: how far the counts per day are from the gold, merged and unmerged."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from streams.counting.count import count_events
from streams.counting.days import count_day
from streams.merging.merge import merge_documents
from streams.paths import first_part
from streams.records import DateWindow, Document, Event
from tests.evaluation.reading_measures import ratio
from tests.evaluation.stories import Story

Cell = tuple[str, str, str]
"""Day, `actor` or `place`, and country or what stands in its place."""


def counted_by_gold(events: Iterable[dict[str, Any]]) -> Counter[Cell]:
    """Events that happened or go on, not negated, by day and country of the place, and by day and country of actors."""
    counts: Counter[Cell] = Counter()
    for event in events:
        if event["status"] not in {"happened", "ongoing"} or event["negated"]:
            continue
        start, end = (event["day"][side] and date.fromisoformat(event["day"][side]) for side in ("from", "to"))
        day = count_day(DateWindow(start, end))
        if event["country"]:
            counts[day, "place", event["country"]] += 1
        for country in {first_part(path) for path in event["actors"]}:
            counts[day, "actor", country] += 1
    return counts


def counted(events: Iterable[Event]) -> Counter[Cell]:
    """The same cells of Daybook's counts."""
    counts: Counter[Cell] = Counter()
    for one in count_events(events):
        if one.level in {"country", "group"}:
            counts[one.day, one.kind, one.subject] += one.events if one.kind == "place" else one.as_actor
    return +counts


def unmerged(documents: Iterable[Document]) -> list[Event]:
    """The events when every telling is one of its own."""
    return [
        event
        for document in documents
        for mention in document.mentions
        for event in merge_documents([replace(document, mentions=(mention,))])
    ]


def errors_of_counts(stories: Iterable[Story]) -> tuple[float, float, int]:
    """Sum of absolute differences over the gold total, merged and unmerged, and that total."""
    merged = single = total = 0
    for story in stories:
        gold = counted_by_gold(story.gold)
        merged += _difference(counted(story.events), gold)
        single += _difference(counted(unmerged(story.documents)), gold)
        total += gold.total()
    return ratio(merged, total), ratio(single, total), total


def _difference(one: Counter[Cell], other: Counter[Cell]) -> int:
    return sum(abs(one[cell] - other[cell]) for cell in one | other)
