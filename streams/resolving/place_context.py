"""What a whole document says of where it plays."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from heapq import nlargest
from math import asin, cos, radians, sin, sqrt
from operator import itemgetter

from streams.resolving.gazetteer import Entry, PlaceLexicon

NEAR_KM = 200.0
KM_A_DEGREE = 111.0
"""Of latitude, rounded down."""
NEAR_BONUS = 1.0
MENTIONED_BONUS = 2.3
MOST_CONTEXT = 3.0
NEIGHBOUR_BONUS = 0.4
TOGETHER_KM = 120.0
TOGETHER_BONUS = 0.4
MOST_TOGETHER = 1.2
MOST_NAMESAKES = 5
TINY = 3_000
"""The same where a preposition or a larger place tells that the name is a place."""


class Context:
    """What the whole document says of where it plays: weights of countries, and places that are beyond doubt."""

    def __init__(self, lexicon: PlaceLexicon) -> None:
        self._lexicon = lexicon
        self.named: set[str] = set()
        """Countries named, or spoken of by nationality."""
        self.weights: dict[str, float] = {}
        self.sure: list[Entry] = []
        self.home: Entry | None = None
        """Where the reporter is."""
        self.names: dict[str, tuple[Entry, ...]] = {}
        """The likeliest places of each name of the document: of namesakes those are meant that lie together."""
        self._supports: dict[str, float] = {}

    def add_country(self, country: str, weight: float = 0.5) -> None:
        """A country is named or one of its people is."""
        self._supports.clear()
        self.named.add(country)
        self.weights[country] = self.weight(country) + weight

    def add_place(self, entry: Entry) -> None:
        """A place that is beyond doubt."""
        self._supports.clear()
        self.sure.append(entry)
        for country in entry.countries:
            self.named.add(country)
            self.weights[country] = self.weight(country) + 1

    def weight(self, country: str) -> float:
        """How much the document speaks for a country, 0 when it never does."""
        return self.weights.get(country, 0.0)

    def heaviest(self, count: int) -> list[tuple[str, float]]:
        """So many countries with their weights, the heaviest first; of equals the first named."""
        return nlargest(count, self.weights.items(), key=itemgetter(1))

    def support(self, entry: Entry) -> float:
        """How much the document speaks for a place there, 0 when it never comes near."""
        known = self._supports.get(entry.id)
        if known is None:
            known = self._supports[entry.id] = self._support(entry)
        return known

    def _support(self, entry: Entry) -> float:
        weight = max((self.weight(country) for country in entry.countries), default=0.0)
        support = min(MOST_CONTEXT, MENTIONED_BONUS + weight / 2) if weight else 0.0
        if not support and any(self._borders(country) for country in entry.countries):
            support = NEIGHBOUR_BONUS
        others = [other for other in self.sure if other.id != entry.id and other.kind != "country"]
        support += NEAR_BONUS if any_within(entry, others, NEAR_KM) else 0.0
        return support + (self._togetherness(entry) if entry.kind == "city" else 0.0)

    def add_name(self, name: str, entries: Sequence[Entry]) -> None:
        """A name that the document surely uses as one of a place."""
        self._supports.clear()
        towns = [entry for entry in entries if entry.kind == "city" and entry.exact and entry.population >= TINY]
        self.names[name] = tuple(towns[:MOST_NAMESAKES])

    def _togetherness(self, entry: Entry) -> float:
        """How many other names have a place near this one."""
        count = 0
        for rivals in self.names.values():
            if any_within(entry, rivals, TOGETHER_KM) and all(rival.name != entry.name for rival in rivals):
                count += 1
        return min(MOST_TOGETHER, TOGETHER_BONUS * count)

    def _borders(self, country: str) -> bool:
        neighbours = self._lexicon.neighbours
        return not self.named.isdisjoint(neighbours.get(country, ())) or any(
            country in neighbours.get(named, ()) for named in self.named
        )


def kilometres(one: Entry, other: Entry) -> float:
    """Great-circle distance; infinite when one has no coordinates."""
    if one.lat is None or one.lon is None or other.lat is None or other.lon is None:
        return float("inf")
    north, south = radians(one.lat), radians(other.lat)
    half = sin((south - north) / 2) ** 2 + cos(north) * cos(south) * sin(radians(other.lon - one.lon) / 2) ** 2
    return 12_742 * asin(sqrt(half))


def any_within(one: Entry, others: Iterable[Entry], most: float) -> bool:
    """Whether a place lies less than so many kilometres from one of others; the latitudes alone tell it of most."""
    lat, degrees = one.lat, most / KM_A_DEGREE
    if lat is None:
        return False
    for other in others:
        if other.lat is not None and -degrees <= lat - other.lat <= degrees and kilometres(one, other) < most:
            return True
    return False
