"""How many independent sources tell an event: a reprint is not a second witness."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Sequence
from itertools import combinations
from urllib.parse import urlsplit

from streams.merging.state import Telling

SIMILAR = 0.8
"""Share of equal MinHash values from which two documents are taken for one text."""


def independent_sources(tellings: Sequence[Telling]) -> int:
    """The number of groups of tellings that no common source, founding sentence or text joins, over any steps."""
    groups = _Groups(len(tellings))
    same: defaultdict[Hashable, list[int]] = defaultdict(list)
    for number, telling in enumerate(tellings):
        same["source", source_of(telling)].append(number)
        same["text", telling.told.signature].append(number)
        for founding in telling.mention.sentences[:1]:
            same["sentence", founding.hash].append(number)
    for kind, numbers in same.items():
        if kind != ("text", ()):
            groups.join_all(numbers)
    if groups.count() > 1:
        _join_similar(tellings, groups)
    return groups.count()


def source_of(telling: Telling) -> str:
    """The outlet: the source given, else the host of the URL, else the article for itself."""
    told = telling.told
    if told.source:
        return told.source.casefold()
    return _host(told.url or "") or f"article {told.article_id}"


def _host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:  # an address that is none names no outlet
        return ""


def similarity(one: tuple[int, ...], other: tuple[int, ...]) -> float:
    """Share of equal values of two MinHash signatures, an estimate of the texts' likeness; 0 if one is missing."""
    if not one or len(one) != len(other):
        return 0.0
    return sum(a == b for a, b in zip(one, other, strict=True)) / len(one)


def _join_similar(tellings: Sequence[Telling], groups: _Groups) -> None:
    """Joins what is similar, and compares only signatures that share a band.

    Signatures that reach `SIMILAR` differ in at most a fifth of their values. Cut into one band more than that, at
    least one band is equal: nothing similar is missed.
    """
    distinct = {telling.told.signature: number for number, telling in enumerate(tellings) if telling.told.signature}
    banded: defaultdict[Hashable, list[int]] = defaultdict(list)
    for signature, number in distinct.items():
        bands = int(len(signature) * (1 - SIMILAR)) + 1
        for band in range(bands):
            banded[len(signature), band, signature[band::bands]].append(number)
    for numbers in banded.values():
        for one, other in combinations(numbers, 2):
            if groups.find(one) != groups.find(other):
                signatures = (tellings[number].told.signature for number in (one, other))
                if similarity(*signatures) >= SIMILAR:
                    groups.join(one, other)


class _Groups:
    """Disjoint sets of the numbers below `size`."""

    def __init__(self, size: int) -> None:
        self._parents = list(range(size))

    def find(self, number: int) -> int:
        """The number that stands for the set."""
        while self._parents[number] != number:
            self._parents[number] = self._parents[self._parents[number]]
            number = self._parents[number]
        return number

    def join(self, one: int, other: int) -> None:
        """The two sets become one."""
        self._parents[self.find(one)] = self.find(other)

    def join_all(self, numbers: Sequence[int]) -> None:
        """The sets of all these numbers become one."""
        for number in numbers[1:]:
            self.join(numbers[0], number)

    def count(self) -> int:
        """How many sets there are."""
        return sum(parent == number for number, parent in enumerate(self._parents))
