"""The phrase lexicon of boilerplate: `streams/lexicon/boilerplate/*.txt`, one file for each reason.

A line of such a file is `MODE: PHRASE`, written in lower case with plain quotes. Modes: `is` (the whole line, but for
signs at its ends), `starts`, `ends`, `has` (anywhere), and `section` (the line heads a list of teasers that goes with
it). `#` starts a comment line.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from streams.extending.files import lines_of
from streams.extending.in_force import forgotten_with_lexicon
from streams.extending.rows import LexiconError, Line
from streams.extending.tables import REASONS
from streams.reading.folding import bare, fold

_PREFIX = 16
"""In so many characters a hyphen is like a blank: `READ-MORE:` is `read more:`."""
_MODES = ("is", "starts", "ends", "has", "section")
Rule = tuple[str, str, str]
"""Mode, phrase and reason."""


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


def _lines() -> Iterator[tuple[Line, str]]:
    for reason in REASONS:
        for line in lines_of(f"boilerplate/{reason}"):
            yield line, reason


def _rule(line: Line, reason: str) -> Rule:
    mode, phrase = line.cells
    if mode not in _MODES:
        raise LexiconError(f"{line.where}: {mode!r} is no mode; there are {', '.join(_MODES)}")
    folded = fold(phrase)
    if not bare(folded):
        raise LexiconError(f"{line.where}: the phrase has no letter and no digit")
    opening = folded[:_PREFIX].replace("-", " ") + folded[_PREFIX:]
    return mode, opening if mode == "starts" else bare(folded), reason


def _indexed(rules: list[Rule], mode: str, at: int) -> dict[str, tuple[tuple[str, str], ...]]:
    index: dict[str, list[tuple[str, str]]] = {}
    for found, phrase, reason in rules:
        if found == mode:
            index.setdefault(_word(phrase.split()[at]), []).append((phrase, reason))
    return {word: tuple(phrases) for word, phrases in index.items()}


@forgotten_with_lexicon
@cache
def phrases() -> Phrases:
    """The lexicon that comes with the package, and the user's: where two phrases fit, his reason is taken.

    Raises `LexiconError` for a row that is wrong.
    """
    lines = list(_lines())
    own = [_rule(line, reason) for line, reason in lines if line.own]
    ours = [_rule(line, reason) for line, reason in lines if not line.own]
    rules = own + ours
    return Phrases(
        whole={phrase: reason for mode, phrase, reason in ours + own if mode == "is"},
        sections={phrase: reason for mode, phrase, reason in ours + own if mode == "section"},
        starts=_indexed(rules, "starts", 0),
        ends=_indexed(rules, "ends", -1),
        inside=_indexed(rules, "has", 0),
    )


@forgotten_with_lexicon
@cache
def words(name: str) -> frozenset[str]:
    """The word list `streams/lexicon/boilerplate/words/NAME.txt`: one word a line, as it is written.

    Raises `LexiconError` for a word of the user's that could never be found, as ours are all in small letters or of one
    word.
    """
    lines = list(lines_of(f"boilerplate/words/{name}"))
    ours = [line.cells[0] for line in lines if not line.own]
    small, single = all(word == word.lower() for word in ours), not any(" " in word for word in ours)
    for line in (line for line in lines if line.own):
        if small and line.cells[0] != line.cells[0].lower():
            raise LexiconError(f"{line.where}: the words of this list are in small letters")
        if single and " " in line.cells[0]:
            raise LexiconError(f"{line.where}: the entries of this list are single words")
    return frozenset(line.cells[0] for line in lines)
