"""The language an article is written in.

The likelihoods are those of `py3langid.rank`, but for rounding; only what the bytes of a line show is remembered.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, partial

import numpy as np
import numpy.typing as npt
from py3langid.langid import MODEL_FILE, LanguageIdentifier

from streams.remembering import ByLine

Features = npt.NDArray[np.int32]

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

_GROUPS = 8
"""So many sums, instead of one for each of 142 languages, tell that a text is English: all of nearly every one."""

_PER_WALK = 1_500
"""Bytes of the features of a line, roughly."""
_ROOM = 18_000_000


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
    state, walks = 0, [np.empty(0, dtype=np.int32)]
    for line in text.splitlines(keepends=True):
        state, features = _walk(f"{state} {line}")
        walks.append(features)
    met, counts = np.unique(np.concatenate(walks), return_counts=True)
    return met, np.log1p(counts.astype(np.float32))


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


@partial(ByLine, room=_ROOM, per_line=_PER_WALK)
def _walk(told: str) -> tuple[int, Features]:
    """Where the library's automaton comes to from a state over a line, and the features that it meets: `12 line`."""
    begun, _, line = told.partition(" ")
    model, state, features = _identifier(), int(begun), []
    moves, rows, out = model.tk_nextmove, model.tk_row, model.tk_output
    for byte in line.encode():
        state = moves[(rows[state] << 8) + byte]
        feature = out[state]
        if feature >= 0:
            features.append(feature)
    return state, np.array(features, dtype=np.int32)
