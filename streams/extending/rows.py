"""Rows of lexicon tables, ours and a user's, and the error that says which one is wrong."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple


class LexiconError(ValueError):
    """A row of a lexicon file is wrong; the message begins with its file and line."""


class Line(NamedTuple):
    """A row of a table. `own` is a user's."""

    where: str
    cells: tuple[str, ...]
    own: bool = False


@dataclass(frozen=True, slots=True)
class OwnLine:
    """A row of a user's: it adds, or replaces ours of its key; it stands `beside` ours; or it removes ours."""

    where: str
    cells: tuple[str, ...]
    act: Literal["add", "beside", "remove"]

    @property
    def line(self) -> Line:
        """The row to be read with ours."""
        return Line(self.where, self.cells, own=True)
