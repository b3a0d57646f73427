"""Text that knows where each of its characters came from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Edit:
    """Put `new` in the place of characters `start` to `end` (exclusive) of a mapped text."""

    start: int
    end: int
    new: str


@dataclass(frozen=True, slots=True)
class Mapped:
    """A text and, for each of its characters, the offset in the raw text; offsets never decrease."""

    text: str
    offsets: Sequence[int]

    @property
    def start(self) -> int:
        """Raw offset of the first character."""
        return self.offsets[0]

    @property
    def end(self) -> int:
        """Raw offset behind the last character."""
        return self.offsets[-1] + 1

    def cut(self, start: int, end: int) -> Mapped:
        """Characters `start` to `end` (exclusive)."""
        return Mapped(self.text[start:end], self.offsets[start:end])

    def stripped(self) -> Mapped:
        """Without blanks at both ends."""
        if self.text == self.text.strip():
            return self
        left = len(self.text) - len(self.text.lstrip())
        return self.cut(left, max(left, len(self.text.rstrip())))

    def edited(self, edits: Iterable[Edit]) -> Mapped:
        """With `edits` made: ascending, not overlapping. What a repair puts in has the offset of the next kept one."""
        parts: list[str] = []
        offsets: list[int] = []
        done = 0
        for edit in edits:
            parts += (self.text[done : edit.start], edit.new)
            offsets += self.offsets[done : edit.start]
            offsets += self._offsets_of(edit)
            done = edit.end
        if not parts:
            return self
        parts.append(self.text[done:])
        offsets += self.offsets[done:]
        return Mapped("".join(parts), offsets)

    def _offsets_of(self, edit: Edit) -> list[int]:
        if edit.start == edit.end:
            following = self.offsets[edit.end] if edit.end < len(self.offsets) else self.offsets[-1]
            return [following] * len(edit.new)
        return [self.offsets[min(edit.start + i, edit.end - 1)] for i in range(len(edit.new))]

    def contiguous(self) -> bool:
        """True where the offset of every character is simply `start` plus its index."""
        if isinstance(self.offsets, range):
            return True
        first = self.offsets[0] if self.offsets else 0
        return list(self.offsets) == list(range(first, first + len(self.offsets)))


def joined(parts: Sequence[Mapped], glue: Sequence[str]) -> Mapped:
    """`parts` as one text, `glue[i]` (a blank, or nothing) between part i and part i + 1."""
    text: list[str] = [parts[0].text]
    offsets: list[int] = list(parts[0].offsets)
    for before, part, between in zip(parts, parts[1:], glue, strict=False):
        text += (between, part.text)
        offsets += [before.end] * len(between)
        offsets += part.offsets
    return Mapped("".join(text), offsets)
