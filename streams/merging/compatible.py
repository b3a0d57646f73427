"""Whether two ids can mean the same actor or place, and how much it says that they do."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache

from streams.merging.traits import Site
from streams.paths import MISSING, UNKNOWN, is_entity

NEAR_KM = 30.0
"""Two spots at most so far apart may be one: a town and its airport, a village and the town it is told by."""
NEAR_DEGREES = 0.5
"""Of latitude; more than `NEAR_KM` everywhere."""
EARTH_RADIUS_KM = 6371.0
CONTRADICTION = -math.inf

ENTITY_POINTS = 2.0
SECTOR_POINTS = 1.0
COUNTRY_POINTS = 0.5
PARTIAL_PENALTY = -0.5


@lru_cache(maxsize=65536)
def path_points(one: str, other: str) -> float:
    """What it says that two actor paths lie on one line, by the depth that both reach; else a contradiction.

    An actor of unknown country is compared by what follows.
    """
    parts, others = one.split("."), other.split(".")
    unknown = UNKNOWN in {parts[0], others[0]}
    shared = min(len(parts), len(others))
    start = 1 if unknown else 0
    if parts[start:shared] != others[start:shared]:
        return CONTRADICTION
    if unknown and parts[0] != others[0]:
        return 0.0
    shorter = one if len(parts) <= len(others) else other
    if is_entity(shorter):
        return ENTITY_POINTS
    return SECTOR_POINTS if shared >= 2 else COUNTRY_POINTS


def sets_points(one: Sequence[str], other: Sequence[str], *, strict: bool) -> float:
    """What two sets of parties say together: the best pair, less a little when both sides name others besides.

    A side without parties says nothing. No compatible pair is a contradiction. With `strict`, every party of the
    smaller set needs a compatible one in the larger, and the two best pairs count: A met B is not A met C.
    """
    if not one or not other:
        return 0.0
    if len(one) == len(other) == 1:
        return path_points(one[0], other[0])
    few, many = sorted((tuple(one), tuple(other)), key=lambda paths: (len(paths), paths))
    best = sorted((max(path_points(path, facing) for facing in many) for path in few), reverse=True)
    if best[0] == CONTRADICTION:
        return CONTRADICTION
    partial = best[-1] == CONTRADICTION
    if strict:
        return CONTRADICTION if partial else sum(best[:2])
    return best[0] + (PARTIAL_PENALTY if partial else 0.0)


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
        return 1.5
    return _area_points(one.id.split("."), other.id.split("."))


def _area_points(parts: list[str], others: list[str]) -> float:
    """What the paths of two different places say, of which one at least is no spot with coordinates."""
    if parts[0] != others[0]:
        return 0.0 if {parts[0], others[0]} & {"INT", UNKNOWN} else CONTRADICTION
    if len(parts) == 1 or len(others) == 1:
        return 0.5
    if MISSING in {parts[1], others[1]}:
        return 0.0
    if parts[1] != others[1]:
        return CONTRADICTION
    return 1.0 if min(len(parts), len(others)) == 2 else 0.0


def _same_site(site: Site) -> float:
    if site.pointlike:
        return 2.0
    return 0.5 if "." not in site.id else 1.0


def _near(one: Site, other: Site) -> bool:
    """Whether two spots lie at most `NEAR_KM` apart, along the great circle."""
    if one.lat is None or one.lon is None or other.lat is None or other.lon is None:
        return False
    if abs(one.lat - other.lat) > NEAR_DEGREES:
        return False
    lat_a, lat_b = math.radians(one.lat), math.radians(other.lat)
    half = (
        math.sin((lat_b - lat_a) / 2) ** 2
        + math.cos(lat_a) * math.cos(lat_b) * math.sin(math.radians(other.lon - one.lon) / 2) ** 2
    )
    return 2 * EARTH_RADIUS_KM * math.asin(min(1.0, math.sqrt(half))) <= NEAR_KM
