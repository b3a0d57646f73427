"""What paths are called: `SDN` is Sudan, `SDN.MIL` Sudan: military, `IGO.eu` European Union."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from streams.paths import GROUPS

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


def known_name(path: str) -> str | None:
    """Name of a country, of a sector of it, or of an organisation of the lexicon; None for any other path."""
    country, _, rest = path.partition(".")
    if not rest:
        return country_name(country)
    sector = _table("sectors.tsv").get(rest)
    if sector is not None and country not in GROUPS:
        return f"{country_name(country)}: {sector}"
    return _table("organisations.tsv").get(path)
