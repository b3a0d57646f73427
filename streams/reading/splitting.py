"""Paragraphs of a length that a parser can take: some pages come as one line of hundreds of thousands of characters."""

from __future__ import annotations

import re

from streams.reading.mapped import Mapped

LONGEST = 2500
"""Characters of a paragraph; a longer one is split, where a sentence ends if it can be."""

_SENTENCE_END = re.compile(r"[.!?][\"'”’)]{0,2}\s")


def pieces(text: Mapped) -> list[Mapped]:
    """The text in pieces of at most `LONGEST` characters, blanks at their ends left out."""
    if len(text.text) <= LONGEST:
        whole = text.stripped()
        return [whole] if whole.text else []
    found: list[Mapped] = []
    start = 0
    while start < len(text.text):
        end = _cut(text.text, start)
        piece = text.cut(start, end).stripped()
        if piece.text:
            found.append(piece)
        start = end
    return found


def _cut(text: str, start: int) -> int:
    """Where the piece that begins at `start` ends."""
    if len(text) - start <= LONGEST:
        return len(text)
    window = text[start : start + LONGEST]
    ends = [match.end() for match in _SENTENCE_END.finditer(window, LONGEST // 2)]
    if ends:
        return start + ends[-1]
    blank = window.rfind(" ", 1)
    return start + (blank if blank > 0 else LONGEST)
