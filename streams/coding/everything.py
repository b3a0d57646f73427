"""All that a text names, whether or not an event needs it: places, parties, times."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from streams.coding.raw import RawText
from streams.coding.scene import Scene
from streams.records import Party, Place, TimeExpression


def all_places(scenes: Sequence[Scene], raw: RawText) -> tuple[Place, ...]:
    """Every toponym, metonyms included and marked."""
    found = []
    for scene in scenes:
        for one in scene.places:
            start, end = raw.span(scene, one.place.start, one.place.end)
            found.append(replace(one.place, start=start, end=end, metonym=one.metonym))
    return tuple(found)


def all_parties(scenes: Sequence[Scene], raw: RawText) -> tuple[Party, ...]:
    """Every actor named or described."""
    found = []
    for scene in scenes:
        for one in scene.discourse.parties(scene.doc):
            start, end = raw.span(scene, one.start, one.end)
            found.append(Party(one.id, one.name, one.text, start, end, one.via))
    return tuple(found)


def all_times(scenes: Sequence[Scene], raw: RawText) -> tuple[TimeExpression, ...]:
    """Every temporal expression, datelines included."""
    found = []
    for scene in scenes:
        for time in scene.times:
            start, end = raw.span(scene, time.start, time.end)
            found.append(TimeExpression(time.text, start, end, time.type, time.value))
    return tuple(found)
