"""Many patterns looked for in a text at once: each is tried only where one of its pieces is near."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import chain

from streams.reading.needed import Places, begins_at_edge, lowered, pieces

_FAR = 150
"""A pattern whose pieces may stand farther from its beginning is tried everywhere."""
_SHORT = 2_000
"""What is found in texts of so many characters is kept: most are read twice."""
_WORD = re.compile(r"\w+")


class Able:
    """Which of some patterns can match in a text, and where they do: each piece is looked for once."""

    def __init__(self, patterns: Sequence[re.Pattern[str]]) -> None:
        self._patterns = list(patterns)
        self._wanted = [pieces(pattern) for pattern in patterns]
        self._edged = [begins_at_edge(pattern) for pattern in patterns]
        self._always = [number for number, wanted in enumerate(self._wanted) if not wanted]
        self._everywhere = [not wanted or max(most for _, most in wanted.values()) > _FAR for wanted in self._wanted]
        self._users: dict[str, list[int]] = {}
        for number, wanted in enumerate(self._wanted):
            for piece in wanted:
                self._users.setdefault(piece, []).append(number)
        self._families = _families(self._users)
        self._kept = lru_cache(maxsize=512)(self._matches)

    def numbers(self, text: str) -> list[int]:
        """The numbers of the patterns of which a match can be in the text."""
        return self._numbers(self._held(lowered(text)))

    def find(self, text: str) -> Sequence[tuple[int, re.Match[str]]]:
        """Number and match of all that `finditer` gives, pattern by pattern."""
        return self._kept(text) if len(text) <= _SHORT else self._matches(text)

    def _held(self, low: str) -> list[str]:
        held: list[str] = []
        for root, longer in self._families:
            if root in low:
                held.append(root)
                held += [piece for piece in longer if piece in low]
        return held

    def _numbers(self, held: Iterable[str]) -> list[int]:
        return sorted({*self._always, *chain.from_iterable(map(self._users.__getitem__, held))})

    def _matches(self, text: str) -> tuple[tuple[int, re.Match[str]], ...]:
        low = lowered(text)
        held = {piece: _occurrences(low, piece) for piece in self._held(low)}
        edges = [edge for word in _WORD.finditer(text) for edge in word.span()] if held else []
        found: list[tuple[int, re.Match[str]]] = []
        for number in self._numbers(held):
            pattern = self._patterns[number]
            if self._everywhere[number]:
                found += [(number, match) for match in pattern.finditer(text)]
                continue
            at = 0
            for start in _starts(self._wanted[number], held, edges if self._edged[number] else None):
                if start >= at and (match := pattern.match(text, start)):
                    found.append((number, match))
                    at = match.end()
        return tuple(found)


def _families(all_pieces: Iterable[str]) -> list[tuple[str, list[str]]]:
    """The pieces that hold no other, each with longer ones that hold it: these need be looked for only where it is."""
    families: dict[str, list[str]] = {}
    for piece in sorted(all_pieces, key=lambda one: (len(one), one)):
        root = next((root for root in families if root in piece), None)
        if root is None:
            families[piece] = []
        else:
            families[root].append(piece)
    return list(families.items())


def _occurrences(low: str, piece: str) -> list[int]:
    found = []
    at = low.find(piece)
    while at >= 0:
        found.append(at)
        at = low.find(piece, at + 1)
    return found


def _starts(wanted: Places, held: dict[str, list[int]], edges: list[int] | None) -> list[int]:
    """Where a match may begin, in order: so far before a piece, and at the edge of a word if it has to."""
    starts: set[int] = set()
    for piece in wanted.keys() & held.keys():
        least, most = wanted[piece]
        for at in held[piece]:
            first, last = max(0, at - most), at - least
            if edges is None:
                starts.update(range(first, last + 1))
            else:
                starts.update(edges[bisect_left(edges, first) : bisect_right(edges, last)])
    return sorted(starts)
