"""Which of the places of one name is meant: by what the text says, the other places of the document, and size."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import log10

from streams.resolving.gazetteer import Entry
from streams.resolving.place_context import NEAR_KM, TINY, Context, kilometres
from streams.resolving.place_finding import Named

SMALL = 15_000
"""Below so many inhabitants a place is taken only in a country that the document speaks of."""
LONE = 2_000
"""A name of one place alone is beyond doubt from so many inhabitants."""
LETTERS = 5
"""Of a name that leads to one town only by an alternate spelling."""
LONE_RATIO = 3
"""A place in a country that the document does not speak of must be so many times greater than its namesakes abroad."""
BESIDE_BONUS = 1.5
"""For a place in a division that the sentence names."""
COUNTRY_WEIGHT = 9.0
"""For countries, and for seas and parts of continents: no document means the village that is called Middle East."""
REGION_WEIGHT = 6.5
MINOR_WEIGHT = 4.7
CAPITAL_BONUS = 1.5
GREAT_BONUS = 0.7
"""For a city of a million that is no capital."""
ALTERNATE_PENALTY = 1.5
"""A place that only carries the name as an alternate one counts as if 30 times smaller."""
SEAT_PENALTY = 2.0
"""A division whose seat has its name is meant only where a word says so (`Kharkiv region`)."""


@dataclass(frozen=True, slots=True)
class Within:
    """The larger places that the text puts a name in."""

    entries: tuple[Entry, ...] = ()
    """What the name is said to lie in: `Izium, Kharkiv region`."""
    certainly: bool = False
    """It is told by a word (`Palma in Mozambique`), not only by a comma, which may also join a list."""
    beside: tuple[Entry, ...] = ()
    """Divisions that the same sentence names elsewhere: `Pingtan, an island off Fujian`."""
    near: tuple[Entry, ...] = ()
    """What the text says that it lies near to: `Chasiv Yar, 12 km west of Bakhmut`."""
    km: float | None = None
    """How far from there."""
    bearing: float | None = None
    """In which direction from there, in degrees from north."""


def certain(named: Named) -> Entry | None:
    """The place that the name means in any document: the only one, or by far the greatest."""
    countries = [entry for entry in named.entries if entry.kind == "country"]
    if len(named.entries) == len(countries) == 1:
        return countries[0]
    cities = [entry for entry in named.entries if entry.kind == "city" and entry.exact]
    greatest = max(named.entries, key=lambda entry: entry.population, default=None)
    divided = any(entry.kind == "admin1" and entry.population > 3_000_000 for entry in named.entries)
    if greatest is None or (countries and divided):
        return None
    if countries:
        return countries[0]
    if (
        len({entry.country for entry in named.entries}) == 1
        and named.sure
        and greatest.exact
        and greatest.population >= LONE
    ):
        return greatest
    elsewhere = max((e.population for e in named.entries if e.country != greatest.country), default=0)
    if greatest.population >= 100_000 and greatest.population > 20 * elsewhere and greatest.exact:
        return next((city for city in cities if city.country == greatest.country), greatest)
    return None


def _alone(greatest: Entry, named: Named) -> bool:
    """Whether the name, surely one of a place, has one place alone that is of any size."""
    if not named.sure or len({entry.country for entry in named.entries}) > 1:
        return False
    rivals = (other for other in named.entries if other.kind == "city" and kilometres(greatest, other) > NEAR_KM)
    lone = all(LONE_RATIO * other.population < greatest.population for other in rivals)
    return lone and greatest.population >= (LONE if greatest.exact else 20 * LONE)


def prior(entry: Entry, rivals: Sequence[Entry]) -> float:
    """How likely the name means this place when nothing else is known; a logarithm of its size."""
    if entry.kind == "country":
        return COUNTRY_WEIGHT
    if entry.minor:
        return MINOR_WEIGHT
    if entry.kind == "region":
        return REGION_WEIGHT if entry.countries else COUNTRY_WEIGHT
    weight = log10(entry.population + 100)
    if entry.kind == "admin1":
        seats = (rival for rival in rivals if rival.kind == "city" and rival.exact and rival.country == entry.country)
        return weight - (SEAT_PENALTY if any(seat.admin1 == entry.admin1 or seat.capital for seat in seats) else 0.0)
    fame = CAPITAL_BONUS if entry.capital else GREAT_BONUS if entry.population >= 1_000_000 else 0.0
    return weight + fame - (0.0 if entry.exact else ALTERNATE_PENALTY)


def choose(named: Named, context: Context, within: Within) -> Entry | None:
    """The place meant, None when none is likely enough."""
    entries = _of_level(named)
    inside = [entry for entry in entries for outer in within.entries if contains(outer, entry)]
    if inside:
        return max(inside, key=lambda entry: prior(entry, inside) + context.support(entry))
    if within.near and not any(entry.kind in ("country", "admin1") for entry in entries):
        entries = [entry for entry in entries if fits(entry, within)] or ([] if within.km else entries)
    if not entries:
        return None
    beside = {entry.id for entry in entries for outer in within.beside if contains(outer, entry)}

    def likelihood(entry: Entry) -> float:
        return prior(entry, entries) + context.support(entry) + (BESIDE_BONUS if entry.id in beside else 0.0)

    best = max(entries, key=likelihood)
    if denied(best, context, within):
        return None
    spelt = best.exact or len(named.span) > 1
    if named.weak and not (spelt and any(context.weight(country) for country in best.countries)):
        return None
    return best if _plausible(best, named, context) else None


def fits(entry: Entry, within: Within) -> bool:
    """Whether a place lies as far from its neighbour as the text says."""
    least, most = (within.km / 2, 1.5 * within.km + 20) if within.km is not None else (0.0, NEAR_KM)
    return any(least - 20 <= kilometres(entry, other) <= most for other in within.near)


def _of_level(named: Named) -> list[Entry]:
    """The places of that name which are what the words beside it say."""
    entries = list(named.entries)
    if named.level == "admin1":
        return [entry for entry in entries if entry.kind in ("admin1", "region")] or entries
    if named.level == "settlement":
        # `the city of Luxembourg` is no country, but `the capital of Ukraine` names one
        towns = [entry for entry in entries if entry.kind == "city"]
        exact = [entry for entry in towns if entry.exact]
        if exact or (towns and not any(entry.kind == "country" for entry in entries)):
            return exact or towns
        return [entry for entry in entries if entry.kind != "country" and entry.exact] or entries
    return entries


def denied(entry: Entry, context: Context, within: Within) -> bool:
    """Whether the text puts the name in another country, and nothing in the document speaks for this one."""
    countries = {country for outer in within.entries for country in outer.countries}
    return (
        within.certainly
        and entry.kind == "city"
        and not entry.capital
        and bool(countries)
        and countries.isdisjoint(entry.countries)
        and context.named.isdisjoint(entry.countries)
    )


def contains(outer: Entry, inner: Entry) -> bool:
    """Whether one place lies in the other, as their paths tell."""
    if outer.id == inner.id or outer.kind == "city":
        return False
    if outer.kind == "country":
        return outer.country in inner.countries
    if outer.kind == "admin1":
        return inner.kind in ("city", "region") and (inner.country, inner.admin1) == (outer.country, outer.admin1)
    if inner.kind == "country" or outer.precision == "point":
        return False
    same = outer.admin1 is None or inner.admin1 is None or outer.admin1 == inner.admin1
    return same and not set(outer.countries).isdisjoint(inner.countries)


def _plausible(entry: Entry, named: Named, context: Context) -> bool:
    """Whether the document gives reason enough for a place of that size: unresolved is better than wrong."""
    if entry.kind != "city" or entry.capital:
        return True
    if any(context.weight(country) for country in entry.countries):
        return entry.exact or entry.population >= 1_000 or named.sure
    alone = not named.weak and {other.country for other in named.entries} == {entry.country}
    if alone and entry.population >= SMALL and len(named.span.text) >= LETTERS:
        return True  # `Krasnovodsk`: an old or foreign name of one town only
    if named.sure and entry.exact:
        return entry.population >= TINY
    least = SMALL if entry.exact else 20 * SMALL
    if context.named and not context.support(entry):
        abroad = (other.population for other in named.entries if other.country != entry.country)
        least = max(least, LONE_RATIO * max(abroad, default=0))
    return entry.population >= least
