"""The actor tables under `streams/lexicon/actors/` as rows, and what must be true of their cells."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from importlib.resources import files

from streams.extending.additions import NOTHING, Additions
from streams.extending.rows import LexiconError, Line
from streams.paths import GROUPS, UNKNOWN


class Row(dict[str, str]):
    """A row by column. `where` is its file and line, for what is wrong with it; `own` is a user's."""

    def __init__(self, cells: Iterable[tuple[str, str]], where: str, *, own: bool = False) -> None:
        super().__init__(cells)
        self.where = where
        self.own = own

    def wrong(self, what: str) -> LexiconError:
        """The error that names this row."""
        return LexiconError(f"{self.where}: {what}")

    def span(self) -> tuple[date | None, date | None]:
        """The first and last day of the columns `from` and `to`; None where a cell is empty.

        Raises ValueError when a cell is no date, or the last day is before the first.
        """
        since, until = self._day("from", end=False), self._day("to", end=True)
        if since is not None and until is not None and until < since:
            raise self.wrong(f"it ends ({until}) before it begins ({since})")
        return since, until

    def _day(self, column: str, *, end: bool) -> date | None:
        cell = self[column]
        try:
            return _day(cell, end=end) if cell else None
        except ValueError:
            raise self.wrong(f"{cell!r} in column {column!r} is no date") from None


def read_table(name: str, additions: Additions = NOTHING) -> Iterator[Row]:
    """Rows of `name`, a user's laid over ours. The last comment line names the columns; a missing last cell is empty.

    Raises ValueError when a row has more cells than there are columns, or nothing in its first cell.
    """
    text = (files("streams") / "lexicon" / "actors" / name).read_text(encoding="utf-8")
    return rows_of(text, name, additions)


def rows_of(text: str, name: str, additions: Additions = NOTHING) -> Iterator[Row]:
    """Rows of a table's text."""
    columns: list[str] = []
    for line in additions.over(f"actors/{name.removesuffix('.tsv')}", _our_rows(text, name, columns)):
        yield Row(zip(columns, line.cells, strict=True), line.where, own=line.own)


def _our_rows(text: str, name: str, columns: list[str]) -> Iterator[Line]:
    """Our rows, all cells filled up; `columns` becomes their names."""
    for number, line in enumerate(text.splitlines(), start=1):
        if line.startswith("#"):
            columns[:] = [cell.strip() for cell in line.lstrip("# ").split("\t")]
        elif line.strip():
            cells = [cell.strip() for cell in line.split("\t")]
            where = f"{name}:{number}"
            if len(cells) > len(columns):
                raise ValueError(f"{where}: {len(cells)} cells for {len(columns)} columns")
            if not cells[0]:
                raise ValueError(f"{where}: the first cell is empty")
            yield Line(where, (*cells, *[""] * (len(columns) - len(cells))))


def listed(cell: str) -> tuple[str, ...]:
    """The items of a cell, which `|` separates."""
    return tuple(item.strip() for item in cell.split("|") if item.strip())


def sectors(additions: Additions = NOTHING) -> frozenset[str]:
    """The sectors that an id may have."""
    return frozenset(row["sector"] for row in read_table("sectors.tsv", additions))


def loses_office(row: Row, additions: Additions) -> bool:
    """Whether a row of ours is about an office in an organisation that the user removes."""
    lines = additions.lines.get("actors/organisations", ())
    return not row.own and any(line.act == "remove" and line.cells[0] == row["path"] for line in lines)


def check_path(row: Row, path: str, countries: Iterable[str], known: frozenset[str], *, entity: bool) -> None:
    """Raises ValueError unless `path` is a country with a sector, or a group, and with `entity` what stands in it."""
    parts = path.split(".")
    if parts[0] in GROUPS:
        if len(parts) != 2:
            raise row.wrong(f"{path!r} is not a group and its name")
        return
    if parts[0] != UNKNOWN and parts[0] not in countries:
        raise row.wrong(f"{parts[0]!r} is no country")
    if len(parts) != 2 + entity or not all(parts):
        raise row.wrong(f"{path!r} does not have {2 + entity} parts")
    if parts[1] not in known:
        raise row.wrong(f"{parts[1]!r} is no sector")


def check_words(row: Row, column: str, known: frozenset[str]) -> list[str]:
    """The words of a cell. Raises ValueError when one is not among the known."""
    found = row[column].split()
    for word in found:
        if word not in known:
            raise row.wrong(f"{word!r} in column {column!r} is not one of {', '.join(sorted(known))}")
    return found


def _day(cell: str, *, end: bool) -> date:
    """A cell like 2019, 2019-05 or 2019-05-20; what is left out is the first day, or the last with `end`."""
    parts = [int(part) for part in cell.split("-")]
    if len(parts) == 3:
        return date(*parts)
    if len(parts) > 3:
        raise ValueError(cell)
    month = parts[1] if len(parts) == 2 else (12 if end else 1)
    first = date(parts[0], month, 1)
    return (first + timedelta(days=31)).replace(day=1) - timedelta(days=1) if end else first
