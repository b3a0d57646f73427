"""Reading a user's folder of lexicon files. A wrong row is a `LexiconError` that names the file and line."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Literal

from streams.extending.merge import merged
from streams.extending.rows import LexiconError, Line, OwnLine
from streams.extending.tables import FIELDS, TABLES

DEFAULT_FOLDER = Path("config/lexicon")
EXAMPLES = "predicates/examples"
EXAMPLE_COLUMNS = 7
_ACTS: Mapping[str, Literal["add", "remove", "beside"]] = {"!": "remove", "+": "beside"}


@dataclass(frozen=True)
class Additions:
    """What a user's files say, by table. Two that say the same are equal: `digest` is a hash of the files."""

    digest: str = ""
    lines: Mapping[str, tuple[OwnLine, ...]] = field(default_factory=dict, compare=False)

    def over(
        self, table: str, ours: Iterable[Line], removed_elsewhere: Callable[[OwnLine], bool] | None = None
    ) -> Iterable[Line]:
        """Our rows of the table with the user's laid over them.

        Raises `LexiconError` for a row that takes away what is not there, unless `removed_elsewhere` knows it.
        """
        mine = self.lines.get(table)
        return merged(TABLES[table], ours, mine, removed_elsewhere) if mine else ours


NOTHING = Additions()
"""No files of a user's."""


def read_additions(folder: Path, ignored: frozenset[str] = frozenset()) -> Additions:
    """The files of a folder, without the rows at the places that are `ignored`; a missing default folder is empty.

    Raises `LexiconError` for a folder that is missing, a file that no lexicon is called like, and a row that is wrong.
    """
    if not folder.is_dir():
        if folder == DEFAULT_FOLDER and not folder.exists():
            return NOTHING
        raise LexiconError(f"{folder} is no folder (setting lexicon_folder)")
    lines: dict[str, tuple[OwnLine, ...]] = {}
    digest = hashlib.sha256(repr(sorted(ignored)).encode())
    for file in sorted(file for file in folder.rglob("*") if file.is_file()):
        inside = file.relative_to(folder)
        if _is_no_lexicon(inside):
            continue
        table = _table_of(inside, file)
        lines[table] = (*lines.get(table, ()), *_lines(file, table, ignored))
        if table != EXAMPLES:
            content = file.read_bytes()
            digest.update(f"{inside.as_posix()} {len(content)}\n".encode() + content)
    return Additions(digest.hexdigest(), lines) if any(table != EXAMPLES for table in lines) else Additions("", lines)


def _is_no_lexicon(inside: Path) -> bool:
    """Whether the file only lies there: notes, hidden files, an editor's back-ups."""
    return inside.suffix == ".md" or inside.name.endswith("~") or any(part.startswith(".") for part in inside.parts)


def _table_of(inside: Path, file: Path) -> str:
    parts = inside.with_suffix("").parts
    if len(parts) == 3 and parts[0] == "predicates" and parts[1] in FIELDS:
        parts = (parts[0], parts[2])
    table = "/".join(parts)
    if inside.suffix == (TABLES[table].suffix if table in TABLES else ".tsv" if table == EXAMPLES else ""):
        return table
    raise LexiconError(f"{file}: no lexicon that you can extend is called so; docs/lexicons.md lists them")


def _lines(file: Path, table: str, ignored: frozenset[str]) -> Iterator[OwnLine]:
    try:
        text = file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise LexiconError(f"{file}: it is not UTF-8: {error}") from error
    for number, line in enumerate(text.split("\n"), start=1):
        where = f"{file} line {number}"
        if line.strip() and not line.startswith("#") and where not in ignored:
            words = line.split() if table in TABLES and TABLES[table].form == "words" else [line.rstrip("\r")]
            yield from (_line(where, one, table) for one in words)


def _line(where: str, text: str, table: str) -> OwnLine:
    phrase = table in TABLES and TABLES[table].form == "phrase"
    first, *rest = (cell.strip() for cell in text.split(":" if phrase else "\t", 1 if phrase else -1))
    act = _ACTS.get(first[:1], "add")
    cells = (first.lstrip("!+").strip(), *rest)
    told = partial(_told, where)
    if table == EXAMPLES:
        columns, exact = EXAMPLE_COLUMNS, True
    else:
        columns, exact = TABLES[table].columns, TABLES[table].exact and act != "remove"
    if not cells[0]:
        raise told("the first column is empty")
    if phrase and (len(cells) < columns or not cells[1]):
        raise told("expected a mode, a colon and a phrase")
    if len(cells) > columns or (exact and len(cells) < columns):
        raise told(f"{len(cells)} columns, expected {columns}, with a tab between them")
    if act == "remove":
        return OwnLine(where, tuple("\t".join(cells).rstrip("\t").split("\t")), act)
    return OwnLine(where, (*cells, *[""] * (columns - len(cells))), act)


def _told(where: str, what: str) -> LexiconError:
    return LexiconError(f"{where}: {what}")
