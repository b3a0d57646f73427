"""The gazetteer: countries, first-level divisions, regions and populated places, by folded name.

The 235,000 populated places are one Zstandard file (see `scripts/compile_gazetteer.py`) that stays in memory as the
two tables that it holds, about 20 MB of bytes: a name is found by bisection, and only what is found is decoded. So
nothing is built at start, which takes a fraction of a second. The rest are small tables of text.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from importlib.resources import as_file, files
from itertools import product
from pathlib import Path
from typing import Literal

from streams.extending.additions import NOTHING, Additions
from streams.extending.rows import LexiconError
from streams.extending.tables import MINOR
from streams.records import PlacePrecision
from streams.resolving.cities import Cities
from streams.resolving.place_tables import PlaceTables
from streams.resolving.toponyms import fold, slug, spellings

WHOLLY_MINOR = frozenset({"areas", "counties"})
TOWN = 5_000
"""Inhabitants supposed of a town that the gazetteer lacks."""
Kind = Literal["country", "admin1", "region", "city"]


@dataclass(frozen=True, slots=True)
class Entry:
    """One place that the gazetteer knows. `exact` is false where an alternate name led to it."""

    id: str
    name: str
    kind: Kind
    precision: PlacePrecision
    country: str
    """Alpha-3, or INT for waters and regions over several countries."""
    countries: tuple[str, ...]
    admin1: str | None
    lat: float | None
    lon: float | None
    population: int
    capital: bool = False
    exact: bool = True
    minor: bool = False
    """A region or facility so little known that its name alone, unlike that of the Black Sea, tells no place."""


class Gazetteer:
    """Everything that has a place's name. Immutable after `load_gazetteer`, but for a bounded memory of look-ups."""

    REMEMBERED = 20_000

    def __init__(self, cities: Cities, entries: dict[str, list[Entry]], lexicon: PlaceLexicon) -> None:
        self._cities = cities
        self._entries = entries
        self.lexicon = lexicon
        self._found: dict[str, tuple[Entry, ...]] = {}
        self._admin1_names = {
            (entry.country, entry.admin1): entry.name
            for group in entries.values()
            for entry in group
            if entry.kind == "admin1" and entry.exact
        }

    def lookup(self, name: str) -> tuple[Entry, ...]:
        """Every place of that name, in any spelling that folds to the same; the populated places by population."""
        folded = fold(name)
        found = self._found.get(folded)
        if found is None:
            if len(self._found) >= self.REMEMBERED:
                self._found.clear()
            found = self._found[folded] = self._search(folded)
        return found

    def admin1_name(self, country: str, code: str | None) -> str | None:
        """Name of the first-level division, None when the code is unknown."""
        return self._admin1_names.get((country, code))

    def _search(self, folded: str) -> tuple[Entry, ...]:
        for spelling in spellings(folded):
            target = self.lexicon.alternates.get(spelling)
            found = [*self._entries.get(spelling, ()), *self._populated(spelling)]
            if target is not None:
                name, country, only = target
                respelt = [*self._entries.get(name, ()), *self._populated(name)]
                meant = [entry for entry in respelt if country in entry.countries]
                found = meant if only else [*meant, *found]
            if found:
                unique = {entry.id: entry for entry in reversed(found)}
                return tuple(reversed(unique.values()))
        return ()

    def _is_withdrawn(self, country: str, folded: str, name: str) -> bool:
        gone = self.lexicon.withdrawn
        return bool(gone) and not gone.isdisjoint(product((folded, fold(name)), (country, "")))

    def _populated(self, folded: str) -> Iterator[Entry]:
        crowned: set[str] = set()  # the most populous of a capital's namesakes in its country is the capital
        for (number, name, alpha2, admin1, lat, lon, population), exact in self._cities.find(folded):
            country = self.lexicon.alpha3.get(alpha2)
            if country is None or self._is_withdrawn(country, folded, name):
                continue
            code = admin1 if admin1 not in ("", "00") else None
            capital = exact and self.lexicon.capitals.get(country) == folded and country not in crowned
            if capital:
                crowned.add(country)
            yield Entry(
                f"{country}.{code or '-'}.{number}", name, "city", "city", country, (country,), code,
                float(lat), float(lon), int(population), capital=capital, exact=exact,
            )  # fmt: skip


