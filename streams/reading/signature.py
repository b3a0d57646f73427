"""MinHash signature of an article, by which reprints are told."""

from __future__ import annotations

import re
from functools import cache

from datasketch import MinHash

_PERMUTATIONS = 128
_SEED = 1
_SHINGLE = 3
"""Words in a row that are hashed together."""

_WORD = re.compile(r"[^\W_]+")


@cache
def _empty() -> MinHash:
    """A signature of nothing; its permutations take longer to make than an article to hash."""
    return MinHash(num_perm=_PERMUTATIONS, seed=_SEED, scheme="affine32")


def sign(text: str) -> tuple[int, ...]:
    """128 integers below 2**32: the share of equal ones in two signatures estimates how much the texts share."""
    words = _WORD.findall(text.lower())
    shingles = {" ".join(words[i : i + _SHINGLE]) for i in range(max(1, len(words) - _SHINGLE + 1))}
    # The scheme is named, so that a new release of the library cannot change what is stored.
    minhash = _empty().copy()
    minhash.update_batch([shingle.encode("utf-8", "replace") for shingle in sorted(shingles)])
    return tuple(int(value) for value in minhash.hashvalues)
