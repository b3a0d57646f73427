"""The forms in which two lines are compared."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

INVISIBLE = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d"
    "\u202e\u2060\u2061\u2062\u2063\u2064\u2066\u2067\u2068\u2069\ufeff\ufffd"
)
"""Characters that show nothing and only get in the way of comparing and parsing."""

_LIKE_ASCII = str.maketrans("‘’‚‛“”„‟«»‹›′″–—‒―−", "''''\"\"\"\"\"\"''''-----")
_DROP = {ord(character): None for character in INVISIBLE}


@lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """`text` in lower case with plain quotes, dashes and single blanks: what the phrase lexicon is written in."""
    plain = unicodedata.normalize("NFKC", text.translate(_DROP)).translate(_LIKE_ASCII)
    return " ".join(plain.casefold().split())


def bare(folded: str) -> str:
    """A folded text without the signs at its ends: `- advertisement -` is `advertisement`."""
    start, end = 0, len(folded)
    while start < end and not folded[start].isalnum():
        start += 1
    while end > start and not folded[end - 1].isalnum():
        end -= 1
    return folded[start:end]


@lru_cache(maxsize=4096)
def words_only(text: str) -> str:
    """Letters and digits of `text` without case, accents and signs, words parted by one blank."""
    letters = text
    if not text.isascii():
        decomposed = unicodedata.normalize("NFKD", text.translate(_DROP))
        letters = "".join(character for character in decomposed if not unicodedata.combining(character))
    return " ".join(re.findall(r"[^\W_]+", letters.casefold().replace("'", "").replace("’", "")))
