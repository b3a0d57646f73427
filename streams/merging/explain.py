"""Why two mentions are taken for one event or not: the parts of the score, in words for people."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from streams.merging.scorer import PARTS
from streams.merging.traits import Traits
from streams.records import Figure


@dataclass(frozen=True, slots=True)
class Evidence:
    """What one part of the traits says for one event, or against it."""

    part: str
    """Name of the part, a function of `evidence.py`."""
    points: float
    """Minus infinity for a contradiction."""
    what: str
    """Both sides as they were compared, for people."""


def explain(one: Traits, other: Traits) -> tuple[Evidence, ...]:
    """The parts that say anything, in the order in which they are asked; their points add up to the score."""
    return tuple(
        Evidence(part.__name__, points, _what(SHOWN[part.__name__], one, other))
        for part in PARTS
        if (points := part(one, other))
    )


def _what(shown: Callable[[Traits], str], one: Traits, other: Traits) -> str:
    left, right = shown(one) or "not told", shown(other) or "not told"
    return left if left == right else f"{left}; {right}"


def _standing(traits: Traits) -> str:
    return f"{traits.status}{', negated' * traits.negated}{'' if traits.dated else ', undated'}"


def _kind(traits: Traits) -> str:
    return f"{traits.type} {traits.mode}".rstrip()


def _when(traits: Traits) -> str:
    first, last = traits.first_day, traits.last_day
    days = str(first or "") if first == last else f"{first or 'open'} to {last or 'open'}"
    return f"{days} (publication)" if traits.assumed and days else days


def _where(traits: Traits) -> str:
    return traits.site.id if traits.site is not None else ""


def _who(traits: Traits) -> str:
    sides = [", ".join(side) or "not told" for side in (traits.actors, traits.recipients)]
    return (" + " if traits.mutual else " to ").join(sides)


def _harmed(traits: Traits) -> str:
    named = (("killed", traits.killed), ("wounded", traits.wounded))
    return _list(f"{name} {_range(figure)}" for name, figure in named if figure is not None)


def _range(figure: Figure) -> str:
    return str(figure.min) if figure.min == figure.max else f"{figure.min} to {figure.max}"


def _list(parts: Iterable[str]) -> str:
    return ", ".join(parts)


SHOWN: dict[str, Callable[[Traits], str]] = {
    "standing": _standing,
    "kind": _kind,
    "when": _when,
    "where": _where,
    "who": _who,
    "harmed": _harmed,
    "counted": lambda traits: _list(f"{count.value} {count.of}" for count in traits.counts),
    "amounts": lambda traits: _list(f"{value:g} {unit}" for value, unit in traits.amounts),
    "sentence": lambda traits: _list(traits.hashes),
    "words": lambda traits: _list(filter(None, (traits.trigger, *traits.words))),
}
"""How the traits of one side are shown, by the part that compares them."""
