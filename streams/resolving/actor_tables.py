"""The actor tables under `streams/lexicon/actors/` as rows."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files


def read_table(name: str) -> Iterator[dict[str, str]]:
    """Rows of `name` by column. The last comment line names the columns; a missing trailing cell is empty.

    Raises ValueError when a row has more cells than there are columns.
    """
    text = (files("streams") / "lexicon" / "actors" / name).read_text(encoding="utf-8")
    columns: list[str] = []
    for number, line in enumerate(text.splitlines(), start=1):
        if line.startswith("#"):
            columns = [cell.strip() for cell in line.lstrip("# ").split("\t")]
        elif line.strip():
            cells = [cell.strip() for cell in line.split("\t")]
            if len(cells) > len(columns):
                raise ValueError(f"{name}:{number}: {len(cells)} cells for {len(columns)} columns")
            yield dict(zip(columns, cells + [""] * (len(columns) - len(cells)), strict=True))


def listed(cell: str) -> tuple[str, ...]:
    """The items of a cell, which `|` separates."""
    return tuple(item.strip() for item in cell.split("|") if item.strip())
