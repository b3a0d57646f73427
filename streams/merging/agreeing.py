"""What the tellings of one event agree on: its parties, and whether only one of them tells it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from streams.merging.compatible import CONTRADICTION, path_points
from streams.merging.tally import Counted
from streams.paths import first_part
from streams.records import Party


class _Side(NamedTuple):
    """Parties named together, by how many tellings; the objects are those of the first of them."""

    parties: tuple[Party, ...]
    number: int


def agreed_parties(
    told: Sequence[Counted[tuple[str, tuple[str, ...], tuple[str, ...]]]], event_type: str, *, mutual: bool
) -> tuple[tuple[Party, ...], tuple[Party, ...]]:
    """Actors and recipients that the tellings of the event's own type agree on.

    `told` are the distinct types, ids of actors and ids of recipients. Types that merge may swap their sides, so only
    tellings of the event's type are asked. In a mutual event both sides are one set, and each party stands on the
    side where it is first told.
    """
    asked = [(one.first.mention, one.number) for one in told if one.value[0] == event_type]
    if mutual:
        acts: dict[str, bool] = {}
        for mention, _ in asked:
            for party in mention.actors:
                acts.setdefault(party.id, True)
            for party in mention.recipients:
                acts.setdefault(party.id, False)
        agreed = _agreed([_Side((*mention.actors, *mention.recipients), number) for mention, number in asked])
        return tuple(p for p in agreed if acts[p.id]), tuple(p for p in agreed if not acts[p.id])
    return (
        _agreed([_Side(mention.actors, number) for mention, number in asked]),
        _agreed([_Side(mention.recipients, number) for mention, number in asked]),
    )


def claimed_only(claimants: Sequence[str | None], actors: Sequence[Party], recipients: Sequence[Party]) -> bool:
    """Whether every telling is attributed to a party of the event, and all of them to the same side.

    `claimants` are the distinct ids of those to whom tellings are attributed, None if one is to nobody.
    """
    return any(
        all(claimant is not None and _speaks_for(claimant, side, other) for claimant in claimants)
        for side, other in ((actors, recipients), (recipients, actors))
    )


def _agreed(told: Sequence[_Side]) -> tuple[Party, ...]:
    """The parties, as first told, whom at least half of the tellings that name any support; the most specific only.

    A telling supports a path when it names it or anything under it.
    """
    told = [side for side in told if side.parties]
    first: dict[str, Party] = {}
    support: Counter[str] = Counter()
    for side in told:
        for party in side.parties:
            first.setdefault(party.id, party)
        for path in {upper for party in side.parties for upper in _upwards(party.id)}:
            support[path] += side.number
    asked = sum(side.number for side in told)
    kept = [path for path in first if 2 * support[path] >= asked]
    if not kept and told:
        kept = [party.id for party in told[0].parties]
    over = {upper for path in kept for upper in _upwards(path) if upper != path}
    return tuple(first[path] for path in kept if path not in over)


def _upwards(path: str) -> Iterator[str]:
    """The path and every path above it."""
    parts = path.split(".")
    for depth in range(len(parts), 0, -1):
        yield ".".join(parts[:depth])


def _speaks_for(claimant: str, side: Iterable[Party], other: Iterable[Party]) -> bool:
    """Whether the claimant is of the side: on the path of a party of it, or of its country when the other is not."""
    country = first_part(claimant)
    if any(path_points(claimant, party.id) != CONTRADICTION for party in side):
        return True
    return any(first_part(party.id) == country for party in side) and not any(
        first_part(party.id) == country for party in other
    )
