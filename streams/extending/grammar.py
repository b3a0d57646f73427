"""Small lists of grammar words, `streams/lexicon/grammar/words.tsv`, as sets that modules hold as their constants.

Such a set is asked for with almost each word of a text, so it is a plain set; when other additions come into force,
the same set is filled anew.
"""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from functools import cache

from streams.extending.files import gathered
from streams.extending.in_force import filled_with_lexicon, forgotten_with_lexicon

TABLE = "grammar/words"


@forgotten_with_lexicon
@cache
def _words() -> dict[str, frozenset[str]]:
    return gathered(TABLE, lambda cell: cell.lower().split())


def grammar(name: str) -> AbstractSet[str]:
    """The words of this name. Raises `KeyError` for a name that the table does not have."""
    found = set(_words()[name])

    def fill() -> None:
        words = _words()[name]
        found.clear()
        found.update(words)

    filled_with_lexicon(fill)
    return found
