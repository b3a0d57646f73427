"""MinHash signature of an article, by which reprints are told."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache, partial

import numpy as np
from datasketch import MinHash

from streams.remembering import ByLine

_PERMUTATIONS = 128
_SEED = 1
_SHINGLE = 3
"""Words in a row that are hashed together."""

_WORD = re.compile(r"[^\W_]+")
_PER_HASHED = 1_800
"""Bytes of a line's signature, roughly."""
_ROOM = 24_000_000


@cache
def _empty() -> MinHash:
    """A signature of nothing; its permutations take longer to make than an article to hash."""
    # The scheme is named, so that a new release of the library cannot change what is stored.
    return MinHash(num_perm=_PERMUTATIONS, seed=_SEED, scheme="affine32")


def sign(text: str) -> tuple[int, ...]:
    """128 integers below 2**32: the share of equal ones in two signatures estimates how much the texts share.

    The least hash of all shingles is the least of those of each line, taken with the two words before it.
    """
    found: list[np.ndarray] = []
    before: tuple[str, ...] = ()
    for line in text.split("\n"):
        words = _words(line)
        if len(before) + len(words) >= _SHINGLE:
            found.append(_hashed_line(" ".join(before) + "\n" + line))
        before = (*before, *words)[1 - _SHINGLE :]
    hashed = np.minimum.reduce(found) if found else _hashed([" ".join(before)])
    return tuple(hashed.tolist())


@ByLine
def _words(line: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(line.lower()))


@partial(ByLine, room=_ROOM, per_line=_PER_HASHED)
def _hashed_line(line: str) -> np.ndarray:
    return _hashed(_shingles(_WORD.findall(line.lower())))


def _shingles(words: Sequence[str]) -> set[str]:
    return {" ".join(words[i : i + _SHINGLE]) for i in range(len(words) - _SHINGLE + 1)}


def _hashed(shingles: Iterable[str]) -> np.ndarray:
    minhash = _empty().copy()
    minhash.update_batch([shingle.encode("utf-8", "replace") for shingle in sorted(shingles)])
    return np.asarray(minhash.hashvalues)
