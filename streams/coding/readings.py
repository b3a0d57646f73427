"""Other ways to read a clause than the parser's: a particle with its object, goods that their owner sends."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from streams.coding.clause import Clause
from streams.coding.frames import VerbFrame
from streams.coding.scene import Scene


def readings(scene: Scene, frame: VerbFrame, clause: Clause) -> Iterator[Clause]:
    """The clause as it was parsed, then in the other ways in which the frame may find it."""
    yield clause
    yield from with_particle(frame, clause)
    yield from sent_by_owner(scene, frame, clause)


def with_particle(frame: VerbFrame, clause: Clause) -> Iterator[Clause]:
    """What the parser took for a preposition as the verb's particle: "handed in their weapons"."""
    if clause.objects:
        return
    for word in frame.particles:
        heads = clause.fillers.get(word, ())
        if heads and heads[0].head.head == clause.verb:
            yield replace(clause, objects=heads, particles=clause.particles | {word})


def sent_by_owner(scene: Scene, frame: VerbFrame, clause: Clause) -> Iterator[Clause]:
    """Goods that nobody is said to send as sent by those whose they are: "Russian helicopters were handed to Mali"."""
    owned = [head for head in clause.objects if scene.fits(head, "owned") and not scene.is_party(head)]
    if frame.outcome.type == "AID" and clause.passive and not clause.subjects and owned:
        yield replace(clause, subjects=clause.objects)
