"""The phrase lexicon of boilerplate: `streams/lexicon/boilerplate/*.txt`, one file for each reason.

A line of such a file is `MODE: PHRASE`, written in lower case with plain quotes. Modes: `is` (the whole line, but for
signs at its ends), `starts`, `ends`, `has` (anywhere), and `section` (the line heads a list of teasers that goes with
it). `#` starts a comment line.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from streams.reading.folding import bare, fold

_PREFIX = 16
"""In so many characters a hyphen is like a blank: `READ-MORE:` is `read more:`."""


@dataclass(frozen=True, slots=True)
class Phrases:
    """The lexicon, indexed so that a line costs the same however many phrases there are."""

    whole: Mapping[str, str]
    """Phrase to reason."""
    sections: Mapping[str, str]
    starts: Mapping[str, tuple[tuple[str, str], ...]]
    """First word to (phrase, reason)."""
    ends: Mapping[str, tuple[tuple[str, str], ...]]
    """Last word to (phrase, reason)."""
    inside: Mapping[str, tuple[tuple[str, str], ...]]
    """First word to (phrase, reason)."""

    def reason(self, line: str) -> str | None:
        """Why `line` (one that is not long) is no part of the article, or None."""
        whole = fold(line)
        folded = bare(whole)
        if not folded:
            return None
        opening = whole[whole.index(folded) :]
        opening = opening[:_PREFIX].replace("-", " ") + opening[_PREFIX:]
        words = folded.split()
        first = _word(opening.split(maxsplit=1)[0])
        return (
            self.whole.get(folded)
            or self.sections.get(folded)
            or _first(self.starts, (first,), lambda phrase: _starts(opening, phrase))
            or _first(self.ends, (_word(words[-1]),), lambda phrase: _starts(folded[::-1], phrase[::-1]))
            or _first(self.inside, {_word(word) for word in words}, lambda phrase: phrase in folded)
        )

    def heads_section(self, line: str) -> str | None:
        """The reason when `line` heads a list of teasers."""
        return self.sections.get(bare(fold(line)))


def _word(word: str) -> str:
    return bare(word) or word


def _starts(folded: str, phrase: str) -> bool:
    following = folded[len(phrase) : len(phrase) + 1]
    return folded.startswith(phrase) and not (phrase[-1].isalnum() and following.isalnum())


def _first(
    index: Mapping[str, tuple[tuple[str, str], ...]], words: Collection[str], fits: Callable[[str], bool]
) -> str | None:
    return next((reason for word in words for phrase, reason in index.get(word, ()) if fits(phrase)), None)


def _rules(folder: Traversable) -> Iterator[tuple[str, str, str]]:
    for file in sorted(folder.iterdir(), key=lambda found: found.name):
        if not file.name.endswith(".txt"):
            continue
        for line in file.read_text(encoding="utf-8").splitlines():
            if line.strip() and not line.startswith("#"):
                mode, _, phrase = line.partition(":")
                folded = fold(phrase)
                opening = folded[:_PREFIX].replace("-", " ") + folded[_PREFIX:]
                yield mode.strip(), opening if mode == "starts" else bare(folded), file.name.removesuffix(".txt")


def _indexed(rules: list[tuple[str, str, str]], mode: str, at: int) -> dict[str, tuple[tuple[str, str], ...]]:
    index: dict[str, list[tuple[str, str]]] = {}
    for found, phrase, reason in rules:
        if found == mode:
            index.setdefault(_word(phrase.split()[at]), []).append((phrase, reason))
    return {word: tuple(phrases) for word, phrases in index.items()}


@cache
def phrases() -> Phrases:
    """The lexicon that comes with the package."""
    rules = list(_rules(files("streams") / "lexicon" / "boilerplate"))
    return Phrases(
        whole={phrase: reason for mode, phrase, reason in rules if mode == "is"},
        sections={phrase: reason for mode, phrase, reason in rules if mode == "section"},
        starts=_indexed(rules, "starts", 0),
        ends=_indexed(rules, "ends", -1),
        inside=_indexed(rules, "has", 0),
    )


@cache
def words(name: str) -> frozenset[str]:
    """The word list `streams/lexicon/boilerplate/words/NAME.txt`: one word a line, as it is written."""
    file = files("streams") / "lexicon" / "boilerplate" / "words" / f"{name}.txt"
    lines = file.read_text(encoding="utf-8").splitlines()
    return frozenset(line.strip() for line in lines if line.strip() and not line.startswith("#"))
