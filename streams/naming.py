"""What the upper levels of a path are called: `SDN` is Sudan, `SDN.MIL` Sudan: military."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from streams.paths import first_part

GROUP_NAMES = {
    "IGO": "international organisations",
    "NGO": "non-governmental organisations",
    "MNC": "multinational companies",
    "INT": "several countries",
    "UNK": "unknown",
}


@cache
def _table(name: str) -> dict[str, str]:
    """First column to second of a lexicon file; read once."""
    text = files("streams").joinpath(f"lexicon/actors/{name}").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))
    return {row[0]: row[1] for row in rows}


def country_name(code: str) -> str:
    """Name of a country by its alpha-3 code, or of what stands in its place; the code itself when it is unknown."""
    return GROUP_NAMES.get(code) or _table("countries.tsv").get(code, code)


def actor_level_name(path: str) -> str:
    """Name of a country or of a sector of it, for a path of one or two parts."""
    country, _, sector = path.partition(".")
    if not sector:
        return country_name(country)
    return f"{country_name(first_part(path))}: {_table('sectors.tsv').get(sector, sector)}"
