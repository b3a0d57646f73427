"""Which lexicon tables a user may extend, and what makes a row of his the same as one of ours."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from streams.resolving.toponyms import fold

FIELDS = ("armed", "order", "speech", "ties")
"""Fields of news, each a folder of frames; of equal frames that fit, the first field's is taken."""

Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """The columns of a table and, among them, the `key` that tells its rows apart.

    With `gathers` rows of one key add up, so that no row replaces another. With `alternatives` the first cell is
    several rows in one, separated by `|`. With `exact` each row has all columns, else missing last ones are empty.
    """

    columns: int
    key: tuple[int, ...] = (0,)
    gathers: bool = False
    alternatives: bool = False
    exact: bool = False

    def words(self, cells: Sequence[str]) -> list[str]:
        """The first cell, or each of its alternatives."""
        return list(dict.fromkeys(cells[0].split("|"))) if self.alternatives else [cells[0]]

    def key_of(self, word: str, cells: Sequence[str]) -> Key:
        """What tells the row apart, for one word of its first cell; as far as there are cells."""
        return (fold(word.replace("_", " ")), *(cells[at].casefold() for at in self.key[1:] if at < len(cells)))


_WORDS = Table(2, gathers=True, exact=True)
_PLACES = Table(7, key=(0, 1))
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
    "places/countries": Table(9),
    "places/admin1": Table(7, key=(0, 1)),
    **{f"places/{name}": _PLACES for name in ("regions", *MINOR)},
    "places/alternates": Table(4),
    "places/demonyms": Table(2),
    "places/stoplist": Table(2),
    "places/cues": Table(2, gathers=True),
}
"""By the file's path without `.tsv`; frames and their words may also stand in a field's folder."""
