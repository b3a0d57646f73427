"""What the names of a page's elements and metadata fields mean, from `streams/lexicon/pages/`."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from importlib import resources

_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_SIGNS = re.compile(r"[^a-zA-Z©]+")
_MOST_WORDS = 4
"""The longest entry of a table has no more words."""


@cache
def table(name: str) -> dict[str, frozenset[str]]:
    """The uses of a table with the words of each."""
    text = (resources.files("streams") / "lexicon" / "pages" / name).read_text(encoding="utf-8")
    found: dict[str, set[str]] = {}
    for line in text.splitlines():
        if line and not line.startswith("#"):
            use, words = line.split("\t")
            found.setdefault(use, set()).add(words)
    return {use: frozenset(words) for use, words in found.items()}


@cache
def _parts() -> dict[str, frozenset[str]]:
    parts: dict[str, set[str]] = {}
    for part, every in table("containers.tsv").items():
        for words in every:
            parts.setdefault(words, set()).add(part)
    return {words: frozenset(every) for words, every in parts.items()}


@lru_cache(maxsize=20_000)
def parts_of(name: str) -> frozenset[str]:
    """The parts of a page that one name of a class or id may stand for: `td-related-title` is `related`."""
    known = _parts()
    words = [word for word in _SIGNS.split(_CAMEL.sub(" ", name[:80]).lower()) if word]
    uses = table("containers.tsv")
    if len(words) > 1 and (words[0] in uses["class of"] or not uses["modifier"].isdisjoint(words)):
        return frozenset()
    found: set[str] = set()
    for start in range(len(words)):
        for end in range(start + 1, min(len(words), start + _MOST_WORDS) + 1):
            found |= known.get(" ".join(words[start:end]), frozenset())
    return frozenset(found - {"modifier", "class of"})


@cache
def folded_field(name: str) -> str:
    """The name of a metadata field without signs, in small letters."""
    return re.sub(r"[^a-z]", "", name[:80].lower())
