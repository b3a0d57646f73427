"""Whether two ids can mean the same actor or place, and how much it says that they do."""

from __future__ import annotations

import math
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from functools import lru_cache

from streams.merging.traits import Site
from streams.paths import GROUPS, MISSING, UNKNOWN

NEAR_KM = 30.0
"""Two spots at most so far apart may be one: a town and its airport, a village and the town it is told by."""
NEAR_DEGREES = 0.5
"""Of latitude; more than `NEAR_KM` everywhere."""
EARTH_RADIUS_KM = 6371.0
CONTRADICTION = -math.inf

CLOSE_KM = 10.0
"""Two spots at most so far apart are likely one; farther ones may be two neighbouring towns."""
ENTITY_POINTS = 2.0
ORGANISATION_POINTS = 1.5
BODY_POINTS = 0.75
"""An organisation, and a body of it that may speak for it."""
SECTOR_POINTS = 0.75
COUNTRY_POINTS = 0.5
KIN_POINTS = 0.25
PARTIAL_PENALTY = -0.5
SPOT_POINTS = 2.0
CLOSE_POINTS = 1.0
NEAR_POINTS = 0.5
REGION_POINTS = 1.0

ARMED = frozenset({"MIL", "REB", "PRM", "UAF", "CRM", "SPY", "COP"})
"""Forces: each takes part in many deeds a day, so that its name says no more than its sector."""
KIN = (
    ("GOV", frozenset({"GOV", "MIL", "COP", "JUD", "SPY"})),
    ("GOV", frozenset({"GOV", "LEG", "ELI"})),
    ("OPP", frozenset({"OPP", "PTY", "LEG", "ELI"})),
    ("PTY", frozenset({"OPP", "PTY", "LEG", "ELI"})),
    ("CVL", frozenset({"CVL", "MED", "EDU", "REL", "JRN", "REF", "LAB", "AGR", "BUS", "SOC"})),
)
"""Sectors by which reports tell one party, and the one that may stand for each: authorities, politicians, civilians."""
BODIES = {
    "european-commission": "eu",
    "european-council": "eu",
    "african-union-commission": "african-union",
    "ocha": "un",
    "ohchr": "un",
    "un-development-programme": "un",
    "unhcr": "un",
    "unicef": "un",
    "world-food-programme": "un",
}
"""Bodies that are often told by the organisation they belong to, by their ids."""
IRREGULAR = frozenset({"REB", "UAF", "PRM", "CRM"})
"""Armed groups: whose they are, and of which country, is told last."""
DISPUTED = IRREGULAR | {"CVL"}
"""Who is a fighter and who is not is what the sides tell otherwise, and what "men" and "people" leave open."""


@lru_cache(maxsize=65536)
def path_points(one: str, other: str) -> float:
    """What it says that two actor paths lie on one line, by the depth that both reach; else a contradiction.

    An actor of unknown country is compared by what follows. One entity may stand under two sectors or countries.
    """
    parts, others = one.split("."), other.split(".")
    unknown = UNKNOWN in {parts[0], others[0]}
    shared = min(len(parts), len(others))
    start = 1 if unknown else 0
    if parts[start:shared] != others[start:shared]:
        return BODY_POINTS if _is_body_of(parts, others) or _is_body_of(others, parts) else CONTRADICTION
    if unknown and parts[0] != others[0]:
        return 0.0
    if shared >= 3:
        return SECTOR_POINTS if parts[1] in ARMED else ENTITY_POINTS
    if shared == 2 and parts[0] in GROUPS:
        return ORGANISATION_POINTS
    return SECTOR_POINTS if shared == 2 else COUNTRY_POINTS


def _is_body_of(parts: Sequence[str], others: Sequence[str]) -> bool:
    """Whether the first is a body of the organisation that the other names without naming anyone in it."""
    return parts[0] == others[0] == "IGO" and len(parts) > 1 < len(others) < 3 and BODIES.get(parts[1]) == others[1]


