"""Each frame codes its sentence and leaves its near miss; no frame is without one."""

from __future__ import annotations

from collections import Counter

import pytest

from streams.extending.tables import FIELDS
from tests.frames.examples import examples, fault, fired, frames, misfire

PARTS = ("examples", *FIELDS)
"""Names that the place of an example begins with: those of no field, then the fields."""


@pytest.mark.parametrize("part", PARTS)
def test_each_sentence_is_coded_as_told(part: str) -> None:
    assert not [(example.where, example.word, what) for example in examples(part) if (what := fault(example))]


@pytest.mark.parametrize("part", PARTS)
def test_no_near_miss_is_coded(part: str) -> None:
    assert not [(example.where, example.word, what) for example in examples(part) if (what := misfire(example))]


def test_every_frame_fires_in_an_example() -> None:
    taken = {id(frame) for example in examples() for frame, _ in fired(example.sentence)}
    bare = [
        (frame.where, word) for word, frame in frames() if id(frame) not in taken and "claim" not in frame.outcome.flags
    ]
    assert not bare


def test_there_are_frames_enough() -> None:
    counts = Counter(word[-1] for word, _ in frames())
    assert counts["v"] >= 1500
    assert counts["n"] >= 500
