"""What the names of a page's elements and metadata fields mean, from `streams/lexicon/pages/`."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from streams.extending.files import known_name, lines_of
from streams.extending.in_force import forgotten_with_lexicon
from streams.extending.rows import LexiconError, Line

_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_SIGNS = re.compile(r"[^a-zA-Z©]+")
_MOST_WORDS = 4
"""The longest entry of a table has no more words."""
_FIELDS = frozenset({"published", "created", "modified"})
_USES = {
    "containers": frozenset(
        {"advertisement", "author", "caption", "class of", "comment", "comments", "consent", "modifier", "navigation",
         "related", "share", "signup", "standfirst", "unseen"}
    ),
    "dates": frozenset({"class", "class-modified", "label", "label-modified", "label-other", "script"}) | _FIELDS,
}  # fmt: skip
"""What the code asks each table for."""


@forgotten_with_lexicon
@cache
def table(name: str) -> dict[str, frozenset[str]]:
    """The uses of a table with the words of each. Raises `LexiconError` for a row of the user's that is wrong."""
    found: dict[str, set[str]] = {use: set() for use in _USES[name]}
    for line in lines_of(f"pages/{name}"):
        use = known_name(line, found)
        found[use].add(_as_compared(line) if line.own else line.cells[1])
    return {use: frozenset(words) for use, words in found.items()}


def _as_compared(line: Line) -> str:
    """The words of a user's row in the form in which names of pages are compared."""
    use, words = line.cells
    if use in _FIELDS:
        words = folded_field(words)
    elif use != "script":
        words = " ".join(words.lower().split())
    if not words or (use in _USES["containers"] and len(words.split()) > _MOST_WORDS):
        raise LexiconError(f"{line.where}: {line.cells[1]!r} is not one to {_MOST_WORDS} words of a name")
    return words


@forgotten_with_lexicon
@cache
def _parts() -> dict[str, frozenset[str]]:
    parts: dict[str, set[str]] = {}
    for part, every in table("containers").items():
        for words in every:
            parts.setdefault(words, set()).add(part)
    return {words: frozenset(every) for words, every in parts.items()}


@forgotten_with_lexicon
@lru_cache(maxsize=20_000)
def parts_of(name: str) -> frozenset[str]:
    """The parts of a page that one name of a class or id may stand for: `td-related-title` is `related`."""
    known = _parts()
    words = [word for word in _SIGNS.split(_CAMEL.sub(" ", name[:80]).lower()) if word]
    uses = table("containers")
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
