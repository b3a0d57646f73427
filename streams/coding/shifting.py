"""What one text told, with the offsets of another that has the same paragraphs elsewhere."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

from streams.coding.draft import Draft
from streams.records import Document, Mention, Paragraph, Party, Place, Span, TimeExpression, Told

Placed = TypeVar("Placed", Party, Place, Span, Told, TimeExpression)
Event = TypeVar("Event", Mention, Draft)


class Shift:
    """Moves offsets from the paragraphs of one text to the same paragraphs of another."""

    def __init__(self, old: Sequence[Paragraph], new: Sequence[Paragraph]) -> None:
        starts = [
            (one.start, other.start - one.start)
            for one, other in zip(old, new, strict=False)
            if one.start is not None and other.start is not None
        ]
        self._starts = [start for start, _ in starts]
        self._steps = [step for _, step in starts]
        self.moves = any(self._steps)

    def one(self, told: Placed) -> Placed:
        """The same told where it now stands; 0 to 0 stands for a title that came apart from the text."""
        if told.start == told.end == 0:
            return told
        step = self._steps[bisect_right(self._starts, told.start) - 1]
        return replace(told, start=told.start + step, end=told.end + step) if step else told

    def every(self, told: Sequence[Placed]) -> tuple[Placed, ...]:
        """The same of each."""
        return tuple(map(self.one, told))

    def mention(self, told: Mention) -> Mention:
        """A mention whose parties, place, sentences and trigger are moved."""
        if not self.moves:
            return told
        return replace(self._roles(told), sentences=self.every(told.sentences))

    def draft(self, told: Draft) -> Draft:
        """A draft moved as a mention is."""
        if not self.moves:
            return told
        return replace(self._roles(told), told=self.every(told.told))

    def _roles(self, told: Event) -> Event:
        """All that a mention and a draft place by the same names."""
        return replace(
            told,
            actors=self.every(told.actors),
            recipients=self.every(told.recipients),
            place=self.one(told.place) if told.place else None,
            attributed_to=self.one(told.attributed_to) if told.attributed_to else None,
            trigger=self.one(told.trigger),
        )

    def document(self, told: Document) -> Document:
        """All that a coded document tells, moved."""
        if not self.moves:
            return told
        return replace(
            told,
            mentions=tuple(map(self.mention, told.mentions)),
            places=None if told.places is None else self.every(told.places),
            parties=None if told.parties is None else self.every(told.parties),
            times=None if told.times is None else self.every(told.times),
        )
