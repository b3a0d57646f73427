"""The paragraphs of a text in words, datelines left out."""

from __future__ import annotations

import re
from collections.abc import Sequence

from streams.parsing.parser import Parser
from streams.parsing.tokens import Doc
from streams.records import Paragraph

DATELINE = re.compile(
    r"^(?:[A-Z][A-Z .'’/-]{2,40}(?:[^.!?—–a-z:]{0,3}[^.!?—–:]{0,60}?(?:\s[—–-]\s|\.-\s|—)|:\s)"
    r"|[A-Z][\w .,'’/-]{2,40}\([A-Z][\w /.]{1,30}\)\s?[—–-]\s)"
)
"""`GENEVA, June 3 (Wire) - `, `SRINAGAR: `, `Djibouti (HN) - ` before the text: where the reporter is."""


class Parses:
    """The paragraphs of a text in words, without their datelines: all parsed when one is first asked for."""

    def __init__(self, paragraphs: Sequence[Paragraph], parser: Parser) -> None:
        bases = list(map(base_of, paragraphs))
        self.texts = [p.text[base:] for p, base in zip(paragraphs, bases, strict=True)]
        self.datelines = [p.text[:base] for p, base in zip(paragraphs, bases, strict=True)]
        self._parser = parser
        self._docs: list[Doc] | None = None

    def all(self) -> list[Doc]:
        """All paragraphs."""
        if self._docs is None:
            self._docs = self._parser.pipe(self.texts)
        return self._docs

    def one(self, number: int) -> Doc:
        """The paragraph of that number."""
        return self.all()[number]


def base_of(paragraph: Paragraph) -> int:
    """Length of the dateline that is left out of a paragraph's parse."""
    return dateline_length(paragraph.text) if paragraph.kind == "body" else 0


def dateline_length(text: str) -> int:
    """Length of a dateline ("GENEVA (Wire) - ") at the start of a paragraph; 0 without one."""
    match = DATELINE.match(text[:120])
    return match.end() if match else 0
