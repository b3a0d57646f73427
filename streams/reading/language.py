"""The language an article is written in.

The likelihoods are those of `py3langid.rank`, but for rounding.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt
from py3langid.langid import MODEL_FILE, LanguageIdentifier

from streams.remembering import ByLine

_SAMPLE = 4_000
"""Characters that are enough to tell."""

_FEW = 60
"""With fewer letters than this the hint is believed."""

_CLEARLY = 0.6
"""So much more likely than English, in nats a letter, another language must be.

A few words full of foreign names look like Pidgin, Welsh or Finnish by up to 0.55; sentences that are in another
language, close relatives of English among them, exceed English by 0.8 and more.
"""
_SURELY_NOT = 0.55
"""Where no group of languages together can lead by so much a letter, none of them does by `_CLEARLY`."""

_LONGEST = 6
"""Bytes of the longest feature: a state of the library's automaton follows from no more."""

_GROUPS = 8
"""So many sums, instead of one for each of 142 languages, tell that a text is English: all of nearly every one."""


def detect(text: str, hint: str | None) -> str:
    """ISO 639-1 code of the language of `text`; `hint` is what its source claims, or None."""
    sample = text[:_SAMPLE].encode("utf-8", "replace").decode("utf-8")
    letters = sum(map(_letters, sample.split("\n")))
    claimed = re.match(r"[A-Za-z]{2}(?![A-Za-z])", hint or "")
    if claimed and letters < _FEW:
        return claimed[0].lower()
    met, counts = _features(sample)
    if len(met) == 0 or float(np.max(counts @ _lead().most[met] + _lead().begun)) < _SURELY_NOT * letters:
        return "en"
    best, lead = _best(met, counts)
    return best if lead > _CLEARLY * letters else "en"


@ByLine
def _letters(line: str) -> int:
    return sum(map(str.isalpha, line))


@cache
def _identifier() -> LanguageIdentifier:
    return LanguageIdentifier.from_model_file(MODEL_FILE)


def _features(sample: str) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.float32]]:
    """The features that a text shows, and the logarithms of their counts."""
    text = unicodedata.normalize("NFC", sample.lower() if sample.isupper() else sample)
    features = _automaton().features[_states(np.frombuffer(text.encode(), dtype=np.uint8))]
    met, counts = np.unique(features[features >= 0], return_counts=True)
    return met, np.log1p(counts.astype(np.float32))


@dataclass(frozen=True, slots=True)
class _Automaton:
    """What the library walks over a text with, byte by byte."""

    moves: npt.NDArray[np.uint32]
    """The state after each state and byte; those of one state lie side by side."""
    first: npt.NDArray[np.int64]
    """Where the moves from a state begin."""
    features: npt.NDArray[np.int32]
    """The feature that has been met in a state; -1 for none."""


@cache
def _automaton() -> _Automaton:
    model = _identifier()
    return _Automaton(
        np.frombuffer(model.tk_nextmove, dtype=np.uint32),
        np.frombuffer(model.tk_row, dtype=np.uint16).astype(np.int64) << 8,
        np.array(model.tk_output, dtype=np.int32),
    )


def _states(told: npt.NDArray[np.uint8]) -> npt.NDArray[np.uint32]:
    """The state after each byte: as it looks for short strings, the last few bytes alone lead there from the start."""
    automaton = _automaton()
    states = np.zeros(len(told), dtype=np.uint32)
    for back in range(min(_LONGEST, len(told)) - 1, -1, -1):
        states[back:] = automaton.moves.take(automaton.first.take(states[back:]) + told[: len(told) - back])
    return states


@dataclass(frozen=True, slots=True)
class _Lead:
    """By how much a feature speaks for any language of a group rather than for English; the most that any gains."""

    most: npt.NDArray[np.float32]
    begun: npt.NDArray[np.float32]
    """The same before any feature is seen."""


@cache
def _lead() -> _Lead:
    model = _identifier()
    english = model.nb_classes.index("en")
    groups = np.array_split(np.arange(len(model.nb_classes)), _GROUPS)
    most = [
        (model.nb_ptc[:, group].astype(np.float32) - model.nb_ptc[:, [english]].astype(np.float32)).max(axis=1)
        for group in groups
    ]
    begun = [(model.nb_pc[group] - model.nb_pc[english]).max() for group in groups]
    return _Lead(np.stack(most, axis=1), np.array(begun, dtype=np.float32))


def _best(met: npt.NDArray[np.int32], counts: npt.NDArray[np.float32]) -> tuple[str, float]:
    """The likeliest language, and by how much it is likelier than English, in nats."""
    model = _identifier()
    scores = counts @ model.nb_ptc[met] + model.nb_pc
    best = int(scores.argmax())
    return str(model.nb_classes[best]), float(scores[best]) - float(scores[model.nb_classes.index("en")])
