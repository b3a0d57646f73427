"""A telling's place in the clustering: which cluster it is in, and how well it fits there."""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING

from streams.merging.tellings import Rank, Telling

if TYPE_CHECKING:
    from streams.merging.clusters import Cluster
    from streams.merging.nodes import Node


class Member:
    """One present telling, as the clustering sees it."""

    __slots__ = ("cluster", "fit", "node", "queued", "rank", "second", "telling")

    def __init__(self, telling: Telling, node: Node) -> None:
        self.telling = telling
        self.rank: Rank = telling.rank
        self.node = node
        self.cluster: Cluster | None = None
        """None until it is evaluated."""
        self.fit = 0.0
        """To its cluster when it was last evaluated; of a founder, what it takes to join another."""
        self.second = 0.0
        """No other cluster fits better than that, of those that fit well enough."""
        self.queued = False
        """It is to be evaluated again."""


rank_of = attrgetter("rank")
