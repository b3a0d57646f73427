"""Trying a user's lexicon files: everything is read as the coder reads it, and all that is wrong is told at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from streams.coding.coder import Coder
from streams.coding.examples import Example, examples_of, fault, misfire
from streams.coding.frames import Row
from streams.coding.lexicon import load_lexicon
from streams.coding.pipeline import load_word_lists
from streams.extending.additions import EXAMPLES, NOTHING, Additions, read_additions
from streams.extending.rows import LexiconError
from streams.reading.loading import load_tables
from streams.resolving.actors import load_actors
from streams.resolving.gazetteer import load_gazetteer
from streams.resolving.name_words import load_name_words

MOST_FAULTS = 50
"""A file of another kind has a fault in each row: so many are told, then no more."""


_READERS: tuple[Callable[[Additions], object], ...] = (
    load_lexicon,
    load_actors,
    lambda additions: load_gazetteer(additions=additions),
    load_name_words,
    load_tables,
    load_word_lists,
)


@dataclass(frozen=True, slots=True)
class Checked:
    """What a folder holds: the rows that can be read, how many of each table do what, and the faults of the others."""

    additions: Additions
    counts: dict[str, Counter[str]]
    faults: tuple[str, ...]


def check_folder(folder: Path) -> Checked:
    """Read everything; a row that is wrong is told and left out, so that those after it are tried as well."""
    ignored: frozenset[str] = frozenset()
    faults: list[str] = []
    to_read = [*_READERS]
    additions = NOTHING
    while len(faults) < MOST_FAULTS:
        try:
            additions = read_additions(folder, ignored)
            while to_read:
                to_read[0](additions)
                to_read.pop(0)
            break
        except LexiconError as error:
            faults.append(str(error))
            wrong = str(error).partition(": ")[0]
            if not (wrong.startswith(str(folder)) and " line " in wrong):
                break  # no row of the user's that could be left out
            ignored |= {wrong}
    counts = {table: Counter[str](line.act for line in lines) for table, lines in additions.lines.items()}
    return Checked(additions, counts, tuple(sorted(faults, key=place_of)))


def place_of(fault: str) -> tuple[str, int]:
    """File and line of a fault."""
    file, _, line = fault.partition(": ")[0].rpartition(" line ")
    return file, int(line) if line.isdecimal() else 0


def own_examples(additions: Additions) -> list[Example]:
    """The user's examples."""
    return examples_of(Row(line.where, line.cells, own=True) for line in additions.lines.get(EXAMPLES, ()))


def failed_examples(coder: Coder, examples: list[Example]) -> Iterator[str]:
    """What is wrong with each example whose sentence does not code, or whose near miss does; `-` is no near miss."""
    for example in examples:
        if wrong := fault(coder, example):
            yield f"{example.where}: {example.sentence!r}: {wrong}"
        if example.near_miss != "-" and (wrong := misfire(coder, example)):
            yield f"{example.where}: {example.near_miss!r}: {wrong}"
