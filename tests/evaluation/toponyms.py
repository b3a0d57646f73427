"""Places against the annotated toponyms of `seeds/toponyms/`: found as spans, and set down within 161 km.

161 km (a hundred miles) is the distance that evaluations of geoparsing use (Leidner 2007 and since).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from math import asin, cos, radians, sin, sqrt
from typing import Any

import orjson

from streams.records import Place
from tests.evaluation.gold import SEEDS
from tests.evaluation.reading_measures import Measure
from tests.evaluation.sentences import document_of

FOLDER = SEEDS / "toponyms"
NEAR_KM = 161.0
EARTH_KM = 6371.0
WIDE = frozenset({"country", "region", "water"})
"""Kinds whose centre is a matter of taste: the country or name decides, not the distance."""


@dataclass(frozen=True)
class Matched:
    """The toponyms of one text beside the places found: pairs of one span, what is missing, what is too much."""

    record: dict[str, Any]
    pairs: list[tuple[dict[str, Any], Place]]
    missed: list[dict[str, Any]]
    extra: list[Place]


@cache
def matched(side: str) -> list[Matched]:
    """Every text of a side with its toponyms matched by span."""
    lines = (FOLDER / f"{side}.jsonl").read_bytes().splitlines()
    return [match(record, document_of(record).places or ()) for record in map(orjson.loads, lines)]


def match(record: dict[str, Any], places: Sequence[Place]) -> Matched:
    """Pairs toponyms and places whose spans are the same."""
    free = {(place.start, place.end): place for place in places}
    pairs, missed = [], []
    for toponym in record["toponyms"]:
        place = free.pop((toponym["start"], toponym["end"]), None)
        if place is None:
            missed.append(toponym)
        else:
            pairs.append((toponym, place))
    return Matched(record, pairs, missed, list(free.values()))


def distance_km(toponym: dict[str, Any], place: Place) -> float | None:
    """Kilometres on the great circle between gold and place; None without coordinates."""
    if place.lat is None or place.lon is None:
        return None
    lat, lon, other_lat, other_lon = map(radians, (toponym["lat"], toponym["lon"], place.lat, place.lon))
    half = sin((lat - other_lat) / 2) ** 2 + cos(lat) * cos(other_lat) * sin((lon - other_lon) / 2) ** 2
    return 2 * EARTH_KM * asin(sqrt(half))


def near(toponym: dict[str, Any], place: Place) -> bool:
    """Whether the place is where it should be: the same country for a country, else within 161 km."""
    if toponym["kind"] == "country":
        return bool(place.country == toponym["country"])
    distance = distance_km(toponym, place)
    return distance is not None and distance <= (NEAR_KM if toponym["kind"] not in WIDE else 5 * NEAR_KM)


def measured(side: str) -> dict[str, Measure]:
    """Precision, recall and F1 of spans, and the share of found toponyms that are near."""
    found = matched(side)
    right, missed = sum(len(one.pairs) for one in found), sum(len(one.missed) for one in found)
    extra = sum(len(one.extra) for one in found)
    close = sum(near(toponym, place) for one in found for toponym, place in one.pairs)
    total = right + missed
    return {
        "toponyms: span precision": Measure(right / (right + extra), right + extra),
        "toponyms: span recall": Measure(right / total, total),
        "toponyms: span F1": Measure(2 * right / (2 * right + extra + missed), total),
        "toponyms: near, of those found": Measure(close / right, right),
        "toponyms: near, of all": Measure(close / total, total),
    }


def errors() -> Iterator[str]:
    """Each error on the development texts."""
    for one in matched("dev"):
        lines = [f"  missed {t['text']} ({t['kind']} {t['country']})" for t in one.missed]
        lines += [f"  too much {p.text} -> {p.id}" for p in one.extra]
        for toponym, place in one.pairs:
            if not near(toponym, place):
                distance = distance_km(toponym, place)
                far = f"{distance:.0f} km" if distance is not None else "no coordinates"
                lines.append(f"  far {toponym['text']} {toponym['kind']} {toponym['country']}: {place.id} {far}")
        if lines:
            yield f"{one.record['id']} {one.record['text']}"
            yield from lines