@dataclass(frozen=True, slots=True)
class PlaceLexicon:
    """The small tables beside the gazetteer: how countries hang together, and which words are not what they seem."""

    alpha3: dict[str, str]
    capitals: dict[str, str]
    """Folded name of the capital by alpha-3."""
    neighbours: dict[str, frozenset[str]]
    demonyms: dict[str, str]
    """Alpha-3 by folded demonym or nationality adjective."""
    alternates: dict[str, tuple[str, str, bool]]
    """By folded alternate or old spelling: folded name, alpha-3, whether nothing else of that name is meant."""
    stoplist: dict[str, str]
    """`word` (never a place by itself) or `name` (only where the text says that it is a place) by folded name."""
    cues: dict[str, frozenset[str]]
    """Words that tell what a name beside them is, by the kind of cue."""
    withdrawn: frozenset[tuple[str, str]] = frozenset()
    """Populated places that are not to be found: folded name, and alpha-3 or empty for any country."""


def load_gazetteer(folder: Path | None = None, additions: Additions = NOTHING) -> Gazetteer:
    """Read the gazetteer from `folder`, by default the package's own, with a user's additions.

    Raises `OSError` when a table is missing, and `LexiconError` for a row of the user's that is wrong.
    """
    if folder is None:
        with as_file(files("streams") / "lexicon" / "places") as own:
            return load_gazetteer(own, additions)
    tables = PlaceTables(folder, additions)
    entries: dict[str, list[Entry]] = {}
    for row in tables.countries:
        _add(entries, _country(row), row[2], row[8])
    for row in tables.rows("admin1", 7):
        _add(entries, _admin1(row), row[2], row[6])
    for row in tables.rows("regions", 7):
        _add(entries, _region(row), row[0], row[6])
    for table in MINOR:
        for row in tables.rows(table, 7):
            _add_minor(entries, _region(row), row[0], row[6], wholly=table in WHOLLY_MINOR)
    found = Gazetteer(tables.cities, entries, _lexicon(tables))
    for line in tables.own_lines("alternates"):
        if not any(line.cells[2] in entry.countries for entry in found.lookup(line.cells[1])):
            raise LexiconError(f"{line.where}: {line.cells[2]} has no place {line.cells[1]!r}")
    return found


def _lexicon(tables: PlaceTables) -> PlaceLexicon:
    alpha3 = tables.alpha3
    alternates = tables.rows("alternates", 4)
    return PlaceLexicon(
        alpha3=alpha3,
        capitals={row[0]: fold(row[3]) for row in tables.countries},
        neighbours={
            row[0]: frozenset(alpha3[two] for two in row[7].split(",") if two in alpha3) for row in tables.countries
        },
        demonyms={fold(row[0]): row[1] for row in tables.rows("demonyms", 2)},
        alternates={fold(row[0]): (fold(row[1]), row[2], row[3] == "only") for row in alternates},
        stoplist={fold(row[0]): row[1] for row in tables.rows("stoplist", 2)},
        cues=tables.words("cues"),
        withdrawn=tables.withdrawn(),
    )


def _add(entries: dict[str, list[Entry]], entry: Entry, name: str, alternates: str) -> None:
    names = dict.fromkeys(fold(spelling) for spelling in (name, *alternates.split("|")) if spelling)
    for folded in names:
        entries.setdefault(folded, []).append(entry)


def _add_minor(entries: dict[str, list[Entry]], entry: Entry, name: str, alternates: str, *, wholly: bool) -> None:
    """Names of one word are doubtful; of more they say what they are: `Charles River`."""
    minor = replace(entry, minor=True) if entry.kind == "region" else entry
    for folded in dict.fromkeys(fold(spelling) for spelling in (name, *alternates.split("|")) if spelling):
        entries.setdefault(folded, []).append(minor if wholly or " " not in folded else entry)


def _degrees(text: str) -> float | None:
    return float(text) if text else None


def _country(row: Sequence[str]) -> Entry:
    code, _, name, _, population, lat, lon = row[:7]
    return Entry(
        code, name, "country", "country", code, (code,), None, _degrees(lat), _degrees(lon), int(population or 0)
    )


def _admin1(row: Sequence[str]) -> Entry:
    country, code, name, lat, lon, population = row[:6]
    return Entry(
        f"{country}.{code}", name, "admin1", "admin1", country, (country,), code, _degrees(lat), _degrees(lon),
        int(population or 0),
    )  # fmt: skip


def _region(row: Sequence[str]) -> Entry:
    """Columns: name, countries, admin1 code, latitude, longitude, precision, alternates."""
    name, listed, admin1, lat, lon, precision = row[:6]
    countries = tuple(listed.split("|")) if listed else ()
    country = countries[0] if len(countries) == 1 else "INT"
    known: dict[str, PlacePrecision] = {"point": "point", "region": "region", "city": "city"}
    town = precision == "city"
    return Entry(
        f"{country}.{admin1 or '-'}.{slug(name)}", name, "city" if town else "region", known[precision], country,
        countries, admin1 or None, _degrees(lat), _degrees(lon), TOWN if town else 0,
    )  # fmt: skip
