"""What an event is, once it is known which tellings are of it: the best of what they say."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Sequence
from typing import TypeVar

from streams.merging.compatible import CONTRADICTION, path_points
from streams.merging.sources import independent_sources
from streams.merging.state import Telling
from streams.paths import first_part
from streams.records import Casualties, DateWindow, Event, Figure, Party, Place, Report

MAX_REPORTS = 100
"""An event on the wire lists at most so many reports; it counts all."""
DATE_ORDER = ("day", "days", "week", "month", "season", "year", "unknown")
PLACE_ORDER = ("point", "city", "named", "admin1", "region", "country")

Item = TypeVar("Item")


def event_id(merge_key: str, mention_id: str) -> str:
    """The id of the event that this mention founds under this merge key: 20 hex digits."""
    return hashlib.sha256(f"{merge_key}\n{mention_id}".encode()).hexdigest()[:20]


def event_of(tellings: Sequence[Telling], *, revision: int = 0, max_reports: int | None = None) -> Event:
    """The event that the tellings, in canonical order, tell together: a function of the set of them.

    Type, mode and status are the most frequent; date and place the most precise, then the most frequent; on a tie
    the first telling in canonical order wins. `max_reports` of None lists all reports.
    """
    founder = tellings[0].told.merge_key, tellings[0].mention.id
    mentions = [telling.mention for telling in tellings]
    kind = _majority([(mention.type, mention.mode, mention.quad) for mention in mentions])
    actors, recipients = _parties(tellings, kind[0])
    fetched = sorted(telling.told.version.fetched for telling in tellings)
    return Event(
        id=event_id(*founder),
        revision=revision,
        type=kind[0],
        mode=kind[1],
        quad=kind[2],
        actors=actors,
        recipients=recipients,
        mutual=_majority([mention.mutual for mention in mentions]),
        date=best_date([mention.date for mention in mentions]),
        place=best_place([mention.place for mention in mentions]),
        status=_majority([mention.status for mention in mentions]),
        negated=mentions[0].negated,
        casualties=_casualties(tellings),
        claimed_only=_claimed_only(tellings, actors, recipients),
        mentions=len(tellings),
        articles=len({telling.told.article_id for telling in tellings}),
        sources=independent_sources(tellings),
        reports=tuple(_report(telling) for telling in tellings[:max_reports]),
        first_seen=fetched[0],
        last_seen=fetched[-1],
        coder=max(telling.told.coder for telling in tellings),
    )


def best_date(dates: Sequence[DateWindow]) -> DateWindow:
    """The most precise date, then the most frequent, then the first; one that is only assumed yields to one told."""
    least = min(_vagueness(date) for date in dates)
    return _majority([date for date in dates if _vagueness(date) == least])


def best_place(places: Sequence[Place | None]) -> Place | None:
    """The most precise place, then the most frequent, then the first; a metonym is no place."""
    known = [place for place in places if place is not None and not place.metonym]
    if not known:
        return None
    least = min(PLACE_ORDER.index(place.precision) for place in known)
    precise = [place for place in known if PLACE_ORDER.index(place.precision) == least]
    chosen = _majority([place.id for place in precise])
    return next(place for place in precise if place.id == chosen)


def _vagueness(date: DateWindow) -> tuple[int, bool]:
    return DATE_ORDER.index(date.precision), date.evidence == "published"


def _majority(items: Sequence[Item]) -> Item:
    """The most frequent item, the first of them on a tie."""
    return Counter(items).most_common(1)[0][0]


def _parties(tellings: Sequence[Telling], event_type: str) -> tuple[tuple[Party, ...], tuple[Party, ...]]:
    """Actors and recipients that the tellings of the event's own type agree on.

    Types that merge may swap their sides, so only tellings of the event's type are asked. In a mutual event both
    sides are one set, and each party stands on the side where it is first told.
    """
    asked = [telling.mention for telling in tellings if telling.mention.type == event_type]
    if _majority([telling.mention.mutual for telling in tellings]):
        acts: dict[str, bool] = {}
        for mention in asked:
            for party in mention.actors:
                acts.setdefault(party.id, True)
            for party in mention.recipients:
                acts.setdefault(party.id, False)
        agreed = _agreed([(*mention.actors, *mention.recipients) for mention in asked])
        return tuple(p for p in agreed if acts[p.id]), tuple(p for p in agreed if not acts[p.id])
    return _agreed([mention.actors for mention in asked]), _agreed([mention.recipients for mention in asked])


def _agreed(told: Sequence[tuple[Party, ...]]) -> tuple[Party, ...]:
    """The parties, as first told, whom at least half of the tellings that name any support; the most specific only.

    A telling supports a path when it names it or anything under it.
    """
    told = [parties for parties in told if parties]
    first = {party.id: party for parties in reversed(told) for party in reversed(parties)}
    order = list(dict.fromkeys(party.id for parties in told for party in parties))
    kept = [path for path in order if 2 * sum(_supports(parties, path) for parties in told) >= len(told)]
    if not kept and told:
        kept = [party.id for party in told[0]]
    return tuple(first[path] for path in kept if not any(other.startswith(f"{path}.") for other in kept))


def _supports(parties: tuple[Party, ...], path: str) -> bool:
    return any(party.id == path or party.id.startswith(f"{path}.") for party in parties)


def _casualties(tellings: Sequence[Telling]) -> Casualties:
    told = [telling.mention.casualties for telling in tellings]

    def range_of(pick: Callable[[Casualties], Figure | None]) -> Figure | None:
        return _range([figure for one in told if (figure := pick(one)) is not None])

    return Casualties(
        killed=range_of(lambda one: one.killed),
        wounded=range_of(lambda one: one.wounded),
        captured=range_of(lambda one: one.captured),
        missing=range_of(lambda one: one.missing),
        displaced=range_of(lambda one: one.displaced),
    )


def _range(figures: Sequence[Figure]) -> Figure | None:
    """From the lowest figure told, the conservative one, to the highest; civilian if all that say so agree."""
    if not figures:
        return None
    civilian = {figure.civilian for figure in figures}
    return Figure(
        min(figure.min for figure in figures),
        max(figure.max for figure in figures),
        civilian.pop() if len(civilian) == 1 else None,
    )


def _claimed_only(tellings: Sequence[Telling], actors: Sequence[Party], recipients: Sequence[Party]) -> bool:
    """Whether every telling is attributed to a party of the event, and all of them to the same side."""
    claims = [telling.mention.attributed_to for telling in tellings]
    return any(
        all(claim is not None and _speaks_for(claim, side, other) for claim in claims)
        for side, other in ((actors, recipients), (recipients, actors))
    )


def _speaks_for(claimant: Party, side: Sequence[Party], other: Sequence[Party]) -> bool:
    """Whether the claimant is of the side: on the path of a party of it, or of its country when the other is not."""
    country = first_part(claimant.id)
    if any(path_points(claimant.id, party.id) != CONTRADICTION for party in side):
        return True
    return any(first_part(party.id) == country for party in side) and not any(
        first_part(party.id) == country for party in other
    )


def _report(telling: Telling) -> Report:
    told = telling.told
    return Report(told.article_id, telling.mention.id, told.url, told.source, told.published)
