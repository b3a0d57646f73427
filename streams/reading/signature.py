"""MinHash signature of an article, by which reprints are told."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache, partial
from hashlib import sha1
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
from datasketch import MinHash

from streams.remembering import ByLine

_PERMUTATIONS = 128
_SEED = 1
_SHINGLE = 3
"""Words in a row that are hashed together."""

_DIGEST = 20
"""Bytes of a SHA-1."""

_WORD = re.compile(r"[^\W_]+")
_PER_HASHED = 350
"""Bytes of the hashes of a line, roughly, less those that are in proportion to it."""

Hashes: TypeAlias = npt.NDArray[np.uint32]


@cache
def _empty() -> MinHash:
    """A signature of nothing, to be given hashes; its permutations take longer to make than an article to hash."""
    # The scheme is named, so that a new release of the library cannot change what is stored.
    return MinHash(num_perm=_PERMUTATIONS, seed=_SEED, scheme="affine32", hashfunc=int)


def sign(text: str) -> tuple[int, ...]:
    """128 integers below 2**32: the share of equal ones in two signatures estimates how much the texts share.

    The shingles are those of each line, taken with the two words before it.
    """
    found: list[Hashes] = []
    before: tuple[str, ...] = ()
    for line in text.split("\n"):
        words = _words(line)
        if len(before) + len(words) >= _SHINGLE:
            found.append(_hashed_line(" ".join(before) + "\n" + line))
        before = (*before, *words)[1 - _SHINGLE :]
    minhash = _empty().copy()
    minhash.update_batch(np.concatenate(found or [_hashed([" ".join(before)])]).tolist())
    return tuple(minhash.hashvalues.tolist())


@ByLine
def _words(line: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(line.lower()))


@partial(ByLine, per_line=_PER_HASHED)
def _hashed_line(line: str) -> Hashes:
    return _hashed(_shingles(_WORD.findall(line.lower())))


def _shingles(words: Sequence[str]) -> set[str]:
    return {" ".join(words[i : i + _SHINGLE]) for i in range(len(words) - _SHINGLE + 1)}


def _hashed(shingles: Iterable[str]) -> Hashes:
    """The first four bytes of the SHA-1 of each, as `datasketch` takes them by itself."""
    digests = b"".join([sha1(told.encode("utf-8", "replace"), usedforsecurity=False).digest() for told in shingles])
    return np.frombuffer(digests, dtype="<u4")[:: _DIGEST // 4].astype(np.uint32)
