"""The traits of a mention: all that decides whether two mentions may tell one event, and nothing else.

Offsets, names and the document's signature are left out on purpose. They change with every update of a live blog;
were they traits, each update would have every mention clustered anew. Reprints share all
their traits, so that a thousand of them are compared once.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from streams.records import Amount, Count, EventType, Figure, Mention, Party, PlacePrecision, Quad, Status

SPECIFIC_DAYS = 31
"""A window of at most so many days dates an event; a wider or open one says too little to link by."""


@dataclass(frozen=True, slots=True)
class Site:
    """Where something happened, as far as it matters for comparison."""

    id: str
    lat: float | None
    lon: float | None
    precision: PlacePrecision

    @property
    def pointlike(self) -> bool:
        """One spot on the map rather than an area."""
        return self.precision in {"point", "city", "named"}

    @property
    def located(self) -> bool:
        """One spot whose coordinates are known."""
        return self.lat is not None and self.lon is not None and self.pointlike


@dataclass(frozen=True, slots=True)
class Traits:
    """What two mentions are compared by."""

    type: EventType
    mode: str
    quad: Quad
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    mutual: bool
    first_day: date | None
    last_day: date | None
    exact_day: bool
    """The text gives the day; otherwise a neighbouring day may be meant."""
    assumed: bool
    """The date is only the publication date."""
    site: Site | None
    status: str
    negated: bool
    killed: Figure | None
    wounded: Figure | None
    amounts: tuple[tuple[float, str], ...]
    hashes: tuple[str, ...]
    trigger: str
    words: tuple[str, ...] = ()
    """Things that the telling names besides its parties and places."""
    counts: tuple[Count, ...] = ()

    @property
    def dated(self) -> bool:
        """The window is narrow enough to link by."""
        if self.first_day is None or self.last_day is None:
            return False
        return 0 <= (self.last_day - self.first_day).days < SPECIFIC_DAYS


def traits_of(mention: Mention) -> Traits:
    """The traits of a mention. A metonym is no place: what the Kremlin says did not happen there."""
    place = None if mention.place is None or mention.place.metonym else mention.place
    assumed = mention.date.evidence == "published"
    return Traits(
        type=mention.type,
        mode=mention.mode,
        quad=mention.quad,
        actors=_paths(mention.actors),
        recipients=_paths(mention.recipients),
        mutual=mention.mutual,
        first_day=mention.date.from_,
        last_day=mention.date.to,
        exact_day=mention.date.precision == "day" and not assumed,
        assumed=assumed,
        site=None if place is None else Site(place.id, place.lat, place.lon, place.precision),
        status=status_class(mention.status),
        negated=mention.negated,
        killed=mention.casualties.killed,
        wounded=mention.casualties.wounded,
        amounts=_amounts(mention.amounts),
        hashes=tuple(sorted({told.hash for told in mention.sentences})),
        trigger=mention.trigger.text.casefold(),
        words=tuple(sorted(mention.words)),
        counts=tuple(sorted(mention.counts, key=lambda count: (count.of, count.value, count.fixed))),
    )


def status_class(status: Status) -> str:
    """What happened and what is ongoing may be one event; every other status stands alone."""
    return "happened" if status == "ongoing" else status


def _paths(parties: tuple[Party, ...]) -> tuple[str, ...]:
    return tuple(sorted({party.id for party in parties}))


def _amounts(amounts: tuple[Amount, ...]) -> tuple[tuple[float, str], ...]:
    return tuple(sorted({(amount.value, amount.unit) for amount in amounts}))
