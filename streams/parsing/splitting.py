"""Sentences of a paragraph, from its words alone: a sentence is parsed, and remembered, by itself."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from streams.extending.files import words_of
from streams.extending.grammar import grammar
from streams.extending.in_force import forgotten_with_lexicon
from streams.parsing.forms import Form

LONGEST = 220
"""Words of a sentence; a longer one is a list or a table, and is cut."""
_ENDS = frozenset({".", "!", "?", "…", "...", "?!", "!!", "!?", "....", "??"})
_CLOSING = frozenset({'"', "”", "’", "''", ")", "]", "»", "'"})
_OPENING = frozenset({'"', "“", "‘", "``", "(", "[", "«", "'", "-", "–", "—", "•"})
_STARTERS = grammar("splitting.starters")
"""After an abbreviation that may end a sentence (`U.S.`, `p.m.`, `Inc.`) these begin one."""


@forgotten_with_lexicon
@cache
def abbreviations() -> frozenset[str]:
    """Words whose full stop ends no sentence."""
    return frozenset(word.removesuffix(".") for word in words_of("parsing/abbreviations"))


def sentence_starts(words: Sequence[tuple[Form, bool]]) -> list[int]:
    """The numbers of the words that begin sentences; the first word always does."""
    starts = [0] if words else []
    at = 0
    while at < len(words):
        text = words[at][0].text
        if text[-1] in ".!?…" and (end := _end(words, at)) is not None:
            at = end
            starts.append(at)
        elif at - starts[-1] >= LONGEST:
            starts.append(at)
            at += 1
        else:
            at += 1
    return starts


def _end(words: Sequence[tuple[Form, bool]], at: int) -> int | None:
    """The first word of the next sentence, if the mark or abbreviation here ends this one."""
    form, spaced = words[at]
    after = at + 1
    while after < len(words) and not spaced and words[after][0].text in _CLOSING:
        spaced = words[after][1]
        after += 1
    if after >= len(words) or not spaced:
        return None
    following = words[after][0]
    if following.text in _OPENING and after + 1 < len(words):
        following = words[after + 1][0]
    begins = following.text[0].isupper() or following.text[0].isdigit()
    if not begins:
        return None
    if form.text in _ENDS:
        return None if form.text == "." and _abbreviated(words, at) else after
    if len(form.text) <= 2 or form.lower[:-1] in abbreviations():  # an initial, a title
        return None
    return after if following.lower in _STARTERS and following.text[0].isupper() else None


def _abbreviated(words: Sequence[tuple[Form, bool]], at: int) -> bool:
    """Whether the full stop belongs to the word before it."""
    if at == 0 or words[at - 1][1]:
        return False
    before = words[at - 1][0]
    return before.lower in abbreviations() or (len(before.text) == 1 and before.text.isupper())
