"""Keys by which tellings that may be one event find each other.

Traits are filed under `index_keys`; of two that link, each is found by the other's `lookup_keys`. The keys follow from
the weights of `scorer.py`: two located spots link only when they are near, so they meet by cells of the map; without
a place to compare, type, day, trigger and parties of the same sector fall short of the threshold, so something else
must be shared (`_filed`, `_sought`). A test draws pairs of traits and fails when a pair that links shares no key, so
that it is seen when a change of the weights makes another kind of evidence enough.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator
from itertools import combinations

from streams.merging.cells import cell_of, cells_near
from streams.merging.close_types import types_near
from streams.merging.evidence import LASTING_DAYS, NEAR_RATIO, RARE, SPOKEN, anchors_of, between, lasts
from streams.merging.traits import Traits
from streams.paths import GROUPS, MISSING, first_part, is_entity
from streams.records import Figure

Key = tuple[object, ...]
NOT_BY_DAY = frozenset({"sentence", "undated", "anchor"})
EXACT_FIGURES = 16
"""Figures below it are filed as they are; from there on by powers of two."""


def index_keys(traits: Traits) -> Iterator[Key]:
    """Keys to file the traits under."""
    base = (traits.status, traits.negated)
    for told in traits.hashes:
        yield (*base, "sentence", told)
    located = _located(traits)
    evidence = [("spot" if located else "open", *one) for one in _filed(traits)]
    if located:
        evidence.append(("cell", *cell_of(*located)))
    for day in _days(traits, margin=0):
        for one in evidence:
            yield (*base, traits.type, day, *one)
    for anchor in anchors_of(traits):
        yield (*base, "anchor" if traits.dated else "undated", traits.type, anchor)


def lookup_keys(traits: Traits) -> Iterator[Key]:
    """Keys under which everything is filed that may link with the traits; those of common sentences come first."""
    base = (traits.status, traits.negated)
    for told in traits.hashes:
        yield (*base, "sentence", told)
    located = _located(traits)
    evidence: list[Key] = [("open", *one) for one in _sought(traits)]
    if located:
        evidence += [("cell", *cell) for cell in cells_near(*located)]
    else:
        evidence += [("spot", *one[1:]) for one in evidence]
    for near in types_near(traits.type):
        for day in _days(traits, margin=LASTING_DAYS if lasts(traits) else 1):
            for one in evidence:
                yield (*base, near, day, *one)
        for anchor in anchors_of(traits):
            yield (*base, "undated", near, anchor)
            if not traits.dated:
                yield (*base, "anchor", near, anchor)


def kind_of(key: Key) -> object:
    """The kind of evidence that a key stands for: `sentence`, `cell`, `word` and so on."""
    return key[2] if key[2] in NOT_BY_DAY else key[4] if key[4] == "cell" else key[5]


def _located(traits: Traits) -> tuple[float, float] | None:
    site = traits.site
    if site is None or not site.located or site.lat is None or site.lon is None:
        return None
    return site.lat, site.lon


def _days(traits: Traits, *, margin: int) -> Iterator[int]:
    if traits.dated and traits.first_day is not None and traits.last_day is not None:
        yield from range(traits.first_day.toordinal() - margin, traits.last_day.toordinal() + margin + 1)


def _filed(traits: Traits) -> list[Key]:
    """What the traits can be found by, where places alone do not bring two tellings together."""
    evidence = [*_shared(traits), *_figures(traits)]
    if traits.site is not None:
        parts = traits.site.id.split(".")
        if len(parts) > 1:
            evidence.append(("admin1" if len(parts) == 2 else "within admin1", *parts[:2]))
    for country, number in _countries(traits).items():
        evidence.append(("party" if number == 1 else "parties", country))
    return evidence


def _sought(traits: Traits) -> list[Key]:
    """What others are filed under that the traits share evidence with."""
    evidence = [*_shared(traits), *_figures(traits, ratio=NEAR_RATIO)]
    if traits.site is not None:
        parts = traits.site.id.split(".")
        if len(parts) > 1 and parts[1] != MISSING:
            evidence.append(("admin1", *parts[:2]))
            if len(parts) == 2:
                evidence.append(("within admin1", *parts[:2]))
    for country, number in _countries(traits).items():
        evidence.append(("parties", country))
        if number > 1:
            evidence.append(("party", country))
    return evidence


def _shared(traits: Traits) -> list[Key]:
    """Evidence that both sides have: an entity, a place, amounts, numbers, two who met, or one and another."""
    evidence: list[Key] = [("entity", name) for name in {_entity(path) for path in _paths(traits)} if name]
    evidence += [("word", word) for word in traits.words]
    evidence += [("count", count.value, count.of) for count in traits.counts]
    site = traits.site
    if site is not None and (site.pointlike or "." in site.id):
        evidence.append(("site", site.id))
    evidence += [("amount", *amount) for amount in traits.amounts]
    if _meets(traits):
        evidence += [("together", *pair) for pair in combinations(sorted(_countries(traits)), 2)]
    elif traits.type in RARE or traits.type in SPOKEN:
        evidence += [("between", *pair) for pair in between(traits)]
    return evidence


def _figures(traits: Traits, ratio: float = 1.0) -> list[Key]:
    """Casualties, and those that differ by no more than the ratio."""
    told = (("killed", traits.killed), ("wounded", traits.wounded))
    return [(name, size) for name, figure in told for size in _sizes(figure, ratio)]


def _paths(traits: Traits) -> set[str]:
    return {*traits.actors, *traits.recipients}


def _entity(path: str) -> str:
    """The name of the entity that the path names, whatever its country and sector; empty if it names none."""
    if not is_entity(path):
        return ""
    return path.split(".")[1] if first_part(path) in GROUPS else path.split(".", 2)[2]


def _meets(traits: Traits) -> bool:
    """Whether the parties are compared as one set."""
    return traits.mutual or traits.type == "CONSULT"


def _countries(traits: Traits) -> Counter[str]:
    """Of the parties of a mutual deed, by how many they are; two of one country may face one of another telling."""
    return Counter(first_part(path) for path in _paths(traits)) if _meets(traits) else Counter()


def _sizes(figure: Figure | None, ratio: float) -> Iterator[int]:
    """Sizes of the numbers from the least to the most, nothing left out; ranges that overlap share one."""
    if figure is not None and figure.max > 0:
        least = max(1, min(figure.min, figure.max))
        yield from range(_size(math.floor(least / ratio)), _size(math.ceil(figure.max * ratio)) + 1)


def _size(number: int) -> int:
    return number if number < EXACT_FIGURES else EXACT_FIGURES + number.bit_length()
