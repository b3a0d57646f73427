"""The distinct traits of the present tellings, and where they are found: derived in memory, never stored.

Tellings with equal traits share a node, so that a reprint is filed once.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, TypeAlias

from streams.merging.comparing import Frame, Part, compare, frame_points, rest_points, shape_points, sketch_of
from streams.merging.compatible import CONTRADICTION
from streams.merging.index_keys import index_keys, kind_of, lookup_keys
from streams.merging.members import Member, rank_of
from streams.merging.scorer import THRESHOLD
from streams.merging.tellings import Rank
from streams.merging.traits import Traits

if TYPE_CHECKING:
    from streams.merging.clusters import Cluster

FEW = 12
"""A longer list of nodes under one key is sorted."""
ANY_OUTLINE = frozenset({"entity", "undated", "anchor", "cell"})
"""Kinds of evidence by which tellings are found that have an entity in common, under two sectors or countries."""


class Node:
    """The tellings that have the same traits."""

    __slots__ = ("least", "members", "profiles", "sketch", "traits", "watched")

    def __init__(self, traits: Traits) -> None:
        self.traits = traits
        self.sketch = sketch_of(traits)
        self.members: list[Member] = []
        """By rank."""
        self.least = 0.0
        """No settled telling has a lower `second`."""
        self.profiles: dict[Cluster, None] = {}
        """The clusters that these traits speak for."""
        self.watched: dict[Cluster, None] = {}
        """The clusters for which traits speak, or did once, with which these link."""

    def add(self, member: Member) -> None:
        """The telling has these traits."""
        insort(self.members, member, key=rank_of)

    def remove(self, member: Member) -> None:
        """The telling is gone."""
        del self.members[bisect_left(self.members, member.rank, key=rank_of)]

    def between(self, low: Rank, high: Rank | None) -> list[Member]:
        """The tellings after `low`, up to `high`; up to the last if that is None."""
        first = bisect_right(self.members, low, key=rank_of)
        return self.members[first : None if high is None else bisect_right(self.members, high, key=rank_of)]


Sorted: TypeAlias = "dict[Part, dict[Frame, list[Node]]]"
"""By outline and frame."""
Filed: TypeAlias = "Node | list[Node] | Sorted"


class NodeIndex:
    """Nodes filed under the keys of their traits. A key is kept as its hash: what is found is compared anyway."""

    def __init__(self) -> None:
        self._filed: dict[int, Filed] = {}

    def __len__(self) -> int:
        return len(self._filed)

    def add(self, node: Node) -> None:
        """The node can be found."""
        for key in {hash(key) for key in index_keys(node.traits)}:
            filed = self._filed.setdefault(key, node)
            if isinstance(filed, dict):
                _sort_in(filed, node)
            elif isinstance(filed, list):
                filed.append(node)
                if len(filed) > FEW:
                    in_order: Sorted = {}
                    self._filed[key] = in_order
                    for one in filed:
                        _sort_in(in_order, one)
            elif filed is not node:
                self._filed[key] = [filed, node]

    def remove(self, node: Node) -> None:
        """The node is found no more."""
        for key in {hash(key) for key in index_keys(node.traits)}:
            filed = self._filed[key]
            if isinstance(filed, dict):
                _take_out(filed, node)
            elif isinstance(filed, list):
                filed.remove(node)
            if filed is node or not filed:
                del self._filed[key]

    def linked(self, node: Node) -> list[tuple[Node, float]]:
        """Every node that links with this one, with the score of the two, in no order; itself among them."""
        found = _Compared(node)
        for key, what in _hashed_lookups(node):
            filed = self._filed.get(key)
            if filed is not None:
                found.add(filed, what)
        return [(other, points) for other, points in found.points.items() if points >= THRESHOLD]


class _Compared:
    """The scores of one node with others."""

    def __init__(self, node: Node) -> None:
        self.points: dict[Node, float] = {}
        self._sketch = node.sketch
        self._missing = THRESHOLD - node.sketch.most
        """What frames must bring at least."""
        self._frames: dict[Frame, float] = {}
        """What each frame met so far brings; a contradiction if that is too little."""
        self._outlines: dict[Part, bool] = {}

    def add(self, filed: Filed, what: str) -> None:
        """Compares the node with those that are filed under evidence of this kind.

        They are compared in all if a sentence may be in common, or nothing dates the node. Else no sentence is: those
        that have one came before. Where no entity need be in common, outlines may contradict each other.
        """
        if isinstance(filed, Node):
            filed = [filed]
        if what == "sentence" or self._sketch.setting is None:
            self._compare(filed if isinstance(filed, list) else _all_of(filed))
        elif isinstance(filed, list):
            for other in filed:
                if other not in self.points:
                    self._add(other.sketch.frame, (other,))
        else:
            for outline, frames in filed.items():
                if what in ANY_OUTLINE or self._may_be(outline):
                    for frame, nodes in frames.items():
                        self._add(frame, nodes)

    def _may_be(self, outline: Part) -> bool:
        """Whether shapes with this outline need not contradict the node's."""
        may_be = self._outlines.get(outline)
        if may_be is None:
            may_be = self._outlines[outline] = shape_points(self._sketch.outline, outline) != CONTRADICTION
        return may_be

    def _compare(self, nodes: Iterable[Node]) -> None:
        for other in nodes:
            if other not in self.points:
                self.points[other] = compare(self._sketch, other.sketch)

    def _add(self, frame: Frame, nodes: Sequence[Node]) -> None:
        """Compares the node with those of one frame."""
        if frame.setting is None:
            self._compare(nodes)
            return
        both = self._frames.get(frame)
        if both is None:
            both = frame_points(self._sketch.frame, frame)
            self._frames[frame] = both = both if both >= self._missing else CONTRADICTION
        if both != CONTRADICTION:
            for other in nodes:
                if other not in self.points:
                    sketch = other.sketch
                    is_enough = both + sketch.most >= THRESHOLD
                    self.points[other] = both + rest_points(self._sketch, sketch) if is_enough else CONTRADICTION


@lru_cache(maxsize=64)
def _hashed_lookups(node: Node) -> list[tuple[int, str]]:
    """The keys to look under, and the kind of evidence that each stands for."""
    return [(hash(key), str(kind_of(key))) for key in lookup_keys(node.traits)]


def _sort_in(filed: Sorted, node: Node) -> None:
    filed.setdefault(node.sketch.outline, {}).setdefault(node.sketch.frame, []).append(node)


def _take_out(filed: Sorted, node: Node) -> None:
    frames = filed[node.sketch.outline]
    nodes = frames[node.sketch.frame]
    nodes.remove(node)
    if not nodes:
        del frames[node.sketch.frame]
    if not frames:
        del filed[node.sketch.outline]


def _all_of(filed: Sorted) -> Iterator[Node]:
    return (node for frames in filed.values() for nodes in frames.values() for node in nodes)
