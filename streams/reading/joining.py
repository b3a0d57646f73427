"""A sentence that a page broke over two lines or paragraphs becomes one again."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import replace

from streams.reading.forms import CLOCK
from streams.reading.lines import Line
from streams.reading.mapped import joined
from streams.reading.phrases import words

_WRAP = range(40, 101)
"""Widths (characters) to which text is commonly wrapped."""

_ITEM = re.compile(r"[-•*–—]\s|\d{1,2}[.)]\s")
_DATELINE = re.compile(r"[A-Z][A-Z .'-]{2,40}\b[^.!?]{0,60}[-–—]$")


def rejoin(lines: Sequence[Line]) -> list[Line]:
    """The lines, those that belong together joined with one blank (or none after a parted word)."""
    groups: list[list[Line]] = []
    wrapped = _wrapped_blocks(lines)
    for line in lines:
        if groups and _goes_on(groups[-1][-1], line, wrapped=line.block in wrapped):
            groups[-1].append(line)
        else:
            groups.append([line])
    return [_one(group) for group in groups]


def _one(group: list[Line]) -> Line:
    if len(group) == 1:
        return group[0]
    parts = [line.text for line in group]
    glue: list[str] = []
    for i, (part, following) in enumerate(itertools.pairwise(parts)):
        parted = re.search(r"[a-z]{2}[-\u2010]$", part.text) and following.text[:1].islower()
        if parted:
            parts[i] = part.cut(0, len(part.text) - 1)
        glue.append("" if parted else " ")
    return replace(group[0], text=joined(parts, glue))


def _goes_on(before: Line, after: Line, *, wrapped: bool) -> bool:
    first, second = before.text.text, after.text.text
    if before.kind != after.kind or _ITEM.match(second) or CLOCK.fullmatch(second) or CLOCK.fullmatch(first):
        return False
    if wrapped and before.block == after.block:
        return True
    if _DATELINE.match(first) and second[:1].isupper():
        return True
    if len(first) < (10 if before.block == after.block else 20) or first[-1] in ".!?:;…\"”’')]»":
        return False
    if second[0].islower():
        return True
    # Over an empty line only a long line goes on: a short one is a heading, and these may end in such a word.
    return _last_word(first) in words("unfinished") and (before.block == after.block or len(first) > 60)


def _last_word(text: str) -> str:
    return text[-30:].rsplit(maxsplit=1)[-1]


def _wrapped_blocks(lines: Sequence[Line]) -> frozenset[int]:
    """Numbers of the blocks whose lines were cut at a width: at least three, all but the last about equally long."""
    blocks: dict[int, list[Line]] = {}
    for line in lines:
        blocks.setdefault(line.block, []).append(line)
    return frozenset(number for number, block in blocks.items() if _is_wrapped(block))


def _is_wrapped(block: Sequence[Line]) -> bool:
    if len(block) < 3 or any(_ITEM.match(line.text.text) for line in block):
        return False
    widths = [len(line.text.text) for line in block[:-1]]
    running = sum(line.text.text[0].islower() for line in block[1:])
    return max(widths) in _WRAP and min(widths) >= max(widths) - 20 and running >= 1
