"""Coding against its annotated sets, sentences and toponyms: measures, floors, confusion, frames that fire."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache

from streams.coding.lexicon import load_lexicon
from tests.evaluation import sentences, toponyms
from tests.evaluation.reading_measures import Measure
from tests.evaluation.run import Floor
from tests.frames.examples import fired, frames

SIDES = ("dev", "held_out")
FLOORS: dict[str, tuple[Floor, Floor]] = {}
"""What `measures` must keep: on development texts, on held-out texts. They only get tighter."""
LOW = frozenset({"over-coded", "direction reversed"})


@cache
def measures() -> Mapping[str, tuple[Measure, Measure]]:
    """Every measure of coding on both sides, by name."""
    dev, held_out = (sentences.scored(side) for side in SIDES)
    found = {
        f"sentences: {name}": (Measure(dev.share(name), dev.of[name]), Measure(held_out.share(name), held_out.of[name]))
        for name in dev.of
    }
    places = [toponyms.measured(side) for side in SIDES]
    return found | {name: (measure, places[1][name]) for name, measure in places[0].items()}


def broken() -> Iterator[str]:
    """The measures below their floors."""
    for name, floors in FLOORS.items():
        for side, floor, measure in zip(SIDES, floors, measures()[name], strict=True):
            if not floor.holds(measure.value):
                yield f"{name} on {side}: {measure}, floor {floor}"


def confusion() -> Iterator[tuple[str, ...]]:
    """Rows of gold type against type found, over both sides of the sentences; `-` is no event."""
    counts = Counter[tuple[str, str]]()
    for side in SIDES:
        counts.update(sentences.scored(side).confusion)
    types = [*load_lexicon().types, "-"]
    yield ("gold \\ found", *(name[:4] for name in types))
    for gold in types:
        yield (gold, *(str(counts[gold, found] or "") for found in types))


def firing() -> tuple[int, int]:
    """How many frames fire on the held-out sentences, and how many there are."""
    taken = {id(frame) for record in sentences.records("held_out") for frame, _ in fired(record["text"])}
    return len(taken), sum(1 for _ in frames())
