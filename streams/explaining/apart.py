"""The nearest other events under a merge key, and what spoke against taking them for one with this."""

from __future__ import annotations

from collections.abc import Sequence
from heapq import nlargest

from streams.explaining.comparison import compared, mean_nearness, told_fit
from streams.explaining.explanation import KeptApart
from streams.explaining.present import PresentEvent
from streams.merging.clustering import Clustering
from streams.merging.clusters import Cluster
from streams.merging.members import Member
from streams.records import MentionRef

NEAREST = 3
"""So many other events are told of at most."""


def kept_apart(
    event: PresentEvent, others: Sequence[PresentEvent], clustering: Clustering, nearest: int = NEAREST
) -> tuple[KeptApart, ...]:
    """The nearest of the other events, the nearest first; those with nothing in common are left out.

    Of two events the founder of the later one was compared with the earlier: had it fitted, there would be one event.
    """
    pairs = [(other, *_later_and_cluster(event, other)) for other in others if other.id != event.id]
    near = [(mean_nearness(later, cluster), other, later, cluster) for other, later, cluster in pairs]
    chosen = nlargest(nearest, (one for one in near if one[0] > 0), key=lambda one: one[0])
    return tuple(_kept_apart(event, other, later, cluster, clustering) for _, other, later, cluster in chosen)


def _later_and_cluster(event: PresentEvent, other: PresentEvent) -> tuple[Member, Cluster]:
    """The founder of the later event, and the cluster of the earlier one's founder."""
    earlier, later = sorted((event.founder, other.founder), key=lambda member: member.rank)
    if earlier.cluster is None:
        raise AssertionError("the clustering is settled")
    return later, earlier.cluster


def _kept_apart(
    event: PresentEvent, other: PresentEvent, later: Member, cluster: Cluster, clustering: Clustering
) -> KeptApart:
    article = later.telling.told.article_id
    same_article = any(
        one.telling.told.article_id == article and one.rank < later.rank and one is not later for one in cluster.members
    )
    fit = clustering.fit(later, cluster)
    return KeptApart(
        event=other.event(),
        is_suppressed=other.is_suppressed,
        fit=told_fit(fit),
        compared=compared(later, cluster),
        same_article=same_article,
        decisions=_parting(event, other),
    )


def _parting(event: PresentEvent, other: PresentEvent) -> tuple[str, ...]:
    """The decisions that tell mentions of the one apart from mentions of the other."""
    ours, theirs = (frozenset(MentionRef(*member.telling.id) for member in one.members) for one in (event, other))
    return tuple(
        decision.id
        for decision in event.decisions
        if decision.action == "split"
        and any(
            not side.isdisjoint(decision.mentions) and not facing.isdisjoint(decision.apart)
            for side, facing in ((ours, theirs), (theirs, ours))
        )
    )
