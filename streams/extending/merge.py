"""Laying a user's rows of one table over ours."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from streams.extending.rows import LexiconError, Line, OwnLine
from streams.extending.tables import Key, Table


def merged(
    table: Table,
    ours: Iterable[Line],
    mine: Sequence[OwnLine],
    removed_elsewhere: Callable[[OwnLine], bool] | None = None,
) -> list[Line]:
    """Our rows and the user's: new ones before ours, so that they win where order decides.

    A row that replaces takes the place of what it replaces; rows that add up, or are marked to stand beside ours,
    come after. Raises `LexiconError` for a row that removes nothing, unless `removed_elsewhere` knows what it removes.
    """
    over = _Over(table, mine)
    kept = [line for one in ours for line in over.laid_over(one)]
    for line in over.unused:
        if removed_elsewhere is None or not removed_elsewhere(line):
            raise LexiconError(f"{line.where}: it removes nothing: we have no such row of {'  '.join(line.cells)!r}")
    new = [line.line for line in mine if line.act == "add" and line.where not in over.placed]
    beside = [line.line for line in mine if line.act == "beside"]
    return [*kept, *new, *beside] if table.gathers else [*new, *kept, *beside]


class _Over:
    """A user's rows by what they do to ours, and which of them have done it."""

    def __init__(self, table: Table, mine: Sequence[OwnLine]) -> None:
        self._table = table
        self._replacing: dict[Key, list[OwnLine]] = {}
        self._removing: dict[str, list[tuple[Key, OwnLine]]] = {}
        self.placed: set[str] = set()
        self._used: set[OwnLine] = set()
        for line in mine:
            for word in table.words(line.cells):
                key = table.key_of(word, line.cells)
                if line.act == "remove":
                    self._removing.setdefault(key[0], []).append((key, line))
                elif line.act == "add" and not table.gathers:
                    self._replacing.setdefault(key, []).append(line)

    @property
    def unused(self) -> list[OwnLine]:
        """The rows that were to remove something of ours and found nothing."""
        lines = [line for group in self._removing.values() for _, line in group]
        return [line for line in lines if line not in self._used]

    def laid_over(self, line: Line) -> list[Line]:
        """What stands in the place of our row: itself, what is left of it, the user's, or nothing."""
        words = self._table.words(line.cells)
        left: list[str] = []
        put: list[Line] = []
        for word in words:
            key = self._table.key_of(word, line.cells)
            replaced, removed = self._replacing.get(key, ()), self._removed(key)
            put += [one.line for one in replaced if one.where not in self.placed]
            self.placed |= {one.where for one in replaced}
            if not replaced and not removed:
                left.append(word)
        if len(left) == len(words):
            return [line]
        return [*put, Line(line.where, ("|".join(left), *line.cells[1:]))] if left else put

    def _removed(self, key: Key) -> bool:
        """Whether a row of the user's removes what has this key; of a shorter one, its first parts decide."""
        found = [line for wanted, line in self._removing.get(key[0], ()) if wanted == key[: len(wanted)]]
        self._used.update(found)
        return bool(found)
