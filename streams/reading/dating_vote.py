"""Many hints at one day, some of them misread: the days that most of the evidence allows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

Span = tuple[date, date]
"""Days from first to last, both included."""

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Evidence:
    """The days that one hint allows, and how much it is to be believed."""

    spans: tuple[Span, ...]
    weight: int


def best_days(told: Iterable[Evidence], earliest: date, latest: date) -> tuple[Span | None, int]:
    """The shortest span that holds all days which the most weight of evidence allows, and that weight.

    The same hint given twice counts once. None where nothing is told.
    """
    weights: dict[tuple[Span, ...], int] = {}
    for evidence in told:
        spans = _merged(evidence.spans, earliest, latest)
        if spans:
            weights[spans] = max(weights.get(spans, 0), evidence.weight)
    if not weights:
        return None, 0
    changes: dict[date, int] = {}
    for spans, weight in weights.items():
        for first, last in spans:
            changes[first] = changes.get(first, 0) + weight
            if last < latest:
                changes[last + _DAY] = changes.get(last + _DAY, 0) - weight
    days = sorted(changes)
    best = level = 0
    found: list[Span] = []
    for day, following in zip(days, [*days[1:], latest + _DAY], strict=True):
        level += changes[day]
        if level > best:
            best, found = level, []
        if level == best:
            found.append((day, following - _DAY))
    return (found[0][0], found[-1][1]), best


def _merged(spans: Iterable[Span], earliest: date, latest: date) -> tuple[Span, ...]:
    """Clipped, in order, without overlaps."""
    merged: list[Span] = []
    for first, last in sorted((max(first, earliest), min(last, latest)) for first, last in spans):
        if first > last:
            continue
        if merged and first <= merged[-1][1] + _DAY:
            merged[-1] = (merged[-1][0], max(last, merged[-1][1]))
        else:
            merged.append((first, last))
    return tuple(merged)
