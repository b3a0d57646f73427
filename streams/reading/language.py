"""The language an article is written in."""

from __future__ import annotations

import re

import py3langid

_SAMPLE = 4_000
"""Characters that are enough to tell."""

_FEW = 60
"""With fewer letters than this the hint is believed."""

_CLEARLY = 0.6
"""So much more likely than English, in nats a letter, another language must be.

A few words full of foreign names look like Pidgin, Welsh or Finnish by up to 0.55; sentences that are in another
language, close relatives of English among them, exceed English by 0.8 and more.
"""


def detect(text: str, hint: str | None) -> str:
    """ISO 639-1 code of the language of `text`; `hint` is what its source claims, or None."""
    sample = text[:_SAMPLE].encode("utf-8", "replace").decode("utf-8")
    letters = sum(map(str.isalpha, sample))
    claimed = re.match(r"[A-Za-z]{2}(?![A-Za-z])", hint or "")
    if claimed and letters < _FEW:
        return claimed[0].lower()
    likelihood = dict(py3langid.rank(sample))
    best = max(likelihood, key=likelihood.__getitem__)
    clearly = likelihood[best] - likelihood["en"] > _CLEARLY * letters
    return str(best) if clearly else "en"
