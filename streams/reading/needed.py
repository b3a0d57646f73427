"""What a text must hold for a pattern to match in it: a few pieces of which one cannot be missing.

Most patterns look for one of some words (`ago`, a month, a weekday), with much around them that may be or not. Trying
one at each character costs a hundred times what looking for its words does, and most texts have none of them. The
pieces are derived from the pattern itself, and so is how far behind the beginning of a match each can stand. So a
pattern is tried only where a piece is near, and what they let pass is never less than what it matches.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from importlib import import_module
from itertools import product
from typing import Any

Exact = frozenset[str]
Places = dict[str, tuple[int, int]]
"""Pieces, and the least and most characters between the beginning of a match and each."""
_HERE = (0, 0)
_MOST = 300
"""Pieces of one pattern."""
_OPTIONS = 12
"""Characters of a class that are worth spelling out."""
_LIKE_ASCII = str.maketrans({"ı": "i", "İ": "i", "ſ": "s", "K": "k"})
"""What `re` takes for an ASCII letter when case does not matter."""


def pieces(pattern: re.Pattern[str]) -> Places:
    """Strings in lower case of which each match holds one, lowered; empty where none can be told."""
    parsed = _parsed(pattern)
    if parsed is None:
        return {}
    return _needed(parsed) or {}


def begins_at_edge(pattern: re.Pattern[str]) -> bool:
    """Whether each match begins at an edge of a word, as a `\\b` at the beginning of the pattern says."""
    return _edged(_parsed(pattern) or ())


def _edged(parts: Any) -> bool:
    for operation, argument in parts:
        name = str(operation)
        if name == "AT":
            return str(argument) == "AT_BOUNDARY"
        if name == "SUBPATTERN":
            return _edged(argument[-1])
        if name in {"ASSERT", "ASSERT_NOT"} or (name == "MAX_REPEAT" and argument[0] == 0 and _edged(argument[-1])):
            continue
        return False
    return False


def lowered(text: str) -> str:
    """The text as the pieces are; as long as it was."""
    return text.lower() if text.isascii() else text.translate(_LIKE_ASCII).lower()


def _parsed(pattern: re.Pattern[str]) -> Any:
    """The pattern in parts, as Python's own parser sees it."""
    try:
        parser: Any = import_module("re._parser")
    except ImportError:  # another Python keeps its parser elsewhere: then nothing is told
        return None
    return parser.parse(pattern.pattern, pattern.flags)


def _at(strings: Iterable[str] | None, place: tuple[int, int]) -> Places | None:
    return None if strings is None else dict.fromkeys(strings, place)


def _moved(needed: Places | None, least: int, most: int) -> Places | None:
    return needed and {piece: (first + least, last + most) for piece, (first, last) in needed.items()}


def _better(one: Places | None, other: Places | None) -> Places | None:
    """The one of two sets that lets less pass: none of its pieces is short."""
    sets = [found for found in (one, other) if found and min(map(len, found)) > 1]
    return max(sets, key=lambda found: (min(map(len, found)), -len(found)), default=None)


def _union(parts: Iterable[Places]) -> Places:
    found: Places = {}
    for part in parts:
        for piece, (least, most) in part.items():
            known = found.get(piece, (least, most))
            found[piece] = (min(known[0], least), max(known[1], most))
    return found


def _sequence(parts: Any) -> tuple[Exact | None, Places | None]:
    """Of a sequence: all strings that it can be, if they are few, and strings of which one is in it."""
    run: Exact = frozenset({""})
    begun = place = _HERE
    whole, needed = True, None
    for operation, argument in parts:
        exact, inner = _one(str(operation), argument)
        if exact is not None and len(run) * len(exact) <= _MOST:
            run = frozenset(before + after for before, after in product(run, exact))
        else:
            needed = _better(needed, _at(run, begun))
            whole, run = False, exact if exact is not None else frozenset({""})
            begun = place
        needed = _better(needed, _moved(inner, *place))
        least, most = type(parts)(parts.state, [(operation, argument)]).getwidth()
        place = (place[0] + least, place[1] + most)
        if exact is None:
            begun = place
    return (run if whole else None), (needed if whole else _better(needed, _at(run, begun)))


def _one(operation: str, argument: Any) -> tuple[Exact | None, Places | None]:  # noqa: PLR0911  (one for each kind)
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
    if operation == "ASSERT" and argument[0] > 0:
        return frozenset({""}), _needed(argument[1])
    if operation in {"AT", "ASSERT", "ASSERT_NOT"}:
        return frozenset({""}), None
    return None, None


def _needed(parts: Any) -> Places | None:
    """Pieces of which one is in what the parts match."""
    exact, needed = _sequence(parts)
    return _better(_at(exact, _HERE), needed)


def _class(members: Any) -> Exact | None:
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


def _branches(branches: Any) -> tuple[Exact | None, Places | None]:
    """One of several: each must tell what it needs."""
    told = [_sequence(branch) for branch in branches]
    exacts = [exact for exact, _ in told if exact is not None]
    if len(exacts) == len(told) and sum(map(len, exacts)) <= _MOST:
        return frozenset().union(*exacts), None
    needs = [_better(_at(exact, _HERE), needed) for exact, needed in told]
    found = _union(need for need in needs if need)
    return None, found if all(needs) and len(found) <= _MOST else None


def _repeated(least: int, most: int, inner: Any) -> tuple[Exact | None, Places | None]:
    """Something that may come several times, or never."""
    exact, needed = _sequence(inner)
    if least == 0:
        return (exact | {""} if exact is not None and most == 1 else None), None
    if least == most == 1:
        return exact, needed
    return None, _better(_at(exact, _HERE), needed)
