"""What each part of the traits says for or against one event, in points; the weights are in docs/merging.md.

Points are multiples of a quarter, so that sums are exact in any order. Every function is symmetric.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from collections.abc import Set as AbstractSet
from datetime import timedelta
from itertools import product
from typing import TypeAlias

from streams.merging.close_types import closeness, modes_apart
from streams.merging.compatible import CONTRADICTION, both_meet, one_gathers, sets_points, site_points
from streams.merging.traits import Traits
from streams.paths import UNKNOWN, first_part, is_entity
from streams.records import Count, Figure

Part: TypeAlias = Callable[[Traits, Traits], float]

KIND_POINTS = 2.0
OTHER_MODE_POINTS = 1.5
CLOSE_TYPE_POINTS = 1.0
SWAPPED_TYPE_POINTS = 1.5
"""Taken and left, captured and surrendered: one deed told from its two sides."""
DAY_POINTS = 2.0
WINDOW_POINTS = 1.75
WIDE_POINTS = 1.0
MEETING_POINTS = 1.0
PACT_POINTS = 1.5
"""Two seldom agree on something, or exchange prisoners, twice in one week; they may well meet twice."""
GATHERING_POINTS = 0.5
"""One organisation met, whoever else is told of."""
BETWEEN_POINTS = 1.0
SPOKEN_POINTS = 0.5
ALLEGED_POINTS = 0.25
"""Governments at odds accuse each other all day, of this and that."""
SENTENCE_POINTS = 4.0
FIGURE_POINTS = 1.0
LARGE_FIGURE_POINTS = 1.5
NEAR_FIGURE_POINTS = 0.5
GROWN_POINTS = -0.5
AMOUNT_POINTS = 1.0
TRIGGER_POINTS = 0.25
WORD_POINTS = (0.0, 0.25, 1.25, 2.0, 2.75)
"""For no, one, two, three, and more words in common."""
COUNT_POINTS = 0.75
OTHER_COUNT_POINTS = -1.5

ASSUMED_DAYS = 7
"""A reprint is often dated by its own publication, up to so many days after the first."""
FAR_RATIO = 3
FAR_PEOPLE = 10
"""Casualties are far apart when one is over three times the other and by ten people or more."""
GROWING_RATIO = 2
"""Casualties grow as more becomes known, often up to so many times the first figure."""
LARGE = 4
"""So many people or more are seldom the casualties of two deeds of one day."""
NEAR_RATIO = 1.5
"""Large casualties that differ by no more are likely those of one deed, counted at two times."""
AGE = "year-old"
SPOKEN = frozenset({"REQUEST", "ACCUSE", "REJECT", "THREATEN", "SUPPORT"})
"""Deeds in words: many are spoken in one capital on one day, so that the place says a quarter."""
ALLEGING = frozenset({"allege", "investigate"})
RARE = frozenset({"CONSULT", "AGREE", "COOPERATE", "AID", "CONCEDE", "RETREAT", "SANCTION", "MOBILIZE"})
"""What one country seldom does twice a day with, for or against another."""
LASTING = frozenset({("PROTEST", "strike"), ("PROTEST", "hunger"), ("PROTEST", "obstruct"), ("ASSAULT", "siege")})
"""What goes on for days, and is told as of any of them."""
LASTING_DAYS = 3


def standing(one: Traits, other: Traits) -> float:
    """What is denied, foreseen or supposed is not what happened; and something must bring the two together at all."""
    if one.negated != other.negated or one.status != other.status:
        return CONTRADICTION
    if (one.dated and other.dated) or same_sentence(one, other):
        return 0.0
    return CONTRADICTION if set(anchors_of(one)).isdisjoint(anchors_of(other)) else 0.0


def kind(one: Traits, other: Traits) -> float:
    """Type and mode."""
    if one.type != other.type:
        row = closeness(one.type, one.mode, other.type, other.mode)
        if row is None:
            return CONTRADICTION
        return SWAPPED_TYPE_POINTS if row.swapped else CLOSE_TYPE_POINTS
    if one.mode == other.mode:
        return KIND_POINTS
    return CONTRADICTION if modes_apart(one.type, one.mode, other.mode) else OTHER_MODE_POINTS


def when(one: Traits, other: Traits) -> float:
    """The days."""
    if not (one.dated and other.dated):
        return CONTRADICTION if _exclude(one, other) else 0.0
    if one.first_day is None or one.last_day is None or other.first_day is None or other.last_day is None:
        return 0.0
    gap = max(one.first_day, other.first_day) - min(one.last_day, other.last_day)
    if gap > timedelta(0):
        if gap == timedelta(days=1) and not (one.exact_day and other.exact_day):
            return 0.0
        reprint = (one.assumed or other.assumed) and gap.days <= ASSUMED_DAYS and same_sentence(one, other)
        goes_on = lasts(one) and lasts(other) and gap.days <= LASTING_DAYS
        return 0.0 if reprint or goes_on else CONTRADICTION
    if one.exact_day and other.exact_day:
        return DAY_POINTS
    widest = max(one.last_day - one.first_day, other.last_day - other.first_day)
    return WINDOW_POINTS if widest.days < 7 else WIDE_POINTS


def who(one: Traits, other: Traits) -> float:
    """Actors and recipients; of a mutual deed all as one set, since both ways to tell it are one."""
    if one.mutual or other.mutual or one.type == other.type == "CONSULT":
        ours, theirs = _parties(one), _parties(other)
        points = sets_points(ours, theirs, strict=True)
        meets = "ASSAULT" not in {one.type, other.type} and (one.type == "CONSULT" or (one.mutual and other.mutual))
        if not meets or points <= 0:
            return points
        if both_meet(ours, theirs):
            return points + (MEETING_POINTS if one.type == "CONSULT" else PACT_POINTS)
        return (
            points + GATHERING_POINTS if one.type == other.type == "CONSULT" and one_gathers(ours, theirs) else points
        )
    actors, recipients = other.actors, other.recipients
    if one.type != other.type:
        row = closeness(one.type, one.mode, other.type, other.mode)
        if row is not None and row.swapped:
            actors, recipients = recipients, actors
    points = sets_points(one.actors, actors, strict=False)
    concerned = CONTRADICTION if points == CONTRADICTION else sets_points(one.recipients, recipients, strict=False)
    if points <= 0 or concerned <= 0 or one.type != other.type:
        return points + concerned
    return points + concerned + _between(one, other)


def _between(one: Traits, other: Traits) -> float:
    """What it says besides that both tell what one country did to another: few do the same to the same twice a day."""
    if one.type not in RARE and one.type not in SPOKEN:
        return 0.0
    if set(between(one)).isdisjoint(between(other)):
        return 0.0
    if one.type in RARE:
        return BETWEEN_POINTS
    return SPOKEN_POINTS if ALLEGING.isdisjoint((one.mode, other.mode)) else ALLEGED_POINTS


def between(traits: Traits) -> Iterator[tuple[str, str]]:
    """The countries, or what stands in their place, of which one does something to the other."""
    acting = {first_part(path) for path in traits.actors} - {UNKNOWN}
    concerned = {first_part(path) for path in traits.recipients} - {UNKNOWN}
    return (pair for pair in product(sorted(acting), sorted(concerned)) if pair[0] != pair[1])


def where(one: Traits, other: Traits) -> float:
    """The places."""
    points = site_points(one.site, other.site)
    return points / 4 if not SPOKEN.isdisjoint((one.type, other.type)) else points


def harmed(one: Traits, other: Traits) -> float:
    """People killed and wounded; the wounded say half."""
    return _figure_points(one.killed, other.killed) + _figure_points(one.wounded, other.wounded) / 2


def counted(one: Traits, other: Traits) -> float:
    """Numbers of things and people: one that both tell; ages that exclude each other, and numbers of weapons."""
    return counts_points(frozenset(one.counts), frozenset(other.counts))


def counts_points(one: AbstractSet[Count], other: AbstractSet[Count]) -> float:
    """What two sets of numbers say together."""
    if not one.isdisjoint(other):
        return COUNT_POINTS
    both = {count.of for count in one if count.fixed} & {count.of for count in other if count.fixed}
    if AGE in both:
        return CONTRADICTION
    return OTHER_COUNT_POINTS if both else 0.0


def amounts(one: Traits, other: Traits) -> float:
    """Sums of money and weights."""
    return AMOUNT_POINTS if not set(one.amounts).isdisjoint(other.amounts) else 0.0


def sentence(one: Traits, other: Traits) -> float:
    """A sentence told with the same words."""
    return SENTENCE_POINTS if same_sentence(one, other) else 0.0


def words(one: Traits, other: Traits) -> float:
    """Things that both name besides the parties and places, and the word of the deed."""
    points = TRIGGER_POINTS if one.trigger and one.trigger == other.trigger else 0.0
    if not one.words or not other.words:
        return points
    return points + word_points(len(set(one.words).intersection(other.words)))


def word_points(shared: int) -> float:
    """What so many words in common say."""
    return WORD_POINTS[min(shared, len(WORD_POINTS) - 1)]


def same_sentence(one: Traits, other: Traits) -> bool:
    """Whether one sentence tells both."""
    return not set(one.hashes).isdisjoint(other.hashes)


def lasts(traits: Traits) -> bool:
    """Whether what is told goes on for days."""
    return (traits.type, traits.mode) in LASTING


def anchors_of(traits: Traits) -> list[str]:
    """What brings an undated telling and another together: named parties, and the spot."""
    anchors = [path for path in (*traits.actors, *traits.recipients) if is_entity(path)]
    if traits.site is not None and traits.site.pointlike:
        anchors.append(f"at {traits.site.id}")
    return anchors


def _exclude(one: Traits, other: Traits) -> bool:
    """Whether two windows, of which one is wide or open, lie apart by more than a day."""
    day = timedelta(days=1)
    for early, late in ((one, other), (other, one)):
        if early.last_day is not None and late.first_day is not None and late.first_day - early.last_day > day:
            return True
    return False


def _parties(traits: Traits) -> tuple[str, ...]:
    return tuple(sorted({*traits.actors, *traits.recipients}))


def _figure_points(one: Figure | None, other: Figure | None) -> float:
    if one is None or other is None:
        return 0.0
    low, high = sorted((one, other), key=lambda figure: (figure.max, figure.min))
    if low.max >= high.min:
        if low.max >= LARGE:
            return LARGE_FIGURE_POINTS
        return FIGURE_POINTS if low.max > 0 else 0.0
    if high.min > FAR_RATIO * low.max and high.min - low.max >= FAR_PEOPLE:
        return CONTRADICTION
    if low.max >= LARGE and high.min <= NEAR_RATIO * low.max:
        return NEAR_FIGURE_POINTS
    return 0.0 if high.min <= GROWING_RATIO * low.max else GROWN_POINTS
