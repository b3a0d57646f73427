"""The one faust-streaming that this engine is proven with.

The overrides of this package follow upstream's code line by line, so another version may undo them without a sound.
`docs/decisions/0003-faust.md` tells how to prove another.
"""

from __future__ import annotations

import importlib.metadata
import importlib.util

FAUST_VERSION = "0.15.3"


class UnprovenFaustError(Exception):
    """Another Faust is installed than the proven one; the message says which."""


def check_faust() -> None:
    """Raises `UnprovenFaustError` for another version, or a wheel without its compiled streams.

    The pure Python stream acknowledges messages that it skipped (upstream: `faust/streams.py`, about line 1345).
    """
    installed = importlib.metadata.version("faust-streaming")
    if installed != FAUST_VERSION:
        raise UnprovenFaustError(f"faust-streaming {installed} is installed, the engine is proven with {FAUST_VERSION}")
    if importlib.util.find_spec("faust._cython.streams") is None:
        raise UnprovenFaustError(f"faust-streaming {installed} is installed without its compiled extension")
