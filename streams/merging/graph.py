"""Which traits link with which, under one merge key: an index derived in memory, never stored.

Tellings with equal traits share a node, so that a reprint costs a look-up. A node is compared only with those that
share a key with it (`scorer.index_keys`), when it is first visited, and then remembers its links.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import TypeAlias

from streams.merging.scorer import THRESHOLD, index_keys, lookup_keys, score
from streams.merging.traits import Traits

TellingId: TypeAlias = tuple[str, str]
"""Article id and mention id."""


class TraitsGraph:
    """The distinct traits of the present tellings, with the links between them."""

    def __init__(self) -> None:
        self._holders: dict[Traits, set[TellingId]] = {}
        self._index: defaultdict[tuple[object, ...], set[Traits]] = defaultdict(set)
        self._links: dict[Traits, set[Traits]] = {}

    def add(self, traits: Traits, holder: TellingId) -> None:
        """`holder` has these traits."""
        holders = self._holders.setdefault(traits, set())
        if not holders:
            for key in index_keys(traits):
                self._index[key].add(traits)
            if self._links:
                self._remember(traits)
        holders.add(holder)

    def remove(self, traits: Traits, holder: TellingId) -> None:
        """`holder` has these traits no more."""
        holders = self._holders[traits]
        holders.discard(holder)
        if holders:
            return
        links = self.linked(traits) if self._links else set()
        del self._holders[traits]
        self._links.pop(traits, None)
        for key in index_keys(traits):
            self._index[key].discard(traits)
            if not self._index[key]:
                del self._index[key]
        for linked in links - {traits}:
            self._links.get(linked, set()).discard(traits)

    def holders(self, traits: Traits) -> set[TellingId]:
        """Who has these traits now."""
        return self._holders.get(traits, set())

    def linked(self, traits: Traits) -> set[Traits]:
        """The present traits that link with these, which need not be present themselves; itself among them if so."""
        if traits in self._links:
            return self._links[traits]
        found: set[Traits] = set()
        for key in lookup_keys(traits):
            found |= self._index.get(key, set())
        links = {other for other in found if score(traits, other) >= THRESHOLD}
        if traits in self._holders:
            self._links[traits] = links
        return links

    def component(self, starts: Iterable[Traits]) -> set[Traits]:
        """The present traits that links join to the starts, over any number of steps, the starts included."""
        reached = {traits for traits in starts if traits in self._holders}
        waiting = list(reached)
        while waiting:
            new = self.linked(waiting.pop()) - reached
            reached |= new
            waiting.extend(new)
        return reached

    def _remember(self, traits: Traits) -> None:
        for linked in self.linked(traits):
            if linked in self._links:
                self._links[linked].add(traits)
