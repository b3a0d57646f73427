"""What one event adds to the counts: to its actors and recipients, and to its place, at every level of their paths."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from streams.counting.days import count_day
from streams.naming import country_name, known_name
from streams.paths import GROUPS, MISSING, first_part, is_entity
from streams.records import Contribution, Contributions, Event, Figure, Party, Place, SubjectKind

ACTOR_LEVELS = ("country", "sector", "entity")
GROUP_LEVELS = ("group", "entity", "member")
PLACE_LEVELS = ("country", "admin1", "place")


@dataclass(slots=True)
class _Role:
    """In which roles one subject takes part in the event."""

    level: str
    name: str
    as_actor: int = 0
    as_recipient: int = 0


def countable(event: Event) -> bool:
    """Only what happened or is ongoing is counted; what is denied, foreseen, supposed or long past is not."""
    return event.status in {"happened", "ongoing"} and not event.negated


def contributions_of(event: Event) -> tuple[Contributions, ...]:
    """All that the event adds, one record for each country, sorted by it; nothing if the event is not counted.

    Each subject counts the event once, however many parties reach it.
    """
    if not countable(event):
        return ()
    roles: dict[tuple[SubjectKind, str], _Role] = {}
    for parties, as_actor in ((event.actors, True), (event.recipients, event.mutual)):
        for subject, level, name in _actor_levels(parties):
            role = roles.setdefault(("actor", subject), _Role(level, name))
            role.as_actor |= as_actor
            role.as_recipient |= not as_actor
    for subject, level, name in _place_levels(event.place):
        roles["place", subject] = _Role(level, name)
    day = count_day(event.date)
    by_country: dict[str, list[Contribution]] = {}
    for (kind, subject), role in sorted(roles.items(), key=lambda item: item[0]):
        by_country.setdefault(first_part(subject), []).append(_contribution(event, kind, subject, role))
    return tuple(
        Contributions(event.id, event.revision, day, country, tuple(by_country[country]), event.coder)
        for country in sorted(by_country)
    )


def _contribution(event: Event, kind: SubjectKind, subject: str, role: _Role) -> Contribution:
    return Contribution(
        kind=kind,
        subject=subject,
        level=role.level,
        name=role.name,
        as_actor=role.as_actor,
        as_recipient=role.as_recipient,
        type=event.type,
        quad=event.quad,
        mentions=event.mentions,
        sources=event.sources,
        claimed_only=event.claimed_only,
        killed=_least(event.casualties.killed),
        wounded=_least(event.casualties.wounded),
    )


def _least(figure: Figure | None) -> int:
    return 0 if figure is None else figure.min


def _actor_levels(parties: tuple[Party, ...]) -> Iterator[tuple[str, str, str]]:
    """Subject, level and name for each level of each party's path."""
    for party in parties:
        levels = GROUP_LEVELS if first_part(party.id) in GROUPS else ACTOR_LEVELS
        parts = party.id.split(".", len(levels) - 1)
        for depth, level in zip(range(1, len(parts) + 1), levels, strict=False):
            subject = ".".join(parts[:depth])
            yield subject, level, _name(party, subject)


def _name(party: Party, subject: str) -> str:
    """What the lexicon calls the subject, else the party's own name, else what the id of an entity says.

    The text may only have "its fighters", "he" or "the ambassadors".
    """
    known = known_name(subject)
    if known is not None:
        return known
    if subject == party.id and party.via not in {"role", "pronoun"}:
        return party.name
    return subject.rpartition(".")[2].replace("-", " ").title() if is_entity(subject) else subject


def _place_levels(place: Place | None) -> Iterator[tuple[str, str, str]]:
    """Subject, level and name for each level of a place; a metonym is none, and a region skips what it lacks."""
    if place is None or place.metonym:
        return
    parts = place.id.split(".", len(PLACE_LEVELS) - 1)
    for depth, level in zip(range(1, len(parts) + 1), PLACE_LEVELS, strict=False):
        if parts[depth - 1] == MISSING:
            continue
        subject = ".".join(parts[:depth])
        upper = place.admin1_name or subject if level == "admin1" else country_name(subject)
        named = place.name if subject == place.id else upper
        yield subject, "group" if subject in GROUPS else level, named
