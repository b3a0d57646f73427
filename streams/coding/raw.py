"""From offsets in a paragraph's parse to offsets in the raw text."""

from __future__ import annotations

from dataclasses import dataclass, replace

from streams.coding.scene import Scene
from streams.coding.where_when import Where
from streams.parsing.tokens import Token
from streams.reading.result import Reading
from streams.records import Place, Span


@dataclass(frozen=True, slots=True)
class RawText:
    """The raw text behind one reading."""

    reading: Reading

    def span(self, scene: Scene, start: int, end: int) -> tuple[int, int]:
        """Raw offsets of a stretch of a paragraph's parse; 0 to 0 in a title that came apart from the text."""
        if scene.paragraph.start is None:
            return 0, 0
        first = self.reading.raw(scene.number, scene.base + start)
        last = self.reading.raw(scene.number, scene.base + end - 1) + 1 if end > start else first
        return first, max(first, last)

    def trigger(self, scene: Scene, token: Token) -> Span:
        """The trigger's word."""
        start, end = self.span(scene, token.idx, token.idx + len(token))
        return Span(start, end, token.text)

    def place(self, where: Where) -> Place:
        """The place with raw offsets."""
        place = where.found.place
        start, end = self.span(where.scene, place.start, place.end)
        return replace(place, start=start, end=end, metonym=where.found.metonym)
