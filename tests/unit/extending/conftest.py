"""A folder of a user's, and our tables back in force after each test."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from streams.extending.additions import NOTHING
from streams.extending.in_force import put_in_force

Write = Callable[[str, str], Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes a file of the folder; two blanks are a tab."""

    def written(name: str, text: str) -> Path:
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text.replace("  ", "\t") + "\n", encoding="utf-8")
        return tmp_path

    return written


@pytest.fixture(autouse=True)
def _ours_again() -> Iterator[None]:
    yield
    put_in_force(NOTHING)
