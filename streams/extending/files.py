"""Our lexicon files as rows, a user's laid over them, and tables that gather words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from importlib.resources import files

from streams.extending.additions import Additions
from streams.extending.in_force import in_force
from streams.extending.rows import LexiconError, Line
from streams.extending.tables import TABLES


def lines_of(table: str, additions: Additions | None = None) -> Iterable[Line]:
    """The rows of one file, with the additions laid over ours; without any given, those in force.

    Raises `LexiconError` for one of ours that has another number of columns.
    """
    return (in_force() if additions is None else additions).over(table, _ours(table))


def gathered(
    table: str, split: Callable[[str], Iterable[str]] = str.split, additions: Additions | None = None
) -> dict[str, frozenset[str]]:
    """A table of two columns: a name, and words; rows of one name add up. A user's row takes words with a `!` out.

    Raises `LexiconError` for a name that we do not have and a word that is not there. A name stays without its words.
    """
    ours = {line.cells[0] for line in _ours(table)}
    sets: dict[str, frozenset[str]] = dict.fromkeys(sorted(ours), frozenset())
    for line in lines_of(table, additions):
        name, words = known_name(line, sets), frozenset(split(line.cells[1]))
        taken = frozenset(word for word in words if line.own and word.startswith("!"))
        if missing := {word[1:] for word in taken} - sets[name]:
            raise LexiconError(f"{line.where}: it removes {', '.join(sorted(missing))}, which {name} does not have")
        sets[name] = (sets[name] | (words - taken)) - {word[1:] for word in taken}
    return sets


def known_name(line: Line, names: Iterable[str]) -> str:
    """The first cell. Raises `LexiconError` unless it is one of the names."""
    if line.cells[0] not in names:
        raise LexiconError(f"{line.where}: no {line.cells[0]!r}; there are {', '.join(sorted(names))}")
    return line.cells[0]


def words_of(table: str, additions: Additions | None = None) -> frozenset[str]:
    """All words of a list of running words, in small letters."""
    return frozenset(line.cells[0].lower() for line in lines_of(table, additions))


def _ours(table: str) -> Iterator[Line]:
    kind = TABLES[table]
    name = table + kind.suffix
    text = files("streams").joinpath("lexicon", name).read_text(encoding="utf-8")
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        where = f"{name} line {number}"
        if kind.form == "words":
            yield from (Line(where, (word,)) for word in line.split())
            continue
        cells = tuple(map(str.strip, line.split(":", 1))) if kind.form == "phrase" else tuple(line.split("\t"))
        if len(cells) != kind.columns:
            raise LexiconError(f"{where}: {len(cells)} columns, expected {kind.columns}")
        yield Line(where, tuple(map(str.strip, cells)) if kind.form == "entry" else cells)
