"""The key under which all mentions that might be one event meet, whatever one report leaves out."""

from __future__ import annotations

from collections.abc import Sequence

from streams.records import EventType, Party, Place

VERBAL = frozenset({"REQUEST", "ACCUSE", "REJECT", "THREATEN", "SUPPORT"})
MUTUAL = frozenset({"CONSULT", "AGREE", "COOPERATE"})
UNKNOWN = "UNK"


def country(party: Party) -> str:
    """First part of the party's path: a country, or IGO, NGO, MNC, INT, UNK."""
    return party.id.split(".", 1)[0]


def merge_key(type_: EventType, actors: Sequence[Party], recipients: Sequence[Party], place: Place | None) -> str:
    """`verbal|` and the speaker's country, `mutual|` and the first country, or `material|` and where it happened."""
    if type_ in VERBAL:
        speakers = list(actors) or list(recipients)
        return "verbal|" + (country(speakers[0]) if speakers else UNKNOWN)
    if type_ in MUTUAL:
        return "mutual|" + min((country(party) for party in (*actors, *recipients)), default=UNKNOWN)
    if place is not None and place.country:
        return "material|" + place.country
    owners = list(recipients) or list(actors)
    return "material|" + (country(owners[0]) if owners else UNKNOWN)
