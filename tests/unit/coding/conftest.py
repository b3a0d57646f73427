"""One coder for all tests here, and readings made of plain text."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial

import pytest

from streams.coding import Coder, examples
from streams.records import Mention

reading_of = partial(examples.reading_of, article_id="article", day=date(2024, 3, 20))
"""Paragraphs as an article that was published on a Wednesday."""


@pytest.fixture(scope="session")
def coder() -> Coder:
    return Coder(confidence=0.5)


@pytest.fixture(scope="session")
def told(coder: Coder) -> Callable[..., tuple[Mention, ...]]:
    """The mentions of paragraphs given as text."""

    def code(*paragraphs: str, **more: object) -> tuple[Mention, ...]:
        return coder.code(reading_of(*paragraphs, **more)).mentions  # type: ignore[arg-type]

    return code
