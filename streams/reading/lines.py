"""The raw text as lines, each with its place."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from streams.reading.folding import INVISIBLE
from streams.reading.mapped import Mapped
from streams.records import ParagraphKind


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the text: one paragraph, or a piece of one until the pieces are joined."""

    text: Mapped
    block: int
    """Number of the run of lines, without an empty one between, in which it stands."""
    kind: ParagraphKind | None = None
    """What it is, once a rule knows."""


def split(text: str) -> Iterator[Line]:
    """The lines of `text` that show anything, without the blanks around them."""
    start = 0
    block = 0
    for raw in text.splitlines(keepends=True):
        left, right = _shown(raw)
        if left < right:
            yield Line(Mapped(raw[left:right], range(start + left, start + right)), block)
        else:
            block += 1
        start += len(raw)


def _shown(raw: str) -> tuple[int, int]:
    left, right = 0, len(raw)
    while left < right and hidden(raw[left]):
        left += 1
    while right > left and hidden(raw[right - 1]):
        right -= 1
    return left, right


def hidden(character: str) -> bool:
    """True for blanks, control characters and characters without a picture."""
    return character.isspace() or character in INVISIBLE or unicodedata.category(character) in {"Cc", "Cs", "Co", "Cn"}
