"""The language an article is written in."""

from __future__ import annotations

import re

import py3langid

_SAMPLE = 20_000
"""Characters that are enough to tell."""

_FEW = 60
"""With fewer letters than this the hint is believed."""


def detect(text: str, hint: str | None) -> str:
    """ISO 639-1 code of the language of `text`; `hint` is what its source claims, or None."""
    sample = text[:_SAMPLE]
    claimed = re.match(r"[A-Za-z]{2}(?![A-Za-z])", hint or "")
    if claimed and sum(character.isalpha() for character in sample) < _FEW:
        return claimed[0].lower()
    code, _ = py3langid.classify(sample.encode("utf-8", "replace").decode("utf-8"))
    return str(code)
