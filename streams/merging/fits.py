"""How well traits fit a cluster, and the scores that this is the mean of, remembered while they are asked for often."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from streams.merging.comparing import compare
from streams.merging.compatible import CONTRADICTION

if TYPE_CHECKING:
    from streams.merging.clusters import Cluster, Profile
    from streams.merging.members import Member
    from streams.merging.nodes import Node

SCORES = 100_000
"""So many scores are remembered at most."""


class Scores:
    """Of pairs of nodes. The same few speak for clusters again and again, so that most is known."""

    def __init__(self) -> None:
        self._known: dict[Node, dict[Node, float]] = {}
        """By the node that speaks for a cluster."""
        self._number = 0

    def row(self, speaker: Node) -> dict[Node, float]:
        """The known scores of a node that speaks for a cluster; `new` adds another."""
        row = self._known.get(speaker)
        if row is None:
            row = self._known[speaker] = {}
        return row

    def new(self, row: dict[Node, float], speaker: Node, node: Node) -> float:
        """The score of the two, which is not known yet."""
        if self._number >= SCORES:
            self._known.clear()
            self._number = 0
        self._number += 1
        points = row[node] = compare(speaker.sketch, node.sketch)
        return points

    def learn(self, speaker: Node, found: list[tuple[Node, float]]) -> None:
        """These scores of the speaker are known now."""
        row = self.row(speaker)
        self._number -= len(row)
        row.update(found)
        self._number += len(row)

    def mean(self, node: Node, profile: Profile) -> float:
        """How well the node fits a cluster for which these speak; a contradiction with one of them stays one."""
        return self.mean_of_rows(node, [(self.row(speaker), speaker) for _, speaker in profile])

    def mean_of_rows(self, node: Node, rows: list[tuple[dict[Node, float], Node]]) -> float:
        """The same, from the rows of the speakers."""
        total = 0.0
        for row, speaker in rows:
            points = row.get(node)
            if points is None:
                points = self.new(row, speaker, node)
            if points == CONTRADICTION:
                return CONTRADICTION
            total += points
        return total / len(rows) if rows else CONTRADICTION

    def forget(self, node: Node) -> None:
        """The node speaks for no cluster any more."""
        self._number -= len(self._known.pop(node, ()))


class Fits:
    """How well tellings fit a cluster as it is now, worked out once for those of one node."""

    def __init__(self, scores: Scores, cluster: Cluster) -> None:
        self._scores = scores
        self._rows = [(scores.row(node), node) for _, node in cluster.profile]
        self._ranks = [rank for rank, _ in cluster.profile]
        self._whole: dict[Node, float] = {}
        self._part: dict[tuple[Node, int], float] = {}

    def of(self, member: Member) -> float:
        """The mean score over the traits that speak for the cluster to the telling: those of earlier ones."""
        if not self._ranks or member.rank > self._ranks[-1]:
            return self._of_last(member.node)
        speaking = bisect_left(self._ranks, member.rank)
        key = member.node, speaking
        fit = self._part.get(key)
        if fit is None:
            fit = self._part[key] = self._scores.mean_of_rows(member.node, self._rows[:speaking])
        return fit

    def is_less(self, node: Node) -> bool:
        """Whether all tellings of the node are known to fit another cluster better, or their own by far."""
        return bool(self._ranks) and node.members[0].rank > self._ranks[-1] and self._of_last(node) < node.least

    def _of_last(self, node: Node) -> float:
        """The mean score for tellings to which the whole profile speaks."""
        fit = self._whole.get(node)
        if fit is None:
            fit = self._whole[node] = self._scores.mean_of_rows(node, self._rows)
        return fit
