"""Which lexicon tables a user may extend, and what makes a row of his the same as one of ours."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import Literal

from streams.resolving.toponyms import fold

FIELDS = ("armed", "order", "speech", "ties")
"""Fields of news, each a folder of frames; of equal frames that fit, the first field's is taken."""

Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """The columns of a table and, among them, the `key` that tells its rows apart.

    With `gathers` rows of one key add up, so that no row replaces another. With `alternatives` the first cell is
    several rows in one, separated by `|`. With `exact` each row has all columns, else missing last ones are empty.
    `form` tells how a line is written: columns with tabs between them, `MODE: PHRASE`, one entry, or some words.
    """

    columns: int
    key: tuple[int, ...] = (0,)
    gathers: bool = False
    alternatives: bool = False
    exact: bool = False
    form: Literal["columns", "phrase", "entry", "words"] = "columns"

    @property
    def suffix(self) -> str:
        """How the name of its file ends."""
        return ".tsv" if self.form == "columns" else ".txt"

    def words(self, cells: Sequence[str]) -> list[str]:
        """The first cell, or each of its alternatives."""
        return list(dict.fromkeys(cells[0].split("|"))) if self.alternatives else [cells[0]]

    def key_of(self, word: str, cells: Sequence[str]) -> Key:
        """What tells the row apart, for one word of its first cell; as far as there are cells."""
        return (fold(word.replace("_", " ")), *(cells[at].casefold() for at in self.key[1:] if at < len(cells)))


def _lists(folder: str) -> list[str]:
    """The names of the lists that lie in one of our folders."""
    found = files("streams").joinpath("lexicon", folder).iterdir()
    return sorted(file.name.removesuffix(".txt") for file in found if file.name.endswith(".txt"))


_WORDS = Table(2, gathers=True, exact=True)
_ENTRY = Table(1, gathers=True, form="entry")
_RUNNING = Table(1, gathers=True, form="words")
_PAIR = Table(2, key=(0, 1), exact=True)
_PLACES = Table(7, key=(0, 1))
REASONS = tuple(_lists("boilerplate"))
"""Why a line is no part of the article: each a list of phrases."""
MINOR = ("waters", "islands", "uplands", "areas", "facilities", "towns", "airports", "counties")
"""Tables of places that are little known: columns as in regions.tsv."""

TABLES = {
    "predicates/verbs": Table(10, key=(0, 1, 2, 3, 4), alternatives=True, exact=True),
    "predicates/nouns": Table(8, key=(0, 3, 4), alternatives=True, exact=True),
    "predicates/modes": Table(3, key=(0, 1), gathers=True, exact=True),
    "predicates/numbers": Table(3, exact=True),
    **{f"predicates/{name}": _WORDS for name in ("classes", "light", "governors", "harm")},
    "actors/countries": Table(8),
    "actors/organisations": Table(6),
    "actors/persons": Table(8),
    "actors/organisation_words": Table(3),
    "actors/roles": Table(6),
    "actors/sectors": Table(2),
    "actors/shy_words": Table(2),
    "actors/words": _WORDS,
    "places/countries": Table(9),
    "places/admin1": Table(7, key=(0, 1)),
    **{f"places/{name}": _PLACES for name in ("regions", *MINOR)},
    "places/alternates": Table(4),
    "places/demonyms": Table(2),
    "places/stoplist": Table(2),
    "places/cues": Table(2, gathers=True),
    "grammar/words": _WORDS,
    "names/words": _WORDS,
    "names/given": _RUNNING,
    "parsing/abbreviations": _RUNNING,
    **{f"boilerplate/{name}": Table(2, key=(0, 1), exact=True, form="phrase") for name in REASONS},
    **{f"boilerplate/words/{name}": _ENTRY for name in _lists("boilerplate/words")},
    "pages/containers": _PAIR,
    "pages/dates": _PAIR,
    "dates/words": Table(3, key=(0, 1), exact=True),
    "dates/expressions": _PAIR,
    "dates/anchors": Table(4, key=(0, 1, 3), exact=True),
    "dates/event_nouns": _WORDS,
    "dates/chrome": _PAIR,
}
"""By the file's path without its ending; frames and their words may also stand in a field's folder."""
