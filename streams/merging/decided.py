"""What editors' decisions make of the clusters: the events that they join, part, change or suppress.

Decisions stand above the clustering and change nothing in it. So a mention that comes later finds its cluster as it
would without them, and follows that cluster into the event that the editor made of it. They are followed in the order
in which they were made: of two that cannot both be right the last wins.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace

from streams.identity import utc_text
from streams.merging.clusters import Cluster
from streams.merging.compatible import CONTRADICTION
from streams.merging.events import Summary
from streams.merging.members import Member, rank_of
from streams.merging.overrides import quad_of, value_of
from streams.merging.scorer import score
from streams.merging.tellings import TellingId
from streams.records import Event, MentionRef, Override

LEAST = -100.0
"""What a contradiction counts for when the nearer of two sides is looked for."""


@dataclass(frozen=True, slots=True)
class DecidedEvent:
    """One event that decisions are about: its tellings in canonical order, and the decisions."""

    members: tuple[Member, ...]
    overrides: tuple[Override, ...]

    @property
    def founder(self) -> Member:
        """The first telling in canonical order."""
        return self.members[0]

    def event(self, *, max_reports: int | None) -> Event | None:
        """The event as the editors want it, with revision 0; None for one that is suppressed."""
        if any(override.action == "suppress" for override in self.overrides):
            return None
        tellings = [member.telling for member in self.members]
        event = Summary(tellings).event(tellings[:max_reports])
        for override in self.overrides:
            if override.action == "change" and override.field is not None:
                event = replace(event, **{override.field: value_of(override.field, override.value)})
                if override.field == "type":
                    event = replace(event, quad=quad_of(event.type))
        return replace(event, overrides=tuple(override.id for override in self.overrides))


@dataclass(frozen=True, slots=True)
class Decided:
    """All events under one merge key that decisions are about."""

    clusters: AbstractSet[Cluster] = field(default_factory=frozenset)
    """Of which these events are made."""
    by_founder: Mapping[TellingId, DecidedEvent] = field(default_factory=dict)


NOTHING_DECIDED = Decided()


def decide(overrides: Iterable[Override], members: Mapping[TellingId, Member]) -> Decided:
    """What the decisions make of the clusters that the members, by id, are in."""
    ordered = sorted(overrides, key=lambda override: (utc_text(override.made), override.id))
    anchors = {
        override.id: (_present(override.mentions, members), _present(override.apart, members)) for override in ordered
    }
    clusters = {
        member.cluster: None for sides in anchors.values() for side in sides for member in side if member.cluster
    }
    groups = [list(cluster.members) for cluster in clusters]
    for override in ordered:
        named, apart = anchors[override.id]
        if override.action == "merge":
            groups = _merged(groups, named)
        elif override.action == "split":
            groups = [part for group in groups for part in _parted(group, named, apart)]
    events = [_event(group, ordered, anchors) for group in groups]
    return Decided(clusters.keys(), {event.founder.telling.id: event for event in events})


def _present(mentions: Sequence[MentionRef], members: Mapping[TellingId, Member]) -> list[Member]:
    found = (members.get((ref.article_id, ref.mention_id)) for ref in mentions)
    return [member for member in found if member is not None]


def _merged(groups: list[list[Member]], named: Sequence[Member]) -> list[list[Member]]:
    joined = [group for group in groups if any(member in group for member in named)]
    rest = [group for group in groups if group not in joined]
    return [*rest, [member for group in joined for member in group]] if joined else rest


def _parted(group: list[Member], named: Sequence[Member], apart: Sequence[Member]) -> list[list[Member]]:
    """The named tellings with those that are nearer to them than to the ones they are parted from, and the others."""
    own = [member for member in group if member in named]
    held = [member for member in group if member in apart]
    if not own or len(own) == len(group):
        return [group]
    if held:
        own += [
            member
            for member in group
            if member not in own and member not in held and _nearness(member, named) > _nearness(member, apart)
        ]
    return [own, [member for member in group if member not in own]]


def _nearness(member: Member, side: Sequence[Member]) -> float:
    """The best score with a telling of the side."""
    points = (score(member.node.traits, other.node.traits) for other in side)
    return max((LEAST if one == CONTRADICTION else one for one in points), default=LEAST)


def _event(
    group: list[Member], ordered: Sequence[Override], anchors: Mapping[str, tuple[list[Member], list[Member]]]
) -> DecidedEvent:
    about = tuple(one for one in ordered if any(member in side for side in anchors[one.id] for member in group))
    own = tuple(one for one in about if one.action in {"merge", "split"} or any(m in anchors[one.id][0] for m in group))
    return DecidedEvent(tuple(sorted(group, key=rank_of)), own)
