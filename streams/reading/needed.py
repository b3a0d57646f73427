"""What a text must hold for a pattern to match in it: a few pieces of which one cannot be missing.

Most patterns look for one of some words (`ago`, a month, a weekday), with much around them that may be or not. Trying
one at each character costs a hundred times what looking for its words does, and most texts have none of them. The
pieces are derived from the pattern itself, so that what they let pass is never less than what it matches.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from importlib import import_module
from itertools import product
from typing import Any

Pieces = frozenset[str]
_MOST = 300
"""Pieces of one pattern."""
_OPTIONS = 12
"""Characters of a class that are worth spelling out."""
_LIKE_ASCII = str.maketrans({"ı": "i", "İ": "i", "ſ": "s", "K": "k"})
"""What `re` takes for an ASCII letter when case does not matter."""


def pieces(pattern: re.Pattern[str]) -> Pieces:
    """Strings in lower case of which each match holds one, lowered; empty where none can be told."""
    try:
        parser: Any = import_module("re._parser")
    except ImportError:  # another Python keeps its parser elsewhere: then nothing is told
        return frozenset()
    exact, needed = _sequence(parser.parse(pattern.pattern, pattern.flags))
    return _better(exact, needed) or frozenset()


def lowered(text: str) -> str:
    """The text as the pieces are."""
    return text.lower() if text.isascii() else text.translate(_LIKE_ASCII).lower()


class Able:
    """Which of some patterns can match in a text: each piece is looked for once."""

    def __init__(self, patterns: Sequence[re.Pattern[str]]) -> None:
        self._wanted = [pieces(pattern) for pattern in patterns]
        self._all = sorted(frozenset().union(*self._wanted))

    def numbers(self, text: str) -> list[int]:
        """The numbers of the patterns of which a match can be in the text."""
        low = lowered(text)
        held = {piece for piece in self._all if piece in low}
        return [number for number, wanted in enumerate(self._wanted) if not (wanted and held.isdisjoint(wanted))]


def _better(one: Pieces | None, other: Pieces | None) -> Pieces | None:
    """The one of two sets that lets less pass: none of its pieces is short."""
    sets = [found for found in (one, other) if found and min(map(len, found)) > 1]
    return max(sets, key=lambda found: (min(map(len, found)), -len(found)), default=None)


def _sequence(parts: Any) -> tuple[Pieces | None, Pieces | None]:
    """Of a sequence: all strings that it can be, if they are few, and strings of which one is in it."""
    run: Pieces = frozenset({""})
    whole, needed = True, None
    for operation, argument in parts:
        exact, inner = _one(str(operation), argument)
        if exact is not None and len(run) * len(exact) <= _MOST:
            run = frozenset(before + after for before, after in product(run, exact))
        else:
            needed = _better(needed, run)
            whole, run = False, exact if exact is not None else frozenset({""})
        needed = _better(needed, inner)
    return (run if whole else None), (needed if whole else _better(needed, run))


def _one(operation: str, argument: Any) -> tuple[Pieces | None, Pieces | None]:  # noqa: PLR0911  (one for each kind)
    """The same of one part of a pattern."""
    if operation == "LITERAL":
        return frozenset({chr(argument).translate(_LIKE_ASCII).lower()}), None
    if operation == "IN":
        return _class(argument), None
    if operation == "SUBPATTERN":
        return _sequence(argument[-1])
    if operation == "ATOMIC_GROUP":
        return _sequence(argument)
    if operation == "BRANCH":
        return _branches(argument[1])
    if operation in {"MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"}:
        return _repeated(*argument)
    if operation in {"AT", "ASSERT", "ASSERT_NOT"}:
        return frozenset({""}), None
    return None, None


def _class(members: Any) -> Pieces | None:
    """The characters of a class, if they are few."""
    found: set[str] = set()
    for operation, argument in members:
        if str(operation) == "LITERAL":
            found.add(chr(argument).translate(_LIKE_ASCII).lower())
        elif str(operation) == "RANGE" and argument[1] - argument[0] < _OPTIONS:
            found |= {chr(code).translate(_LIKE_ASCII).lower() for code in range(argument[0], argument[1] + 1)}
        else:
            return None
    return frozenset(found) if len(found) <= _OPTIONS else None


def _branches(branches: Any) -> tuple[Pieces | None, Pieces | None]:
    """One of several: each must tell what it needs."""
    told = [_sequence(branch) for branch in branches]
    exacts = [exact for exact, _ in told if exact is not None]
    if len(exacts) == len(told) and sum(map(len, exacts)) <= _MOST:
        return frozenset().union(*exacts), None
    needs = [_better(exact, needed) for exact, needed in told]
    found = frozenset().union(*(need for need in needs if need))
    return None, found if all(needs) and len(found) <= _MOST else None


def _repeated(least: int, most: int, inner: Any) -> tuple[Pieces | None, Pieces | None]:
    """Something that may come several times, or never."""
    exact, needed = _sequence(inner)
    if least == 0:
        return (exact | {""} if exact is not None and most == 1 else None), None
    if least == most == 1:
        return exact, needed
    return None, _better(exact, needed)
