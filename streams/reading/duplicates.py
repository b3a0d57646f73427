"""Captions and paragraphs that a page gives twice: the first complete one stays."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from streams.reading.folding import words_only
from streams.reading.kinds import QUOTED_FROM
from streams.reading.lines import Line
from streams.reading.mapped import Edit, Mapped
from streams.reading.repairs import characters
from streams.records import Removed
from streams.remembering import ByLine

_NEAR = 3
"""So many kept lines back a part of a line counts as its repetition; a short line only right under its like."""

_LEAST = 22
"""Characters of the compared form from which a repetition counts wherever it stands."""

_APART = re.compile(r"[“\"«‘][^“”\"«»]{20,400}[”\"»’]?")
_SENTENCE = re.compile(r"[^.!?]{20,400}[.!?](?=\s|$)")


@dataclass(slots=True)
class _Kept:
    """A line that stays, its compared form, and whether it was found again beside itself."""

    line: Line
    raw: Line
    """The line with what was cut out of it again."""
    cuts: tuple[Removed, ...]
    key: str
    first: bool
    """It is the first line of the article, its headline."""


def once(lines: Sequence[Line]) -> tuple[list[Line], list[Removed]]:
    """The lines without repetitions, which are removed with the reason `duplicate`."""
    removed: list[Removed] = []
    kept: list[_Kept] = []
    seen: dict[str, _Kept] = {}
    for raw in lines:
        line, cuts = _once_inside(raw)
        # The line under a quotation that names its speaker says something new each time.
        key = "" if QUOTED_FROM.match(line.text.text) else _key(line.text.text)
        new = _Kept(line, raw, cuts, key, first=not kept)
        near = _near(new, kept[-_NEAR:] if len(new.key) >= _LEAST else kept[-1:])
        other = near or (seen.get(new.key) if len(new.key) >= _LEAST else None)
        if other is None:
            kept.append(new)
            seen.setdefault(new.key, new)
            continue
        worse = new
        if near is not None and _more_complete(new.key, near.key):
            worse = near
            _drop(kept, near)
            kept.append(new)
            seen[new.key] = other = new
        if near is not None and not near.first and other.line.kind is None:
            # What stands twice side by side is the text of a photo, except the headline.
            other.line = replace(other.line, kind="caption")
        removed.append(Removed(worse.raw.text.start, worse.raw.text.end, "duplicate"))
    removed += [cut for found in kept for cut in found.cuts]
    return [found.line for found in kept], removed


def _drop(kept: list[_Kept], gone: _Kept) -> None:
    for back in range(1, min(_NEAR, len(kept)) + 1):
        if kept[-back] is gone:
            del kept[-back]
            return


def _near(new: _Kept, kept: Sequence[_Kept]) -> _Kept | None:
    if not new.key:
        return None
    for other in reversed(kept):
        if other.key == new.key:
            return other
        if not other.first and (_extends(new, other) or _extends(other, new)):
            return other
    return None


@ByLine
def _key(text: str) -> str:
    """The letters and digits of a line as they will be once it is repaired."""
    return words_only(characters(Mapped(text, range(len(text)))).text).replace(" ", "")


def _extends(whole: _Kept, part: _Kept) -> bool:
    """True when `part` is `whole` broken off or without its label: the start or the end of it, and most of it.

    A quotation set apart, and a line that shows that it was cut off, may be any part of the start.
    """
    long, short = whole.key, part.key
    if not _LEAST <= len(short) < len(long):
        return False
    if _APART.fullmatch(part.line.text.text):
        return short in long
    if len(long) <= 2 * len(short):
        return long.startswith(short) or long.endswith(short)
    return part.line.text.text.endswith(("…", "...")) and long.startswith(short)


def _more_complete(key: str, other: str) -> bool:
    """True when the later one is better: the earlier one is broken off, or is the same behind a label."""
    return (len(key) > len(other) and key.startswith(other)) or (len(other) > len(key) and other.endswith(key))


def _once_inside(line: Line) -> tuple[Line, tuple[Removed, ...]]:
    """A caption that says its one sentence twice in the same line says it once."""
    edits = _said_again(line.text.text) if len(line.text.text) <= 900 else ()
    if not edits:
        return line, ()
    offsets = line.text.offsets
    cuts = tuple(Removed(offsets[edit.start], offsets[edit.end - 1] + 1, "duplicate") for edit in edits)
    return replace(line, text=line.text.edited(edits).stripped(), kind="caption"), cuts


@ByLine
def _said_again(text: str) -> tuple[Edit, ...]:
    """Cuts out each sentence that is the same as the one before."""
    edits: list[Edit] = []
    last = None
    for sentence in _SENTENCE.finditer(text):
        told = sentence[0].strip()
        if told == last:
            edits.append(Edit(sentence.start(), sentence.end(), ""))
        last = told
    return tuple(edits)
