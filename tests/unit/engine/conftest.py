"""No test of the engine may end the process that runs the tests."""

from __future__ import annotations

import pytest

from streams.engine import exits
from streams.engine.frontier import Frontier

pytest.register_assert_rewrite("tests.unit.engine.harness")  # `judge` shall show what it compares

from tests.unit.engine.harness import Left  # noqa: E402  (after the line above)


@pytest.fixture(autouse=True)
def left(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Exit codes with which the worker left; leaving raises `Left` instead of ending the process."""
    codes: list[int] = []

    def end(code: int) -> None:
        codes.append(int(code))
        raise Left(code)

    monkeypatch.setattr(exits, "end_process", end)
    monkeypatch.setattr(exits, "end_soon", lambda code: None)
    return codes


@pytest.fixture
def one_look(monkeypatch: pytest.MonkeyPatch) -> None:
    """A jump at the start is not looked at again, so that a test sees the remedy before it."""
    monkeypatch.setattr(Frontier, "missing_at_start", lambda *_: None)
