"""The word lists that names, dates and amounts are known by: `streams/lexicon/names/`."""

from __future__ import annotations

from dataclasses import dataclass

from streams.extending.additions import NOTHING, Additions
from streams.extending.files import gathered, words_of


@dataclass(frozen=True, slots=True)
class NameWords:
    """Words by what they tell, and given names; all in lower case."""

    of: dict[str, frozenset[str]]
    given: frozenset[str]


def load_name_words(additions: Additions = NOTHING) -> NameWords:
    """Reads the lists. Raises `LexiconError` on a row that is wrong."""
    kinds = gathered("names/words", lambda cell: cell.lower().split(), additions)
    return NameWords(kinds, words_of("names/given", additions))
