"""Which tellings are one event: greedy, in canonical order, so that the answer depends on the set alone.

A telling joins the cluster that it fits best as of its rank, that is among the tellings before it in canonical order.
The answer is kept up as tellings come and go: a change at one rank is followed only to later tellings whose own
answer it can change, and these are evaluated again in canonical order. When none is left, every telling is where it
would be if all had been clustered anew.
"""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from collections.abc import Iterable, Iterator
from heapq import heappop, heappush

from streams.merging.clusters import Change, Cluster, Profile, changes
from streams.merging.compatible import CONTRADICTION
from streams.merging.fits import Fits, Scores
from streams.merging.members import Member
from streams.merging.nodes import Node, NodeIndex
from streams.merging.scorer import THRESHOLD
from streams.merging.tellings import Rank, Telling, TellingId
from streams.merging.traits import Traits


class Clustering:
    """The present tellings under one merge key, and their clusters."""

    def __init__(self) -> None:
        self.members: dict[TellingId, Member] = {}
        self.touched: dict[Cluster, Member | None] = {}
        """The clusters that have changed since the caller last cleared this, each with its founder before."""
        self._nodes: dict[Traits, Node] = {}
        self._all = NodeIndex()
        self._profiles = NodeIndex()
        """Of the nodes that speak for a cluster."""
        self._articles: defaultdict[str, list[Member]] = defaultdict(list)
        self._queue: list[tuple[Rank, int, Member]] = []
        self._scores = Scores()
        self._latest: Rank = ("", "", "", "")
        """No telling that has a cluster is later."""

    def add(self, telling: Telling) -> None:
        """The telling is present; `settle` finds its cluster."""
        node = self._nodes.get(telling.traits)
        if node is None:
            node = self._nodes[telling.traits] = Node(telling.traits)
            self._all.add(node)
        shared = dataclasses.replace(telling, traits=node.traits)
        member = self.members[telling.id] = Member(shared, node)
        node.add(member)
        self._articles[telling.told.article_id].append(member)
        self._enqueue(member)

    def remove(self, telling_id: TellingId) -> None:
        """The telling is gone; `settle` follows what that changes."""
        member = self.members.pop(telling_id)
        if member.cluster is not None:
            self._leave(member, member.cluster)
        member.queued = False
        member.node.remove(member)
        if not member.node.members:
            del self._nodes[member.node.traits]
            self._all.remove(member.node)
        others = self._articles[telling_id[0]]
        others.remove(member)
        if not others:
            del self._articles[telling_id[0]]

    def replace(self, telling: Telling) -> bool:
        """The telling is told anew; False, and nothing is done, when its traits or its rank are others."""
        member = self.members[telling.id]
        if telling.rank != member.rank or telling.traits != member.telling.traits:
            return False
        if member.cluster is None:
            member.telling = telling
        else:
            self._touch(member.cluster)
            member.cluster.replace(member, telling)
        return True

    def settle(self) -> Iterator[Member]:
        """Evaluates what is to be evaluated, in canonical order, one telling a step; nothing is left at the end."""
        while self._queue:
            *_, member = heappop(self._queue)
            if member.queued:
                member.queued = False
                self._place(member, self.evaluate(member))
                yield member

    def evaluate(self, member: Member) -> Cluster | None:
        """The cluster that the telling fits best as of its rank, the first founded on a tie; None if it founds one.

        Sets the member's `fit` and `second`. Two mentions of one article are never one event: coding has joined inside
        the article what is one.
        """
        best: Cluster | None = None
        member.fit = member.second = THRESHOLD
        for cluster in self._candidates(member):
            fit = self.fit(member, cluster)
            if fit < THRESHOLD:
                continue
            is_better = best is None or (-fit, cluster.founder.rank) < (-member.fit, best.founder.rank)
            if best is not None:
                member.second = max(member.second, min(fit, member.fit))
            if is_better:
                best, member.fit = cluster, fit
        member.node.least = min(member.node.least, member.second)
        return best

    def fit(self, member: Member, cluster: Cluster) -> float:
        """How well the telling fits the cluster as of its rank: the mean score over the traits that speak for it."""
        fit = self._scores.mean(member.node, cluster.profile_before(member.rank))
        return CONTRADICTION if self._clashes(member, cluster) else fit

    def _clashes(self, member: Member, cluster: Cluster) -> bool:
        """Whether an earlier telling of the same article is in the cluster."""
        others = self._articles[member.telling.told.article_id]
        return len(others) > 1 and any(other.cluster is cluster and other.rank < member.rank for other in others)

    def _candidates(self, member: Member) -> Iterable[Cluster]:
        """The clusters that traits speak for with which the telling links; a mean that is enough has a link in it.

        They are looked for once. From then on the telling's traits watch them, and are told of others.
        """
        watched = member.node.watched
        if member.cluster is None:
            for node, _ in self._profiles.linked(member.node):
                if node.members[0].rank < member.rank:
                    watched.update(node.profiles)
                    for cluster in node.profiles:
                        cluster.watchers[member.node] = None
        for cluster in [cluster for cluster in watched if not cluster.members]:
            del watched[cluster]
        return watched

    def _place(self, member: Member, cluster: Cluster | None) -> None:
        """The telling is in the cluster, or founds one."""
        here = member.cluster
        if cluster is None:
            if here is not None and here.founder is member:
                return
            cluster = self._led_by_next(member) or Cluster()
        if cluster is not here:
            if here is not None:
                self._leave(member, here)
            self._join(member, cluster)

    def _led_by_next(self, member: Member) -> Cluster | None:
        """A cluster whose founder will join this new one: its tellings need not move one by one then.

        Only a guess; the former founder is evaluated again in any case.
        """
        if member.rank >= self._latest:
            return None
        later = [
            cluster
            for node, _ in self._profiles.linked(member.node)
            for cluster in node.profiles
            if cluster.founder.rank > member.rank and cluster.founder.node is node and cluster is not member.cluster
        ]
        return max(later, key=lambda cluster: (len(cluster.members), cluster.founder.rank), default=None)

    def _join(self, member: Member, cluster: Cluster) -> None:
        self._touch(cluster)
        member.cluster = cluster
        old = cluster.profile
        former = cluster.founder if cluster.members else None
        cluster.add(member)
        self._after_change(member, cluster, old)
        if former is not None and cluster.founder is member:
            self._enqueue(former)
            if member.rank < self._latest:  # it is founded earlier now, and so preferred where it fits as well
                self._check_watchers(cluster, member.rank, None, Fits(self._scores, cluster))
        self._latest = max(self._latest, member.rank)

    def _leave(self, member: Member, cluster: Cluster) -> None:
        self._touch(cluster)
        member.cluster = None
        old = cluster.profile
        led = cluster.founder is member
        cluster.remove(member)
        self._after_change(member, cluster, old)
        if led and cluster.members:
            self._enqueue(cluster.founder)
            for other in cluster.members:
                if other.second == other.fit:
                    self._enqueue(other)

    def _after_change(self, member: Member, cluster: Cluster, old: Profile) -> None:
        """The telling has joined or left; whoever is later and concerned is looked at."""
        for other in self._articles[member.telling.told.article_id]:
            if other.rank > member.rank:
                self._enqueue(other)
        found = changes(old, cluster.profile)
        for change in found:
            self._list(change.node, cluster)
        fits = Fits(self._scores, cluster)
        for change in found:
            if change.low < self._latest:
                self._follow(change, cluster, fits)

    def _list(self, node: Node, cluster: Cluster) -> None:
        """The node is found among those that speak for clusters, exactly if it is one."""
        was_listed = bool(node.profiles)
        if any(other is node for _, other in cluster.profile):
            node.profiles[cluster] = None
        else:
            node.profiles.pop(cluster, None)
        if node.profiles and not was_listed:
            self._profiles.add(node)
        elif was_listed and not node.profiles:
            self._profiles.remove(node)
            self._scores.forget(node)

    def _follow(self, change: Change, cluster: Cluster, fits: Fits) -> None:
        """Checks the later tellings that the change of the profile may concern.

        To members it matters in any case. Another telling fits the cluster no better than its own so far; if traits
        that came made that better, it fits them at least as well as its own cluster, so it links with them. If
        traits went, which may have contradicted it, it links with some that stayed, and watches the cluster.
        """
        for member in cluster.between(change.low, change.high):
            self._check_own(member, fits)
        if change.added:
            self._check_linked(change, cluster, fits)
        else:
            self._check_watchers(cluster, change.low, change.high, fits)

    def _check_linked(self, change: Change, cluster: Cluster, fits: Fits) -> None:
        """Checks who is not in the cluster and links with the traits that came; these watch it from now on."""
        found = self._all.linked(change.node)
        self._scores.learn(change.node, found)
        for node, points in found:
            if node.members[-1].rank > change.low:
                cluster.watchers[node] = node.watched[cluster] = None
                if points >= node.least:
                    self._check_others(node, cluster, (change.low, change.high), fits)

    def _check_watchers(self, cluster: Cluster, low: Rank, high: Rank | None, fits: Fits) -> None:
        """Checks who is not in the cluster and links with traits that speak for it."""
        for node in list(cluster.watchers):
            if not node.members:
                del cluster.watchers[node]
            elif node.members[-1].rank > low:
                self._check_others(node, cluster, (low, high), fits)

    def _check_others(self, node: Node, cluster: Cluster, ranks: tuple[Rank, Rank | None], fits: Fits) -> None:
        """Checks the tellings of the node in this range of ranks that are not in the cluster."""
        if fits.is_less(node):
            return
        for member in node.between(*ranks):
            if member.cluster is not cluster:
                self._check_other(member, cluster, fits)
        node.least = min(member.second for member in node.members)

    def _check_own(self, member: Member, fits: Fits) -> None:
        """Whether the telling, settled before, may want to leave its cluster now."""
        if member.queued or member.cluster is None or member.cluster.founder is member:
            return
        fit = fits.of(member)
        if fit < member.fit and (fit <= member.second or fit < THRESHOLD):
            self._enqueue(member)
        member.fit = fit

    def _check_other(self, member: Member, cluster: Cluster, fits: Fits) -> None:
        """Whether the telling, settled before, may want to come into the cluster now."""
        if member.queued or member.cluster is None:
            return
        fit = fits.of(member)
        if fit < member.second or self._clashes(member, cluster):
            return
        if member.cluster.founder is member:
            self._enqueue(member)
            return
        member.second = max(member.second, min(fit, member.fit))
        if fit > member.fit or (fit == member.fit and cluster.founder.rank < member.cluster.founder.rank):
            self._enqueue(member)

    def _enqueue(self, member: Member) -> None:
        if not member.queued:
            member.queued = True
            heappush(self._queue, (member.rank, id(member), member))  # one that is gone may have the same rank

    def _touch(self, cluster: Cluster) -> None:
        if cluster not in self.touched:
            self.touched[cluster] = cluster.founder if cluster.members else None
