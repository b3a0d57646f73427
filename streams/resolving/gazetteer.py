"""The gazetteer: countries, first-level divisions, regions and populated places, by folded name.

The 235,000 populated places are one Zstandard file (see `scripts/compile_gazetteer.py`) that stays in memory as the
two tables that it holds, about 20 MB of bytes: a name is found by bisection, and only what is found is decoded. So
nothing is built at start, which takes a fraction of a second. The rest are small tables of text.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from importlib.resources import as_file, files
from pathlib import Path
from typing import Literal

import numpy as np
import numpy.typing as npt
import zstandard

from streams.records import PlacePrecision
from streams.resolving.toponyms import fold, slug, spellings

MINOR = ("waters", "islands", "uplands", "areas", "facilities", "towns", "airports", "counties")
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


class Cities(Sequence[bytes]):
    """The names of populated places, sorted; and the places themselves, most populous first."""

    def __init__(self, tables: bytes) -> None:
        split = tables.index(b"\n\n")
        self._tables = tables
        ends = np.flatnonzero(np.frombuffer(tables, np.uint8) == 10)
        self._places = _lines(ends[ends <= split], 0)
        self._names = _lines(ends[ends > split + 1], split + 2)

    def __len__(self) -> int:
        return len(self._names) - 1

    def __getitem__(self, row: int) -> bytes:  # type: ignore[override]
        return self._line(self._names, row).partition(b"\t")[0]

    def find(self, folded: str) -> Iterator[tuple[list[str], bool]]:
        """The places called so, as fields, and whether it is their name and not an alternate one."""
        name = folded.encode()
        row = bisect_left(self, name)
        if row == len(self) or self[row] != name:
            return
        _, own, other = self._line(self._names, row).decode().split("\t")
        for places, exact in ((own, True), (other, False)):
            for place in places.split(",") if places else ():
                yield self._line(self._places, int(place)).decode().split("\t"), exact

    def _line(self, lines: npt.NDArray[np.int32], row: int) -> bytes:
        return self._tables[lines[row] : lines[row + 1] - 1]


def _lines(ends: npt.NDArray[np.int64], first: int) -> npt.NDArray[np.int32]:
    """Where each line starts, and where one after the last would."""
    return np.concatenate(([first], ends + 1)).astype(np.int32)


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

    def _populated(self, folded: str) -> Iterator[Entry]:
        crowned: set[str] = set()  # the most populous of a capital's namesakes in its country is the capital
        for (number, name, alpha2, admin1, lat, lon, population), exact in self._cities.find(folded):
            country = self.lexicon.alpha3.get(alpha2)
            if country is None:
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


def load_gazetteer(folder: Path | None = None) -> Gazetteer:
    """Read the gazetteer from `folder`, by default the package's own. Raises `OSError` when a table is missing."""
    if folder is None:
        with as_file(files("streams") / "lexicon" / "places") as own:
            return load_gazetteer(own)
    entries: dict[str, list[Entry]] = {}
    countries = list(_rows(folder / "countries.tsv", 9))
    alpha3 = {row[1]: row[0] for row in countries}
    for row in countries:
        _add(entries, _country(row), row[2], row[8])
    for row in _rows(folder / "admin1.tsv", 7):
        _add(entries, _admin1(row), row[2], row[6])
    for row in _rows(folder / "regions.tsv", 7):
        _add(entries, _region(row), row[0], row[6])
    for table in MINOR:
        for row in _rows(folder / f"{table}.tsv", 7):
            _add_minor(entries, _region(row), row[0], row[6], wholly=table in WHOLLY_MINOR)
    lexicon = PlaceLexicon(
        alpha3=alpha3,
        capitals={row[0]: fold(row[3]) for row in countries},
        neighbours={row[0]: frozenset(alpha3[two] for two in row[7].split(",") if two in alpha3) for row in countries},
        demonyms={fold(row[0]): row[1] for row in _rows(folder / "demonyms.tsv", 2)},
        alternates={
            fold(row[0]): (fold(row[1]), row[2], row[3] == "only") for row in _rows(folder / "alternates.tsv", 4)
        },
        stoplist={fold(row[0]): row[1] for row in _rows(folder / "stoplist.tsv", 2)},
        cues={row[0]: frozenset(row[1].split("|")) for row in _rows(folder / "cues.tsv", 2)},
    )
    tables = zstandard.ZstdDecompressor().decompress((folder / "cities.tsv.zst").read_bytes())
    return Gazetteer(Cities(tables), entries, lexicon)


def _rows(file: Path, columns: int) -> Iterator[list[str]]:
    """The rows of a table, each filled up to so many columns; comments start with `#`."""
    for line in file.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            row = line.split("\t")
            yield row + [""] * (columns - len(row))


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


def _country(row: list[str]) -> Entry:
    code, _, name, _, population, lat, lon = row[:7]
    return Entry(
        code, name, "country", "country", code, (code,), None, _degrees(lat), _degrees(lon), int(population or 0)
    )


def _admin1(row: list[str]) -> Entry:
    country, code, name, lat, lon, population = row[:6]
    return Entry(
        f"{country}.{code}", name, "admin1", "admin1", country, (country,), code, _degrees(lat), _degrees(lon),
        int(population or 0),
    )  # fmt: skip


def _region(row: list[str]) -> Entry:
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
