"""Whether a file still tells the same article: an edit leaves some of the text, another article does not.

So names that are used again (`latest.txt`, `0001.txt` of every day) do not take former articles back.
"""

from __future__ import annotations

import re
import struct
import zlib

WORD = re.compile(r"\w+")
WORDS = 3
"""Words in a row that are compared; fewer are often the same in articles that have nothing to do with each other."""
SAMPLE = 32
LEAST = 8
"""An edit keeps at least one in so many of the sampled word groups, and one of a short text."""


def sketch_of(text: str) -> bytes:
    """A sample of the text's word groups: the smallest hashes of them, which is a choice by chance."""
    sample = sorted(_word_groups(text))[:SAMPLE]
    return struct.pack(f"<{len(sample)}I", *sample)


def is_like(sketch: bytes, text: str) -> bool:
    """Whether the text has enough of the one whose sketch this is. Text that was added does not matter.

    An empty sketch is like everything.
    """
    sample = struct.unpack(f"<{len(sketch) // 4}I", sketch)
    groups = _word_groups(text)
    kept = sum(one in groups for one in sample)
    return not sample or kept >= max(1, len(sample) // LEAST)


def _word_groups(text: str) -> set[int]:
    words = WORD.findall(text.casefold())
    count = max(1, len(words) - WORDS + 1)
    return {zlib.crc32(" ".join(words[start : start + WORDS]).encode("utf-8", "replace")) for start in range(count)}
