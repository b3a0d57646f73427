"""What an event is, once it is known which tellings are of it: the best of what they say."""

from __future__ import annotations

import hashlib
from bisect import bisect_left, insort
from collections.abc import Callable, Iterable, Iterator, Sequence

from streams.merging.agreeing import agreed_parties, claimed_only
from streams.merging.sources import Sources
from streams.merging.tally import Counted, Tally, majority
from streams.merging.tellings import Telling
from streams.records import Casualties, DateWindow, Event, Figure, Place, Report, Status

MAX_REPORTS = 100
"""An event on the wire lists at most so many reports; it counts all."""
DATE_ORDER = ("day", "days", "week", "month", "season", "year", "unknown")
PLACE_ORDER = ("point", "city", "named", "admin1", "region", "country")


def event_id(merge_key: str, mention_id: str) -> str:
    """The id of the event that this mention founds under this merge key: 20 hex digits."""
    return hashlib.sha256(f"{merge_key}\n{mention_id}".encode()).hexdigest()[:20]


def event_of(tellings: Sequence[Telling], *, max_reports: int | None = None) -> Event:
    """The event that the tellings, in canonical order, tell together: a function of the set of them.

    `max_reports` of None lists all reports.
    """
    return Summary(tellings).event(tellings[:max_reports])


class Summary:
    """All that an event says of its tellings, kept up as they come and go.

    Type, mode and status are the most frequent; date and place the most precise, then the most frequent; on a tie
    the first telling in canonical order wins.
    """

    def __init__(self, tellings: Iterable[Telling] = ()) -> None:
        self._kinds = Tally(lambda one: (one.mention.type, one.mention.mode, one.mention.quad))
        self._mutual = Tally(lambda one: one.mention.mutual)
        self._status: Tally[Status] = Tally(lambda one: one.mention.status)
        self._dates = Tally(lambda one: one.mention.date)
        self._places = Tally(_told_place)
        self._sides = Tally(_told_sides)
        self._claims = Tally(_told_claimant)
        self._coders = Tally(lambda one: one.told.coder)
        self._articles = Tally(lambda one: one.told.article_id)
        self._casualties = Tally(_told_casualties)
        self._tallies: tuple[Tally[object], ...] = tuple(
            vars(self)[name] for name in vars(self) if isinstance(vars(self)[name], Tally)
        )
        self._fetched: list[str] = []
        """When the articles were fetched, sorted."""
        self._sources = Sources()
        for telling in tellings:
            self.add(telling)

    def add(self, telling: Telling) -> None:
        """The telling is of the event."""
        rank = telling.rank
        for tally in self._tallies:
            tally.add(telling, rank)
        insort(self._fetched, telling.told.version.fetched)
        self._sources.add(telling)

    def remove(self, telling: Telling, later: Callable[[], Iterable[Telling]]) -> None:
        """The telling is of the event no more; `later` gives those that still are and come after it, in order."""
        rank = telling.rank
        for tally in self._tallies:
            tally.remove(telling, rank, later)
        del self._fetched[bisect_left(self._fetched, telling.told.version.fetched)]
        self._sources.remove(telling)

    def event(self, listed: Sequence[Telling]) -> Event:
        """The event; `listed` are the first tellings in canonical order, which its reports name."""
        founder = listed[0]
        kind = majority(self._kinds.in_order()).value
        mutual = majority(self._mutual.in_order()).value
        actors, recipients = agreed_parties(self._sides.in_order(), kind[0], mutual=mutual)
        return Event(
            id=event_id(founder.told.merge_key, founder.mention.id),
            revision=0,
            type=kind[0],
            mode=kind[1],
            quad=kind[2],
            actors=actors,
            recipients=recipients,
            mutual=mutual,
            date=_best_date(self._dates.in_order()),
            place=_best_place(self._places.in_order()),
            status=majority(self._status.in_order()).value,
            negated=founder.mention.negated,
            casualties=_casualties(self._casualties.values()),
            claimed_only=claimed_only([claim for (claim,) in self._claims.values()], actors, recipients),
            mentions=len(self._fetched),
            articles=len(self._articles),
            sources=self._sources.count(),
            reports=tuple(_report(telling) for telling in listed),
            first_seen=self._fetched[0],
            last_seen=self._fetched[-1],
            coder=max(self._coders.values()),
            merge_key=founder.told.merge_key,
        )


def _told_place(telling: Telling) -> tuple[int, str] | None:
    """How precise the place is, and its id; a metonym is no place."""
    place = telling.mention.place
    return None if place is None or place.metonym else (PLACE_ORDER.index(place.precision), place.id)


def _told_sides(telling: Telling) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    """The type, and the ids of actors and recipients as told."""
    mention = telling.mention
    return mention.type, tuple(one.id for one in mention.actors), tuple(one.id for one in mention.recipients)


def _told_claimant(telling: Telling) -> tuple[str | None]:
    """The id of whom the telling is attributed to, None in it if to nobody."""
    claimant = telling.mention.attributed_to
    return (None if claimant is None else claimant.id,)


def _told_casualties(telling: Telling) -> Casualties | None:
    casualties = telling.mention.casualties
    return None if casualties == _NO_CASUALTIES else casualties


_NO_CASUALTIES = Casualties()


def _best_date(dates: Sequence[Counted[DateWindow]]) -> DateWindow:
    """The most precise date, then the most frequent, then the first; one that is only assumed yields to one told."""
    least = min(_vagueness(date.value) for date in dates)
    return majority(date for date in dates if _vagueness(date.value) == least).value


def _best_place(places: Sequence[Counted[tuple[int, str]]]) -> Place | None:
    """The most precise place, then the most frequent, then the first."""
    if not places:
        return None
    least = min(place.value[0] for place in places)
    return majority(place for place in places if place.value[0] == least).first.mention.place


def _vagueness(date: DateWindow) -> tuple[int, bool]:
    return DATE_ORDER.index(date.precision), date.evidence == "published"


def _casualties(told: Iterable[Casualties]) -> Casualties:
    distinct = list(told)
    return Casualties(
        killed=_range(one.killed for one in distinct),
        wounded=_range(one.wounded for one in distinct),
        captured=_range(one.captured for one in distinct),
        missing=_range(one.missing for one in distinct),
        displaced=_range(one.displaced for one in distinct),
    )


def _range(told: Iterator[Figure | None]) -> Figure | None:
    """From the lowest figure told, the conservative one, to the highest; civilian if all that say so agree."""
    figures = [figure for figure in told if figure is not None]
    if not figures:
        return None
    civilian = {figure.civilian for figure in figures}
    return Figure(
        min(figure.min for figure in figures),
        max(figure.max for figure in figures),
        civilian.pop() if len(civilian) == 1 else None,
    )


def _report(telling: Telling) -> Report:
    told = telling.told
    return Report(told.article_id, telling.mention.id, told.url, told.source, told.published)
