"""The small tables of places as rows, a user's laid over ours, and what must be true of a user's cells."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path

from streams.extending.additions import Additions
from streams.extending.rows import LexiconError, Line, OwnLine
from streams.extending.tables import MINOR
from streams.resolving.cities import read_cities
from streams.resolving.toponyms import fold

PRECISIONS = ("point", "region", "city")
_COORDINATES = {"countries": (5, 6), "admin1": (3, 4), "regions": (3, 4)} | dict.fromkeys(MINOR, (3, 4))
"""Columns with latitude and longitude."""
_CHOICES = {"stoplist": (1, ("word", "name")), "alternates": (3, ("", "only"))} | dict.fromkeys(
    ("regions", *MINOR), (5, PRECISIONS)
)
"""A column, and all that it may hold."""
_COUNTRIES = {"admin1": 0, "demonyms": 1, "alternates": 2} | dict.fromkeys(("regions", *MINOR), 1)
"""The column with a country, or several."""


class PlaceTables:
    """The tables in a folder with a user's additions. Raises `OSError` and `LexiconError` as `rows` does."""

    def __init__(self, folder: Path, additions: Additions) -> None:
        self._folder = folder
        self._additions = additions
        self._codes: frozenset[str] = frozenset()
        self.countries = list(self.rows("countries", 9))
        self.alpha3 = {row[1]: row[0] for row in self.countries}
        self._codes = frozenset(self.alpha3.values())
        self.cities = read_cities(folder)

    def rows(self, name: str, columns: int) -> Iterator[tuple[str, ...]]:
        """The rows of a table, each filled up to so many columns; comments start with `#`.

        Raises `OSError` for a missing table and `LexiconError` for a row of the user's that is wrong.
        """
        for line in self.lines(name, columns):
            if line.own:
                check(name, line, self._codes)
            yield line.cells

    def lines(self, name: str, columns: int) -> Iterator[Line]:
        """The same rows with where they stand, and nothing checked."""
        elsewhere = self._removes_populated if name == "towns" else None
        yield from self._additions.over(f"places/{name}", self._ours(name, columns), elsewhere)

    def own_lines(self, name: str) -> Iterator[Line]:
        """The rows that the user adds."""
        return (one.line for one in self._additions.lines.get(f"places/{name}", ()) if one.act != "remove")

    def words(self, name: str) -> dict[str, frozenset[str]]:
        """A table of two columns: a name of ours, and words; a user's with a `!` before them are taken out."""
        found: dict[str, frozenset[str]] = {}
        for where, (key, cell), own in self.lines(name, 2):
            if own and key not in found:
                raise LexiconError(f"{where}: no {key!r}; there are {', '.join(sorted(found))}")
            words = frozenset(cell.split("|"))
            taken = frozenset(word for word in words if own and word.startswith("!"))
            found[key] = (found.get(key, frozenset()) | words - taken) - {word[1:] for word in taken}
        return found

    def withdrawn(self) -> frozenset[tuple[str, str]]:
        """Names of populated places that a user's towns replace or remove, each with its country; empty is any."""
        names: set[tuple[str, str]] = set()
        for line in self._additions.lines.get("places/towns", ()):
            if line.act != "beside":
                listed = line.cells[1].split("|") if len(line.cells) > 1 else [""]
                names |= {(fold(line.cells[0]), country) for country in listed}
        return frozenset(names)

    def _removes_populated(self, line: OwnLine) -> bool:
        country = line.cells[1] if len(line.cells) > 1 else ""
        found = self.cities.find(fold(line.cells[0]))
        return any(not country or self.alpha3.get(fields[2]) == country for fields, _ in found)

    def _ours(self, name: str, columns: int) -> Iterator[Line]:
        text = (self._folder / f"{name}.tsv").read_text(encoding="utf-8")
        for number, line in enumerate(text.splitlines(), start=1):
            if line and not line.startswith("#"):
                row = line.split("\t")
                yield Line(f"places/{name}.tsv line {number}", (*row, *[""] * (columns - len(row))))


def check(name: str, line: Line, countries: Collection[str]) -> None:
    """Raises `LexiconError` for a row with an unknown country or word, or coordinates that are none on Earth."""
    if name in _COORDINATES:
        for at, limit in zip(_COORDINATES[name], (90, 180), strict=True):
            if not _is_number(line.cells[at], limit):
                raise LexiconError(f"{line.where}: {line.cells[at]!r} is no number of degrees within {limit}")
    at, choices = _CHOICES.get(name, (0, ()))
    if choices and line.cells[at] not in choices:
        raise LexiconError(f"{line.where}: {line.cells[at]!r} is not one of {', '.join(map(repr, choices))}")
    codes = line.cells[_COUNTRIES[name]] if name in _COUNTRIES else ""
    for code in codes.split("|") if codes or name in {"admin1", "demonyms", "alternates", "towns"} else ():
        if code not in countries:
            raise LexiconError(f"{line.where}: {code!r} is no country; codes are alpha-3, like SDN")
    people = {"countries": 4, "admin1": 5}.get(name)
    if people is not None and line.cells[people] and not line.cells[people].isdecimal():
        raise LexiconError(f"{line.where}: {line.cells[people]!r} is no number of people")


def _is_number(cell: str, limit: float) -> bool:
    try:
        return not cell or -limit <= float(cell) <= limit
    except ValueError:
        return False
