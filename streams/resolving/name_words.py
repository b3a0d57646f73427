"""The word lists that names, dates and amounts are known by: `streams/lexicon/names/`."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class NameWords:
    """Words by what they tell, and given names; all in lower case."""

    of: dict[str, frozenset[str]]
    given: frozenset[str]


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
