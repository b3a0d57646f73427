"""The language an article is written in.

The likelihoods are those of `py3langid.rank`, but for rounding; only what the bytes of a line show is remembered.
"""

from __future__ import annotations

import re
import unicodedata
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
_PER_WALK = 1_500
"""Bytes of the features of a line, roughly."""
_ROOM = 6_000_000


def detect(text: str, hint: str | None) -> str:
    """ISO 639-1 code of the language of `text`; `hint` is what its source claims, or None."""
    sample = text[:_SAMPLE].encode("utf-8", "replace").decode("utf-8")
    letters = sum(map(_letters, sample.split("\n")))
    claimed = re.match(r"[A-Za-z]{2}(?![A-Za-z])", hint or "")
    if claimed and letters < _FEW:
        return claimed[0].lower()
    best, lead = _best(sample)
    return best if lead > _CLEARLY * letters else "en"


@ByLine
def _letters(line: str) -> int:
    return sum(character.isalpha() for character in line)


@cache
def _identifier() -> LanguageIdentifier:
    return LanguageIdentifier.from_model_file(MODEL_FILE)


def _best(sample: str) -> tuple[str, float]:
    """The likeliest language, and by how much it is likelier than English, in nats."""
    model = _identifier()
    text = unicodedata.normalize("NFC", sample.lower() if sample.isupper() else sample)
    state, walks = 0, []
    for line in text.splitlines(keepends=True):
        state, features = _walk(f"{state} {line}")
        walks.append(features)
    counts = np.bincount(np.concatenate(walks)) if walks else np.zeros(0)
    met = counts.nonzero()[0]
    if not len(met):
        return "en", 0.0
    scores = np.log1p(counts[met].astype(np.float32)) @ model.nb_ptc[met] + model.nb_pc
    best = int(scores.argmax())
    english = max(scores[number] for number, label in enumerate(model.nb_classes) if label == "en")
    return str(model.nb_classes[best]), float(scores[best]) - float(english)


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
