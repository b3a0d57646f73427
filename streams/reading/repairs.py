"""Characters put right: broken encodings, odd blanks, characters without a picture."""

from __future__ import annotations

import re
from collections.abc import Iterator

import ftfy
from ftfy.badness import is_bad

from streams.reading.folding import INVISIBLE
from streams.reading.mapped import Edit, Mapped
from streams.remembering import ByLine

_ODD = rf"[\s{INVISIBLE}\x00-\x1f\x7f-\x9f\ud800-\udfff]"
_BLANKS = re.compile(rf"(?! (?!{_ODD})){_ODD}+")
"""All that is not one plain blank between words."""
_HARMLESS = re.compile(r"[\x00-\x7f‘’“”–—…]*")
"""A text of nothing but these is not badly encoded."""
_TOKEN = re.compile(r"[^ \n]+")
_LOST_QUOTE = re.compile(r"â€(?=[\s.,;:!?)]|$)")
"""A closing quote in a broken encoding that has lost its last byte, which no character stands for."""

_LONGEST_TOKEN = 200


def characters(text: Mapped) -> Mapped:
    """`text` with its encoding repaired where that is safe, single blanks, and nothing invisible."""
    for edits in _repairs(text.text):
        text = text.edited(edits)
    return text.stripped()


@ByLine
def _repairs(text: str) -> tuple[tuple[Edit, ...], ...]:
    """The edits that put the characters of a text right, one set after the other; nothing where none is needed."""
    steps = []
    if not _HARMLESS.fullmatch(text) and is_bad(text):
        here = Mapped(text, range(len(text))).edited(encoding := tuple(_encoding(text)))
        quotes = tuple(Edit(lost.start(), lost.end(), "”") for lost in _LOST_QUOTE.finditer(here.text))
        steps += [encoding, quotes]
        text = here.edited(quotes).text
    steps.append(tuple(_blanks(text)))
    return tuple(edits for edits in steps if edits)


def _encoding(text: str) -> Iterator[Edit]:
    """Words that were decoded wrongly (`donâ€™t`). A word is changed only if it is bad and gets shorter by it."""
    for token in _TOKEN.finditer(text):
        bad = token[0]
        if len(bad) > _LONGEST_TOKEN or not is_bad(bad):
            continue
        good = ftfy.fix_encoding(bad)
        if len(good) >= len(bad) or "\ufffd" in good or not good.strip() or is_bad(good):
            continue
        left = 0
        while left < len(good) and good[left] == bad[left]:
            left += 1
        right = 0
        while right < len(good) - left and good[-1 - right] == bad[-1 - right]:
            right += 1
        yield Edit(token.start() + left, token.end() - right, good[left : len(good) - right])


def _blanks(text: str) -> Iterator[Edit]:
    for odd in _BLANKS.finditer(text):
        new = " " if any(character.isspace() for character in odd[0]) else ""
        if odd[0] != new:
            yield Edit(odd.start(), odd.end(), new)
