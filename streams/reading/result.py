"""What reading hands to coding."""

from __future__ import annotations

from dataclasses import dataclass

from streams.records import Document


@dataclass(frozen=True, slots=True)
class Reading:
    """A document before coding, with what is needed to point into the raw text."""

    document: Document
    """Cleaned and dated, without mentions."""
    text: str
    """The text that every offset points into: the article's own, or what was extracted from its HTML."""
    offsets: tuple[tuple[int, ...] | None, ...]
    """For each paragraph the offset in `text` of each character of the paragraph's text; None where that is simply
    `paragraph.start + i`. A character that a repair put in has the offset of the next kept one."""

    def raw(self, paragraph: int, index: int) -> int:
        """Offset in `text` of character `index` of paragraph number `paragraph`; an `index` at its end is allowed."""
        offsets = self.offsets[paragraph]
        start = self.document.paragraphs[paragraph].start or 0
        if offsets is None:
            return start + index
        return offsets[index] if index < len(offsets) else self.document.paragraphs[paragraph].end or start
