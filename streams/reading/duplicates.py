"""Captions and paragraphs that a page gives twice: the first complete one stays."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from streams.reading.folding import words_only
from streams.reading.kinds import QUOTED_FROM
from streams.reading.lines import Line
from streams.reading.mapped import Edit
from streams.reading.repairs import characters
from streams.records import Removed

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
        removed += cuts
        # The line under a quotation that names its speaker says something new each time.
        key = "" if QUOTED_FROM.match(line.text.text) else _key(line)
        new = _Kept(line, key, first=not kept)
        near = _near(new, kept[-_NEAR:] if len(new.key) >= _LEAST else kept[-1:])
        other = near or (seen.get(new.key) if len(new.key) >= _LEAST else None)
        if other is None:
            kept.append(new)
            seen.setdefault(new.key, new)
            continue
        worse = new.line
        if near is not None and _more_complete(new.key, near.key):
            worse = near.line
            _drop(kept, near)
            kept.append(new)
            seen[new.key] = other = new
        if near is not None and not near.first and other.line.kind is None:
            # What stands twice side by side is the text of a photo, except the headline.
            other.line = replace(other.line, kind="caption")
        removed.append(Removed(worse.text.start, worse.text.end, "duplicate"))
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


def _key(line: Line) -> str:
    """The letters and digits of a line as they will be once it is repaired."""
    return words_only(characters(line.text).text).replace(" ", "")


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
    text = line.text.text
    if len(text) > 900:
        return line, ()
    sentences = list(_SENTENCE.finditer(text))
    for first, second in itertools.pairwise(sentences):
        if first[0].strip() == second[0].strip():
            start, end = line.text.offsets[second.start()], line.text.offsets[second.end() - 1] + 1
            mapped = line.text.edited([Edit(second.start(), second.end(), "")]).stripped()
            return replace(line, text=mapped, kind="caption"), (Removed(start, end, "duplicate"),)
    return line, ()
