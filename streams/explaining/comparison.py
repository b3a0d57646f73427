"""A telling beside those that speak for a cluster: each score in parts, and how near it comes."""

from __future__ import annotations

from streams.explaining.explanation import Compared
from streams.merging.clusters import Cluster
from streams.merging.compatible import CONTRADICTION
from streams.merging.explain import explain
from streams.merging.members import Member
from streams.merging.scorer import PARTS, THRESHOLD
from streams.merging.traits import Traits

AGAINST = -THRESHOLD / 2
"""What a contradiction counts for when the nearest is looked for: half of what it takes to be one event."""


def compared(member: Member, cluster: Cluster) -> tuple[Compared, ...]:
    """The telling with each that spoke for the cluster when it came, as of its rank; the nearest first."""
    found = []
    for (*_, mention_id, article_id), node in cluster.profile_before(member.rank):
        evidence = explain(member.node.traits, node.traits)
        score = None if any(one.points == CONTRADICTION for one in evidence) else sum(one.points for one in evidence)
        found.append((-nearness(member.node.traits, node.traits), Compared(article_id, mention_id, score, evidence)))
    return tuple(one for _, one in sorted(found, key=lambda pair: pair[0]))


def mean_nearness(member: Member, cluster: Cluster) -> float:
    """How near the telling comes to the cluster, contradictions or not."""
    points = [nearness(member.node.traits, node.traits) for _, node in cluster.profile_before(member.rank)]
    return sum(points) / len(points)


def nearness(one: Traits, other: Traits) -> float:
    """The points of all parts together, where a contradiction is only one thing that speaks against."""
    points = (part(one, other) for part in PARTS)
    return sum(AGAINST if one == CONTRADICTION else one for one in points)


def told_fit(fit: float) -> float | None:
    """The mean score; None for a contradiction."""
    return None if fit == CONTRADICTION else fit
