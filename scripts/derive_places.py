"""Derive streams/lexicon/places/airports.tsv and counties.tsv from two Python packages that only this script needs.

Run `pip install airportsdata zipcodes==1.2.0`, then `python scripts/derive_places.py`. Airports come from airportsdata
(MIT): those with an IATA code and a name of their own. Counties of the United States come from zipcodes (MIT, data of
the US Postal Service): the median of their post offices.
"""

# ruff: noqa: INP001  (a script, no package)

from __future__ import annotations

import re
import sys
from collections import defaultdict
from pathlib import Path
from statistics import median

import airportsdata  # type: ignore[import-not-found,unused-ignore]
import zipcodes  # type: ignore[import-not-found,unused-ignore]

from streams.resolving.gazetteer import load_gazetteer
from streams.resolving.toponyms import fold

FOLDER = Path(__file__).parent.parent / "streams" / "lexicon" / "places"
COLUMNS = "# name\tcountries (|)\tadmin1 code\tlat\tlon\tprecision\talternates (|)\n"
KINDS = re.compile(
    r"\s*[/(].*|\s+(?:(?:International|Intl|Regional|Municipal|Domestic)\s*)*(?:Airport|Airfield|Airstrip)$"
)


def airports() -> list[str]:
    """A row for each international airport and air base."""
    alpha3 = load_gazetteer().lexicon.alpha3
    rows = {}
    for airport in airportsdata.load("IATA").values():
        name, country = airport["name"].strip(), alpha3.get(airport["country"])
        international = "International" in name or "Air Base" in name or "Air Force Base" in name
        if country is None or not international or len(fold(name)) < len("air base") + 3:
            continue
        bare = KINDS.sub("", name)
        names = (
            [f"{bare} International Airport", f"{bare} Airport"] if "International" in name else [name.split(" / ")[0]]
        )
        position = f"{airport['lat']:.2f}\t{airport['lon']:.2f}"
        rows[names[0]] = f"{names[0]}\t{country}\t\t{position}\tpoint\t{'|'.join(names[1:])}"
    return [rows[name] for name in sorted(rows)]


def counties() -> list[str]:
    """A row for each county of the United States, under the code of its state."""
    found = defaultdict(list)
    for code in zipcodes.list_all():
        county = code["county"]
        if county and code["lat"] and code["state"].isalpha():
            found[county, code["state"]].append((float(code["lat"]), float(code["long"])))
    return [
        f"{county}\tUSA\t{state}\t{median(one[0] for one in at):.2f}\t{median(one[1] for one in at):.2f}\tregion\t"
        for (county, state), at in sorted(found.items())
        if county.split()[-1] in {"County", "Parish", "Borough"}
    ]


def main() -> None:
    """Write both tables."""
    source = "# International airports and air bases, from the Python package airportsdata (MIT).\n"
    (FOLDER / "airports.tsv").write_text(source + COLUMNS + "\n".join(airports()) + "\n", encoding="utf-8")
    source = (
        "# Counties of the United States, from the Python package zipcodes 1.2.0 (MIT, US Postal Service data);\n"
        "# latitude and longitude are the median of their post offices.\n"
    )
    (FOLDER / "counties.tsv").write_text(source + COLUMNS + "\n".join(counties()) + "\n", encoding="utf-8")
    sys.stdout.write("written\n")


if __name__ == "__main__":
    main()
