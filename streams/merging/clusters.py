"""Which tellings are one event: greedy, in canonical order, so that the answer depends on the set alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

from streams.merging.graph import TraitsGraph
from streams.merging.scorer import THRESHOLD, score
from streams.merging.state import Telling
from streams.merging.traits import Traits

PROFILE = 8
"""A telling is compared with the first so many distinct traits of a cluster, which speak for the whole."""


@dataclass(slots=True)
class Cluster:
    """The tellings of one event in canonical order; the first founds it."""

    tellings: list[Telling] = field(default_factory=list)
    articles: set[str] = field(default_factory=set)
    profile: list[Traits] = field(default_factory=list)
    _scores: dict[Traits, float] = field(default_factory=dict)
    """Of the traits that were compared with the present profile."""

    def add(self, telling: Telling) -> bool:
        """The telling joins; returns whether its traits are new in the profile."""
        self.tellings.append(telling)
        self.articles.add(telling.told.article_id)
        if len(self.profile) == PROFILE or telling.traits in self.profile:
            return False
        self.profile.append(telling.traits)
        self._scores.clear()
        return True

    def score(self, traits: Traits) -> float:
        """How well the traits fit the cluster as a whole: the mean over its profile."""
        known = self._scores.get(traits)
        if known is None:
            known = self._scores[traits] = sum(score(traits, other) for other in self.profile) / len(self.profile)
        return known


def cluster(tellings: Sequence[Telling], graph: TraitsGraph) -> list[list[Telling]]:
    """The clusters of tellings that are in canonical order and hold whole components of the graph.

    A telling joins the cluster that it fits best, if the score reaches the threshold, the earlier founded on a tie;
    else it founds one. Two mentions of one article are never one event: coding has joined inside the article what
    is one. A mean that reaches the threshold has a link in it, so clusters never cross components, and components
    may be clustered together or apart with the same result.
    """
    clusters: list[Cluster] = []
    by_profile: defaultdict[Traits, list[int]] = defaultdict(list)
    for telling in tellings:
        near = _near(graph.linked(telling.traits), by_profile)
        number = _best(clusters, sorted(near), telling)
        if number is None:
            number = len(clusters)
            clusters.append(Cluster())
        if clusters[number].add(telling):
            by_profile[telling.traits].append(number)
    return [found.tellings for found in clusters]


def _near(links: AbstractSet[Traits], by_profile: Mapping[Traits, list[int]]) -> set[int]:
    """The numbers of the clusters with a link in their profile, found from the smaller of the two collections."""
    few = by_profile.keys() & links
    return {number for traits in few for number in by_profile[traits]}


def _best(clusters: list[Cluster], numbers: list[int], telling: Telling) -> int | None:
    """The number of the cluster that fits best; None if no score reaches the threshold."""
    best: int | None = None
    best_score = THRESHOLD
    for number in numbers:
        candidate = clusters[number]
        if telling.told.article_id in candidate.articles:
            continue
        fit = candidate.score(telling.traits)
        if fit > best_score or (best is None and fit == best_score):
            best, best_score = number, fit
    return best
