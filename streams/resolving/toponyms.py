"""Names of places made comparable: one folded form for the spellings of a name."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

# Letters that Unicode does not decompose, as English-language news transcribes them.
_LETTERS = str.maketrans(
    {
        "ø": "o", "ł": "l", "đ": "d", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h", "þ": "th", "ð": "d",
        "ə": "a", "ŋ": "n", "-": " ", "‐": " ", "‑": " ", "–": " ", "—": " ", "/": " ", ",": " ",
        "'": "", "’": "", "‘": "", "ʻ": "", "ʼ": "", "ʿ": "", "ʾ": "", "`": "", "´": "", "ʹ": "", ".": "", "“": "",
        "”": "", '"': "",
    }
)  # fmt: skip
_ABBREVIATIONS = {"st": "saint", "mt": "mount", "ft": "fort", "ste": "sainte"}
_ARTICLES = ("al", "el", "ad", "as", "an", "ar", "at", "az", "ash", "il")


@lru_cache(maxsize=4_096)
def fold(name: str) -> str:
    """The name in lower-case ASCII letters where it has them, without accents, apostrophes, dots and hyphens.

    `Al-Fashir` and `al Fashir` are one, and so are `Sana'a` and `Sanaa`, `St. Louis` and `Saint Louis`.
    """
    if name.isascii():
        plain = name.lower()
    else:
        decomposed = unicodedata.normalize("NFKD", name.lower())
        plain = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    words = plain.translate(_LETTERS).split()
    return " ".join([_ABBREVIATIONS.get(word, word) for word in words])


def spellings(folded: str) -> list[str]:
    """The folded name, and with the other forms of an Arabic article at its head (`el obeid`, `al obeid`, `obeid`)."""
    head, _, rest = folded.partition(" ")
    if rest and head in _ARTICLES:
        return [folded, *(f"{article} {rest}" for article in ("al", "el") if article != head), f"a{head[1:]}{rest}"]
    return [folded]


def slug(name: str) -> str:
    """The name as the last part of an id: folded, with hyphens (`ruska-lozova`)."""
    return fold(name).replace(" ", "-")
