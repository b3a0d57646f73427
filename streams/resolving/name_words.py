"""The word lists that names, dates and amounts are known by: `streams/lexicon/names/`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files


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


def load_name_words() -> NameWords:
    """Reads the lists. Raises `ValueError` on a line without a tab."""
    folder = files("streams") / "lexicon" / "names"
    kinds: dict[str, frozenset[str]] = {}
    for line in _lines((folder / "words.tsv").read_text(encoding="utf-8")):
        kind, words = line.split("\t")
        kinds[kind] = kinds.get(kind, frozenset()) | frozenset(words.split())
    given = (word for line in _lines((folder / "given.txt").read_text(encoding="utf-8")) for word in line.split())
    return NameWords(kinds, frozenset(given))


def _lines(text: str) -> list[str]:
    return [line for line in text.splitlines() if line and not line.startswith("#")]
