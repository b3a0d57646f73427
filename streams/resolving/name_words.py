"""The word lists that names, dates and amounts are known by: `streams/lexicon/names/`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from streams.extending.additions import NOTHING, Additions
from streams.extending.files import gathered, words_of


@dataclass(frozen=True)
class NameWords:
    """Words by what they tell, and given names; all in lower case."""

    of: dict[str, frozenset[str]]
    given: frozenset[str]

    @cached_property
    def calendar(self) -> frozenset[str]:
        """Months and weekdays."""
        return self.of["month"] | self.of["weekday"]

    @cached_property
    def pointing(self) -> frozenset[str]:
        """What may stand before a unit of time: `last`, `the`, `each`."""
        return self.of["pointing"] | {"the", "a", "an", "each", "every"}

    @cached_property
    def timely(self) -> frozenset[str]:
        """Words that an amount or date may begin with, but for those with a digit."""
        kinds = ("currency-sign", "magnitude", "ordinal", "day", "part-of-day", "unit")
        return self.calendar.union(self.pointing, *(self.of[kind] for kind in kinds))

    @cached_property
    def heads(self) -> frozenset[str]:
        """Words after which a name may go on with `of` and `for`."""
        return self.of["organisation"] | self.of["work-head"]


def load_name_words(additions: Additions = NOTHING) -> NameWords:
    """Reads the lists. Raises `LexiconError` on a row that is wrong."""
    kinds = gathered("names/words", lambda cell: cell.lower().split(), additions)
    return NameWords(kinds, words_of("names/given", additions))