@lru_cache(maxsize=65536)
def party_points(one: str, other: str) -> float:
    """What it says that two paths may mean one party: as `path_points`, else by what reports mix up.

    One entity may be told with two sectors or countries, a sector by one that stands for it, and an armed group
    without its name as one of the country where it strikes.
    """
    points = path_points(one, other)
    if points != CONTRADICTION:
        return points
    parts, others = one.split(".", 2), other.split(".", 2)
    if min(len(parts), len(others)) < 2 or not GROUPS.isdisjoint((parts[0], others[0])):
        return CONTRADICTION
    if len(parts) == len(others) == 3:
        named = SECTOR_POINTS if parts[1] in ARMED else ENTITY_POINTS
        return named if parts[2] == others[2] else CONTRADICTION
    sectors = {parts[1], others[1]}
    if parts[0] == others[0]:
        if _kin(sectors):
            return KIN_POINTS
        return 0.0 if sectors <= DISPUTED else CONTRADICTION
    is_known = UNKNOWN not in {parts[0], others[0]}
    return 0.0 if sectors <= IRREGULAR or (not is_known and _kin(sectors)) else CONTRADICTION


def _kin(sectors: AbstractSet[str]) -> bool:
    """Whether reports mix the sectors up."""
    if UNKNOWN in sectors or sectors <= IRREGULAR:
        return True
    return any(word_for_all in sectors and sectors <= all_of_them for word_for_all, all_of_them in KIN)


def sets_points(one: Sequence[str], other: Sequence[str], *, strict: bool) -> float:
    """What two sets of parties say together: the best pair, less a little when both sides name others besides.

    A side without parties says nothing. No compatible pair is a contradiction. With `strict`, every party of the
    smaller set needs a compatible one in the larger, and the two best pairs count: A met B is not A met C.
    """
    if not one or not other:
        return 0.0
    if len(one) == len(other) == 1:
        return party_points(one[0], other[0])
    best = _best_pairs(one, other)
    if best[0] == CONTRADICTION:
        return CONTRADICTION
    partial = best[-1] == CONTRADICTION
    if strict:
        return CONTRADICTION if partial else sum(best[:2])
    return best[0] + (PARTIAL_PENALTY if partial else 0.0)


def both_meet(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether two parties at least are in both sets, of known countries."""
    if len(one) < 2 or len(other) < 2:
        return False
    return _best_pairs(one, other)[1] > 0


def one_gathers(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether one side names a single organisation of states and nobody else, and the other names it too."""
    return any(
        len(few) == 1 and few[0].startswith("IGO.") and few[0] in many for few, many in ((one, other), (other, one))
    )


def _best_pairs(one: Sequence[str], other: Sequence[str]) -> list[float]:
    """For each party of the smaller set what the best of the other says, the most first."""
    few, many = sorted((tuple(one), tuple(other)), key=lambda paths: (len(paths), paths))
    return sorted((max(party_points(path, facing) for facing in many) for path in few), reverse=True)


def site_points(one: Site | None, other: Site | None) -> float:
    """What two places say: the same, near, or one in the other; a contradiction when they exclude each other."""
    if one is None or other is None:
        return 0.0
    if one == other:
        return _same_site(one)
    if one.located and other.located and not _near(one, other):
        return CONTRADICTION
    if one.id == other.id:
        return _same_site(one)
    if one.located and other.located:
        return CLOSE_POINTS if _near(one, other, CLOSE_KM) else NEAR_POINTS
    return _area_points(one.id.split("."), other.id.split("."))


def _area_points(parts: list[str], others: list[str]) -> float:
    """What the paths of two different places say, of which one at least is no spot with coordinates."""
    if parts[0] != others[0]:
        return 0.0 if {parts[0], others[0]} & {"INT", UNKNOWN} else CONTRADICTION
    if len(parts) == 1 or len(others) == 1:
        return 0.0
    if MISSING in {parts[1], others[1]}:
        return 0.0
    if parts[1] != others[1]:
        return CONTRADICTION
    return REGION_POINTS if min(len(parts), len(others)) == 2 else 0.0


def _same_site(site: Site) -> float:
    if site.pointlike:
        return SPOT_POINTS
    return REGION_POINTS if "." in site.id else 0.0


def _near(one: Site, other: Site, km: float = NEAR_KM) -> bool:
    """Whether two spots lie at most so far apart, along the great circle."""
    if one.lat is None or one.lon is None or other.lat is None or other.lon is None:
        return False
    if abs(one.lat - other.lat) > NEAR_DEGREES:
        return False
    lat_a, lat_b = math.radians(one.lat), math.radians(other.lat)
    half = (
        math.sin((lat_b - lat_a) / 2) ** 2
        + math.cos(lat_a) * math.cos(lat_b) * math.sin(math.radians(other.lon - one.lon) / 2) ** 2
    )
    return 2 * EARTH_RADIUS_KM * math.asin(min(1.0, math.sqrt(half))) <= km
