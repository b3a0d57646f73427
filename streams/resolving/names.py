"""Names as they are compared: folded to plain lower-case letters, cut into words, one edit apart or not."""

from __future__ import annotations

import re
import unicodedata

# Letters that Unicode does not decompose into a plain letter and a mark.
_PLAIN = str.maketrans(
    {"ø": "o", "đ": "d", "ł": "l", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i", "ð": "d", "þ": "th", "ə": "a"}
)
_WORD = re.compile(r"[^\W_]+")


def fold(text: str) -> str:
    """`text` in lower case without diacritics, and without the full stops of abbreviations (`U.S.` is `us`)."""
    if text.isascii():
        return text.lower().replace(".", "")
    decomposed = unicodedata.normalize("NFKD", text.lower().translate(_PLAIN))
    return "".join(char for char in decomposed if not unicodedata.combining(char)).replace(".", "")


def words(text: str) -> tuple[str, ...]:
    """The folded words of `text`; hyphens and apostrophes part them (`al-Assad` is `al`, `assad`)."""
    return tuple(_WORD.findall(fold(text)))


def slug(text: str) -> str:
    """`text` as the last part of an id: folded words joined by hyphens; apostrophes vanish (`sanaa`)."""
    return "-".join(words(text.replace("'", "").replace("’", "")))


def deletions(word: str) -> set[str]:
    """`word` and every spelling of it that lacks one letter."""
    return {word} | {word[:i] + word[i + 1 :] for i in range(len(word))}


def within_one_edit(one: str, other: str) -> bool:
    """Whether one letter inserted, left out or changed makes `one` into `other`."""
    if len(one) > len(other):
        one, other = other, one
    if len(other) - len(one) > 1:
        return False
    same = 0
    while same < len(one) and one[same] == other[same]:
        same += 1
    rest = same + 1 if len(one) == len(other) else same
    return one[rest:] == other[same + 1 :]
