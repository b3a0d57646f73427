"""Names that the gazetteer lacks, set down where the text says: so far from a town, in a division, beside a city."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import asin, atan2, cos, degrees, radians, sin

from streams.resolving.gazetteer import Entry
from streams.resolving.place_choice import SMALL, Within
from streams.resolving.place_context import Context
from streams.resolving.place_finding import Named

_EARTH_KM = 6371.0


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where an unknown name is believed to be. Without coordinates when only the country is known."""

    country: str = "UNK"
    admin1: str | None = None
    lat: float | None = None
    lon: float | None = None


def anchor(name: Named, within: Within, chosen: Sequence[tuple[Named, Entry | None]], context: Context) -> Anchor:
    """By distance and direction, else the larger place, else what it is named after, else the nearest town."""
    near = _meant(within.near, chosen)
    if near is not None:
        return _moved(near, within)
    larger = _meant(within.entries, chosen)
    if larger is not None and larger.kind != "country":
        return _of(larger)
    beside = _beside(name, chosen)
    if larger is not None:
        return _of(beside if beside is not None and beside.country == larger.country else larger)
    inner = max(name.inner, key=lambda entry: (context.support(entry), entry.population), default=None)
    if inner is not None and inner.kind == "city" and inner.population >= SMALL and context.support(inner):
        return _of(inner)
    settled = beside or context.home
    if settled is not None:
        return _of(settled)
    best = context.heaviest(2)
    clear = best and (len(best) == 1 or best[0][1] >= 2 * best[1][1])
    return Anchor(best[0][0] if clear else "UNK")


def _of(entry: Entry) -> Anchor:
    if entry.kind == "country":
        return Anchor(entry.country)
    return Anchor(entry.country, entry.admin1, entry.lat, entry.lon)


def _meant(entries: tuple[Entry, ...], chosen: Sequence[tuple[Named, Entry | None]]) -> Entry | None:
    """The one of these places that the paragraph means by their name."""
    known = {entry.id for entry in entries}
    return next((entry for _, entry in chosen if entry is not None and entry.id in known), next(iter(entries), None))


def _beside(name: Named, chosen: Sequence[tuple[Named, Entry | None]]) -> Entry | None:
    """The nearest town or division of the sentence; of the paragraph, the nearest town before."""
    begin, end = name.span.sentence
    settled = [(other.span.start, entry) for other, entry in chosen if entry is not None and entry.lat is not None]
    local = [(at, e) for at, e in settled if e.kind in ("city", "admin1") and begin <= at < end]
    if local:
        return min(local, key=lambda pair: abs(pair[0] - name.span.start))[1]
    earlier = [entry for at, entry in settled if at < name.span.start and entry.kind == "city"]
    return earlier[-1] if earlier else None


def _moved(near: Entry, within: Within) -> Anchor:
    """So far from a place in one direction; at the place itself where the direction or distance is not told."""
    if near.lat is None or near.lon is None or within.km is None or within.bearing is None:
        return _of(near)
    angle, bearing, north = within.km / _EARTH_KM, radians(within.bearing), radians(near.lat)
    lat = asin(sin(north) * cos(angle) + cos(north) * sin(angle) * cos(bearing))
    east = atan2(sin(bearing) * sin(angle) * cos(north), cos(angle) - sin(north) * sin(lat))
    lon = (near.lon + degrees(east) + 180.0) % 360.0 - 180.0
    return Anchor(near.country, near.admin1 if within.km < 20 else None, round(degrees(lat), 3), round(lon, 3))
