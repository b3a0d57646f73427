"""Which reports of an event are one source, and why: the groups that `merging/sources.py` counts, with reasons."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterator, Mapping, Sequence

from streams.explaining.explanation import OneSource
from streams.merging.sources import SIMILAR, bands_of, marks_of, similarity, source_of
from streams.merging.tellings import Signature, Telling, TellingId, values_of


def one_source(tellings: Sequence[Telling]) -> Mapping[TellingId, tuple[OneSource, ...]]:
    """For each telling the earlier ones that it is one source with: one of every group that it joins.

    A telling that joins none is the first of a source of its own; one that joins two makes one source of them.
    """
    groups = _Groups()
    found = {telling.id: groups.links(telling) for telling in tellings}
    return {telling_id: links for telling_id, links in found.items() if links}


def reasons(one: Telling, other: Telling) -> tuple[str, ...]:
    """Why two tellings are one source, in words; none when they are two."""
    found = []
    if source_of(one) == source_of(other):
        found.append(f"same source, {source_of(one)}")
    ours, theirs = ({told.hash for told in telling.mention.sentences} for telling in (one, other))
    if not ours.isdisjoint(theirs):
        found.append("same sentence")
    if one.signature and other.signature:
        likeness = similarity(values_of(one.signature), values_of(other.signature))
        if likeness >= SIMILAR:
            found.append(f"texts alike by {likeness:.2f}")
    return tuple(found)


class _Groups:
    """The tellings so far, in groups, found by what a telling that is one source with them must share."""

    def __init__(self) -> None:
        self._groups: dict[TellingId, list[Telling]] = {}
        """The group of each telling; tellings of one group share the list."""
        self._firsts: dict[Hashable, Telling] = {}
        self._banded: defaultdict[int, list[Telling]] = defaultdict(list)
        """By band of the signature: texts that are alike have at least one in common."""
        self._texts: set[Signature] = set()

    def links(self, telling: Telling) -> tuple[OneSource, ...]:
        """The telling comes; what it is one source with, once for each group, which are one from now on."""
        joined, links = [telling], list[OneSource]()
        self._groups[telling.id] = joined
        for other in self._may_be_one_with(telling):
            group = self._groups[other.id]
            if group is not joined and (why := reasons(telling, other)):
                links.append(OneSource(*other.id, why))
                joined = self._merge(joined, group)
        self._file(telling)
        return tuple(links)

    def _merge(self, one: list[Telling], other: list[Telling]) -> list[Telling]:
        few, many = sorted((one, other), key=len)
        many += few
        self._groups.update((moved.id, many) for moved in few)
        return many

    def _may_be_one_with(self, telling: Telling) -> Iterator[Telling]:
        yield from (self._firsts[mark] for mark in marks_of(telling) if mark in self._firsts)
        for band in bands_of(telling.signature):
            yield from self._banded[band]

    def _file(self, telling: Telling) -> None:
        for mark in marks_of(telling):
            self._firsts.setdefault(mark, telling)
        if telling.signature and telling.signature not in self._texts:
            self._texts.add(telling.signature)
            for band in bands_of(telling.signature):
                self._banded[band].append(telling)
