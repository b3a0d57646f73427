"""How surely two mentions tell one event: the sum of what their traits say, or a contradiction.

A pair links when its score reaches `THRESHOLD`. The weights, in points:

| trait | points |
|---|---|
| type | the same type and mode 2; the same type, another mode 1.5; types that may merge 1; other: contradiction |
| actors, recipients (each) | same entity 2, same sector 1, same country 0.5; one not told 0; other: contradiction |
| mutual | parties of both sides are one set, the two best pairs count, and 1 more: two parties meet once a day |
| date | same day, told 2, one assumed 1.5; windows that overlap 1.5, over a week 1; a neighbouring day 0 |
| place | same spot 2, within 30 km 1.5, in the same admin1 1, in the same country 0.5; other: contradiction |
| sentence | one told with the same words 3 |
| numbers | the same casualties 1, the same amount 1; casualties far apart: contradiction |
| trigger | the same word 0.5 |

So a deed of the same kind by the same sides on the same day needs a common place, a named person or common words
besides; without a date it needs two of those. Points are multiples of a quarter, so sums are exact in any order.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from datetime import timedelta

from streams.merging.close_types import Closeness, closeness, modes_apart, types_near
from streams.merging.compatible import CONTRADICTION, NEAR_DEGREES, sets_points, site_points
from streams.merging.traits import Traits
from streams.paths import is_entity
from streams.records import Figure

THRESHOLD = 7.0
MUTUAL_POINTS = 1.0
SENTENCE_POINTS = 3.0
NUMBER_POINTS = 1.0
TRIGGER_POINTS = 0.5
ASSUMED_DAYS = 7
"""A reprint is often dated by its own publication, up to so many days after the first."""
EVERYWHERE = "everywhere"
FAR_RATIO = 3
FAR_PEOPLE = 10
"""Casualties are far apart when one is over three times the other and by ten people or more."""


def score(one: Traits, other: Traits) -> float:
    """Points for one event, or minus infinity when the two contradict each other. Symmetric."""
    if one.negated != other.negated or one.status != other.status:
        return CONTRADICTION
    row: Closeness | None = None
    if one.type == other.type:
        if modes_apart(one.type, one.mode, other.mode):
            return CONTRADICTION
        total = 2.0 if one.mode == other.mode else 1.5
    else:
        row = closeness(one.type, one.mode, other.type, other.mode)
        if row is None:
            return CONTRADICTION
        total = 1.0
    shared = bool(set(one.hashes) & set(other.hashes))
    if not _can_meet(one, other, shared=shared):
        return CONTRADICTION
    total += _date_points(one, other, shared=shared)
    total += _party_points(one, other, swapped=row is not None and row.swapped)
    total += site_points(one.site, other.site)
    total += _number_points(one.killed, other.killed) + _number_points(one.wounded, other.wounded) / 2
    total += NUMBER_POINTS if set(one.amounts) & set(other.amounts) else 0.0
    total += SENTENCE_POINTS if shared else 0.0
    return total + (TRIGGER_POINTS if one.trigger and one.trigger == other.trigger else 0.0)


def index_keys(traits: Traits) -> Iterator[tuple[object, ...]]:
    """Keys to file the traits under; of two that link, each is found by the other's `lookup_keys`."""
    base = (traits.status, traits.negated)
    for told in traits.hashes:
        yield (*base, "sentence", told)
    strip = _strip(traits)
    for day in _days(traits, margin=0):
        yield (*base, "day", traits.type, day, strip)
        yield (*base, "day", traits.type, day, EVERYWHERE)
    for anchor in _anchors(traits):
        yield (*base, "anchor" if traits.dated else "undated", traits.type, anchor)


def lookup_keys(traits: Traits) -> Iterator[tuple[object, ...]]:
    """Keys under which everything is filed that may link with the traits."""
    base = (traits.status, traits.negated)
    for told in traits.hashes:
        yield (*base, "sentence", told)
    strip = _strip(traits)
    strips = (EVERYWHERE,) if strip is None else (strip - 1, strip, strip + 1, None)
    for near in types_near(traits.type):
        for day in _days(traits, margin=1):
            for where in strips:
                yield (*base, "day", near, day, where)
        for anchor in _anchors(traits):
            yield (*base, "undated", near, anchor)
            if not traits.dated:
                yield (*base, "anchor", near, anchor)


def _strip(traits: Traits) -> int | None:
    """Number of the strip of latitude that a located spot lies in; what is near lies in it or in the next."""
    site = traits.site
    return math.floor(site.lat / NEAR_DEGREES) if site is not None and site.located and site.lat is not None else None


def _can_meet(one: Traits, other: Traits, *, shared: bool) -> bool:
    """Whether a common sentence, common days or, where one is undated, a common spot or entity joins them at all."""
    if shared or (one.dated and other.dated):
        return True
    return not set(_anchors(one)).isdisjoint(_anchors(other))


def _anchors(traits: Traits) -> list[str]:
    anchors = [path for path in (*traits.actors, *traits.recipients) if is_entity(path)]
    if traits.site is not None and traits.site.pointlike:
        anchors.append(f"at {traits.site.id}")
    return anchors


def _days(traits: Traits, *, margin: int) -> Iterator[int]:
    if traits.dated and traits.first_day is not None and traits.last_day is not None:
        yield from range(traits.first_day.toordinal() - margin, traits.last_day.toordinal() + margin + 1)


def _date_points(one: Traits, other: Traits, *, shared: bool) -> float:
    if not (one.dated and other.dated):
        return CONTRADICTION if _exclude(one, other) else 0.0
    if one.first_day is None or one.last_day is None or other.first_day is None or other.last_day is None:
        return 0.0
    gap = max(one.first_day, other.first_day) - min(one.last_day, other.last_day)
    if gap > timedelta(0):
        if gap == timedelta(days=1) and not (one.exact_day and other.exact_day):
            return 0.0
        reprint = shared and (one.assumed or other.assumed) and gap.days <= ASSUMED_DAYS
        return 0.0 if reprint else CONTRADICTION
    if one.exact_day and other.exact_day:
        return 2.0
    widest = max(one.last_day - one.first_day, other.last_day - other.first_day)
    return 1.5 if widest.days < 7 else 1.0


def _exclude(one: Traits, other: Traits) -> bool:
    """Whether two windows, of which one is wide or open, lie apart by more than a day."""
    day = timedelta(days=1)
    for early, late in ((one, other), (other, one)):
        if early.last_day is not None and late.first_day is not None and late.first_day - early.last_day > day:
            return True
    return False


def _party_points(one: Traits, other: Traits, *, swapped: bool) -> float:
    if one.mutual or other.mutual:
        points = sets_points(_parties(one), _parties(other), strict=True)
        return points + MUTUAL_POINTS if one.mutual and other.mutual else points
    actors, recipients = (other.recipients, other.actors) if swapped else (other.actors, other.recipients)
    return sets_points(one.actors, actors, strict=False) + sets_points(one.recipients, recipients, strict=False)


def _parties(traits: Traits) -> tuple[str, ...]:
    return tuple(sorted({*traits.actors, *traits.recipients}))


def _number_points(one: Figure | None, other: Figure | None) -> float:
    if one is None or other is None:
        return 0.0
    low, high = sorted((one, other), key=lambda figure: (figure.max, figure.min))
    if low.max >= high.min:
        return NUMBER_POINTS if low.max > 0 else 0.0
    far = high.min > FAR_RATIO * low.max and high.min - low.max >= FAR_PEOPLE
    return CONTRADICTION if far else -0.5
