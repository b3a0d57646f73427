"""Our examples of frames, tried with the coder that is loaded once; `streams/coding/examples.py` says what they are."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from streams.coding import Coder
from streams.coding import examples as tried
from streams.coding.examples import Example, examples_of, reading_of
from streams.coding.frames import NounFrame, VerbFrame, read_rows
from streams.coding.lexicon import load_lexicon
from streams.coding.match import matches
from streams.records import Mention

Frame = VerbFrame | NounFrame

SURE = 0.5
"""Least confidence of an example: frames are tried without the cut that the service makes."""

__all__ = ["coder", "examples", "fault", "fired", "frames", "misfire", "reading_of", "told"]


def examples(field: str = "") -> list[Example]:
    """All examples, or those of one field."""
    return [example for example in examples_of(read_rows("examples", 7)) if example.where.startswith(field)]


def frames(field: str = "") -> Iterator[tuple[str, Frame]]:
    """Every frame with the word it is filed under."""
    lexicon = load_lexicon()
    for kind, found in (("v", lexicon.verbs), ("n", lexicon.nouns)):
        for alternatives in found.values():
            for frame in alternatives:
                if frame.where.startswith(field):
                    yield f"{frame.lemma.replace(' ', '_')}.{kind}", frame


@cache
def coder() -> Coder:
    """The coder, loaded once."""
    return Coder(confidence=SURE)


def fired(text: str) -> list[tuple[Frame, str]]:
    """The frames taken in the text, each with the trigger's lemma."""
    found = []
    for scene in coder()._scenes(reading_of(text)):
        scene.discourse.observe(scene.doc)
        for sentence in scene.doc.sents:
            found += [(match.frame, match.trigger.lemma_.lower()) for match in matches(scene, sentence)]
    return found


def told(text: str) -> tuple[Mention, ...]:
    """The mentions that the coder finds in the text."""
    return tried.told(coder(), text)


def fault(example: Example) -> str:
    """What is wrong with what the coder makes of the sentence; empty if nothing is."""
    return tried.fault(coder(), example)


def misfire(example: Example) -> str:
    """What the coder wrongly makes of the near miss with this word; empty if nothing."""
    return tried.misfire(coder(), example)
