"""One event's tellings in canonical order, and the traits that speak for them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from operator import itemgetter
from typing import TYPE_CHECKING, TypeAlias

from streams.merging.events import Summary
from streams.merging.members import Member, rank_of
from streams.merging.tellings import Rank, Telling

if TYPE_CHECKING:
    from streams.merging.nodes import Node
    from streams.records import Event

PROFILE = 8
"""A telling is compared with the first so many distinct traits of a cluster, which speak for the whole."""
SUMMED_FROM = 17
"""A cluster of fewer tellings is summed up anew each time; a larger one keeps its sums."""

Profile: TypeAlias = Sequence[tuple[Rank, "Node"]]
"""The first distinct traits of a cluster, each with the rank of the first telling that has them."""

_first = itemgetter(0)


@dataclass(frozen=True, slots=True)
class Change:
    """Traits that speak for the cluster, or do so no more, to tellings after `low` and up to `high` (None: all)."""

    node: Node
    low: Rank
    high: Rank | None
    added: bool


class Cluster:
    """The tellings of one event; the first of them founds it."""

    __slots__ = ("_holders", "_order", "_summary", "members", "watchers")

    def __init__(self) -> None:
        self.members: list[Member] = []
        """By rank."""
        self._holders: dict[Node, list[Member]] = {}
        self._order: list[tuple[Rank, Node]] = []
        """Every distinct traits, by the rank of the first member that has them."""
        self._summary: Summary | None = None
        self.watchers: dict[Node, None] = {}
        """Traits that link, or did once, with some that speak for the cluster, of later tellings at least."""

    @property
    def founder(self) -> Member:
        """The first member in canonical order."""
        return self.members[0]

    @property
    def profile(self) -> Profile:
        """The first `PROFILE` distinct traits."""
        return self._order[:PROFILE]

    def profile_before(self, rank: Rank) -> Profile:
        """The traits that speak for the cluster to a telling of this rank: those of earlier members."""
        return self._order[: min(PROFILE, bisect_left(self._order, rank, key=_first))]

    def between(self, low: Rank, high: Rank | None) -> list[Member]:
        """The members after `low`, up to `high`; up to the last if that is None."""
        first = bisect_right(self.members, low, key=rank_of)
        return self.members[first : None if high is None else bisect_right(self.members, high, key=rank_of)]

    def add(self, member: Member) -> None:
        """The telling joins."""
        insort(self.members, member, key=rank_of)
        holders = self._holders.setdefault(member.node, [])
        insort(holders, member, key=rank_of)
        if holders[0] is member:
            if len(holders) > 1:
                self._unlist(holders[1])
            insort(self._order, (member.rank, member.node), key=_first)
        if self._summary is not None:
            self._summary.add(member.telling)

    def remove(self, member: Member) -> None:
        """The telling leaves."""
        del self.members[bisect_left(self.members, member.rank, key=rank_of)]
        holders = self._holders[member.node]
        if holders[0] is member:
            self._unlist(member)
            if len(holders) > 1:
                insort(self._order, (holders[1].rank, member.node), key=_first)
        del holders[bisect_left(holders, member.rank, key=rank_of)]
        if not holders:
            del self._holders[member.node]
        if self._summary is not None:
            self._summary.remove(member.telling, lambda: self._tellings_after(member))

    def replace(self, member: Member, telling: Telling) -> None:
        """The member's telling is told anew, with the same traits and rank."""
        if self._summary is not None:
            self._summary.remove(member.telling, lambda: self._tellings_after(member))
            self._summary.add(telling)
        member.telling = telling

    def event(self, *, max_reports: int | None) -> Event:
        """The event that the members tell together; its revision is 0."""
        if self._summary is None or len(self.members) < SUMMED_FROM // 2:
            self._summary = Summary(member.telling for member in self.members)
        summary = self._summary
        if len(self.members) < SUMMED_FROM:
            self._summary = None
        return summary.event([member.telling for member in self.members[:max_reports]])

    def _unlist(self, first: Member) -> None:
        del self._order[bisect_left(self._order, first.rank, key=_first)]

    def _tellings_after(self, member: Member) -> Iterator[Telling]:
        first = bisect_right(self.members, member.rank, key=rank_of)
        return (other.telling for other in islice(self.members, first, None))


def changes(old: Profile, new: Profile) -> list[Change]:
    """For which tellings which traits speak now or no more, when the profile was `old` and is `new`."""
    before, after = ({node: rank for rank, node in profile} for profile in (old, new))
    found = []
    for node in before.keys() | after.keys():
        left, right = before.get(node), after.get(node)
        if right is not None and (left is None or right < left):
            found.append(Change(node, right, left, added=True))
        elif left is not None and left != right:
            found.append(Change(node, left, right, added=False))
    return found
