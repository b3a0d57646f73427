"""The score of two traits, put together from parts that are remembered.

In a hot spot the same parties, days and places meet over and over. So what types and parties say together, and what
days and places say, is asked of `evidence.py` once for each pair of those, their *frame*; the rest is looked up here. A
test compares the sum with the verdict of `score` on the whole.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from streams.merging import evidence
from streams.merging.compatible import CONTRADICTION
from streams.merging.scorer import score
from streams.merging.traits import Traits
from streams.records import Count, EventType

REMEMBERED = 262_144
"""So many pairs of shapes, and of other parts."""


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """Some of the traits; equal parts are one object as long as they are remembered."""

    bare: Traits
    """Traits that have nothing but the part."""


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """Who does what to whom, when and where; equal frames are one object as long as they are remembered."""

    shape: Part
    setting: Part | None


@dataclass(frozen=True, slots=True, eq=False)
class Sketch:
    """Traits, taken apart for comparison."""

    traits: Traits
    shape: Part
    """Who does what to whom: what contradicts most often, and is most often the same."""
    setting: Part | None
    """When and where, and whether it happened; None for what is undated, which needs more than its parts to meet."""
    figures: Part | None
    """How many were killed and wounded; None when neither is told."""
    frame: Frame
    """Both of these."""
    hashes: frozenset[str]
    amounts: frozenset[tuple[float, str]]
    words: frozenset[str]
    counts: frozenset[Count]
    trigger: str
    most: float
    """The most that `rest_points` can be with any other."""
    outline: Part
    """The shape, with countries and sectors alone: where outlines contradict, shapes do, but for entities in common."""


NOTHING = Traits(
    type="ASSAULT",
    mode="",
    quad="material-conflict",
    actors=(),
    recipients=(),
    mutual=False,
    first_day=None,
    last_day=None,
    exact_day=False,
    assumed=False,
    site=None,
    status="happened",
    negated=False,
    killed=None,
    wounded=None,
    amounts=(),
    hashes=(),
    trigger="",
)
"""Traits with no part at all."""


def sketch_of(traits: Traits) -> Sketch:
    """The traits, taken apart."""
    shape = _part(
        replace(NOTHING, type=traits.type, mode=traits.mode, actors=traits.actors, recipients=traits.recipients,
                mutual=traits.mutual)
    )  # fmt: skip
    setting = _setting_of(traits)
    return Sketch(
        traits,
        shape,
        setting,
        _figures_of(traits),
        _frame(shape, setting),
        frozenset(traits.hashes),
        frozenset(traits.amounts),
        frozenset(traits.words),
        frozenset(traits.counts),
        traits.trigger,
        _most_rest(traits),
        _outline_of(shape.bare),
    )


def compare(one: Sketch, other: Sketch) -> float:
    """`score` of the two."""
    if one.setting is None or other.setting is None or not one.hashes.isdisjoint(other.hashes):
        return score(one.traits, other.traits)
    points = frame_points(one.frame, other.frame)
    return points if points == CONTRADICTION else points + rest_points(one, other)


def rest_points(one: Sketch, other: Sketch) -> float:
    """What all says that is not in the frames; a common sentence is left out."""
    points = 0.0
    if one.figures is not None and other.figures is not None:
        points = _figure_points(one.figures, other.figures)
    if one.counts and other.counts:
        points += _counts_points(one.counts, other.counts)
    if one.amounts and not one.amounts.isdisjoint(other.amounts):
        points += evidence.AMOUNT_POINTS
    if one.trigger and one.trigger == other.trigger:
        points += evidence.TRIGGER_POINTS
    return points + WORD_POINTS[len(one.words & other.words)]


def _most_rest(traits: Traits) -> float:
    points = WORD_POINTS[len(set(traits.words))] + (evidence.TRIGGER_POINTS if traits.trigger else 0.0)
    if traits.killed is not None or traits.wounded is not None:
        points += 1.5 * evidence.LARGE_FIGURE_POINTS
    if traits.counts:
        points += evidence.COUNT_POINTS
    return points + (evidence.AMOUNT_POINTS if traits.amounts else 0.0)


class _WordPoints(dict[int, float]):
    """What so many words in common say."""

    def __missing__(self, shared: int) -> float:
        points = self[shared] = evidence.word_points(shared)
        return points


WORD_POINTS = _WordPoints()


@lru_cache(maxsize=REMEMBERED)
def frame_points(one: Frame, other: Frame) -> float:
    """What types and parties, days and places say; of undated ones, types and parties alone."""
    points = shape_points(one.shape, other.shape)
    if points == CONTRADICTION or one.setting is None or other.setting is None:
        return points
    return points + _setting_points(one.setting, other.setting)


@lru_cache(maxsize=REMEMBERED)
def shape_points(one: Part, other: Part) -> float:
    """What types and parties say together; a contradiction when they contradict each other."""
    points = evidence.kind(one.bare, other.bare)
    return points if points == CONTRADICTION else points + evidence.who(one.bare, other.bare)


@lru_cache(maxsize=REMEMBERED)
def _setting_points(one: Part, other: Part) -> float:
    """What days and places say; with a common sentence, days would say something else."""
    parts = (evidence.standing, evidence.when, evidence.where)
    return sum(part(one.bare, other.bare) for part in parts)


@lru_cache(maxsize=REMEMBERED)
def _figure_points(one: Part, other: Part) -> float:
    """What casualties say."""
    return evidence.harmed(one.bare, other.bare)


@lru_cache(maxsize=REMEMBERED)
def _counts_points(one: frozenset[Count], other: frozenset[Count]) -> float:
    """What numbers say."""
    return evidence.counts_points(one, other)


@lru_cache(maxsize=65_536)
def _part(bare: Traits) -> Part:
    return Part(bare)


@lru_cache(maxsize=65_536)
def _frame(shape: Part, setting: Part | None) -> Frame:
    return Frame(shape, setting)


def _setting_of(traits: Traits) -> Part | None:
    """Of type and mode it matters only whether the deed is done in words, and whether it goes on for days."""
    if not traits.dated:
        return None
    kind: EventType = "REQUEST" if traits.type in evidence.SPOKEN else "ASSAULT"
    mode = ""
    if evidence.lasts(traits):
        kind, mode = "PROTEST", "strike"
    return _part(
        replace(NOTHING, first_day=traits.first_day, last_day=traits.last_day, exact_day=traits.exact_day,
                assumed=traits.assumed, site=traits.site, status=traits.status, negated=traits.negated,
                type=kind, mode=mode)
    )  # fmt: skip


def _outline_of(shape: Traits) -> Part:
    """Of what several parties do together the kind alone, since there each of them matters."""
    if shape.mutual or shape.type == "CONSULT":
        return _part(replace(shape, actors=(), recipients=()))
    return _part(replace(shape, actors=_sectors(shape.actors), recipients=_sectors(shape.recipients)))


def _sectors(paths: Sequence[str]) -> tuple[str, ...]:
    return tuple(sorted({".".join(path.split(".")[:2]) for path in paths}))


def _figures_of(traits: Traits) -> Part | None:
    if traits.killed is None and traits.wounded is None:
        return None
    return _part(replace(NOTHING, killed=traits.killed, wounded=traits.wounded))
