"""How surely two mentions tell one event: the sum of what their traits say, or a contradiction.

A pair links when its score reaches `THRESHOLD`. The weights are in `evidence.py` and `compatible.py`, and in words in
docs/merging.md. A deed of the same kind on the same day in the same town is one event; without a place it needs a
named person, a meeting of the two, or things, figures or sentences in common besides the same sides.
"""

from __future__ import annotations

from streams.merging import evidence
from streams.merging.compatible import CONTRADICTION
from streams.merging.traits import Traits

THRESHOLD = 6.0
PARTS: tuple[evidence.Part, ...] = (
    evidence.standing,
    evidence.kind,
    evidence.when,
    evidence.where,
    evidence.who,
    evidence.harmed,
    evidence.counted,
    evidence.amounts,
    evidence.sentence,
    evidence.words,
)
"""Those first that contradict most often."""


def score(one: Traits, other: Traits) -> float:
    """Points for one event, or minus infinity when the two contradict each other. Symmetric."""
    total = 0.0
    for part in PARTS:
        points = part(one, other)
        if points == CONTRADICTION:
            return CONTRADICTION
        total += points
    return total
