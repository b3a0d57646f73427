"""One coder for all tests here, and readings made of plain text."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest

from streams.coding import Coder
from streams.reading.result import Reading
from streams.records import DateWindow, Document, Mention, Paragraph, ParagraphKind, Version

PUBLISHED = DateWindow(date(2024, 3, 20), date(2024, 3, 20), "day", "given")
"""A Wednesday."""


def reading_of(
    *paragraphs: str,
    kinds: tuple[ParagraphKind, ...] = (),
    entries: tuple[int, ...] = (),
    language: str = "en",
    article_id: str = "article",
) -> Reading:
    """The paragraphs as a reading, offsets as in their text joined by newlines."""
    text, kept = "", []
    for number, told in enumerate(paragraphs):
        kind = kinds[number] if kinds else "body"
        entry = entries[number] if entries else 0
        kept.append(Paragraph(told, len(text), len(text) + len(told), entry, kind))
        text += told + "\n"
    document = Document(
        article_id=article_id,
        version=Version("2024-03-20T12:00:00.000000Z", "0"),
        title=None,
        source=None,
        url=None,
        published=PUBLISHED,
        fetched=datetime(2024, 3, 20, 12, tzinfo=UTC),
        language=language,
        paragraphs=tuple(kept),
        removed=(),
        signature=(),
        mentions=(),
        coder="",
    )
    return Reading(document, text, tuple(None for _ in kept))


@pytest.fixture(scope="session")
def coder() -> Coder:
    return Coder(confidence=0.5)


@pytest.fixture(scope="session")
def told(coder: Coder) -> Callable[..., tuple[Mention, ...]]:
    """The mentions of paragraphs given as text."""

    def code(*paragraphs: str, **more: object) -> tuple[Mention, ...]:
        return coder.code(reading_of(*paragraphs, **more)).mentions  # type: ignore[arg-type]

    return code
