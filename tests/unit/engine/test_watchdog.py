"""The stall watchdog: fires when there is work and nothing moves, and at no other time."""

from __future__ import annotations

import itertools
import time

import pytest

from streams.engine.exits import ExitCode
from streams.engine.watchdog import LOOK_SECONDS, Sight, StallClock, Watchdog
from tests.unit.engine.harness import Left


def longest(sights: list[Sight], step: float = LOOK_SECONDS) -> float:
    clock = StallClock(0.0)
    return max(clock.stalled_seconds(sight, number * step) for number, sight in enumerate(sights, 1))


def test_work_without_progress_is_a_stall() -> None:
    assert longest([Sight(has_work=True, progress=7)] * 60) == 59.0


def test_an_hour_of_normal_work_is_none() -> None:
    busy = [Sight(has_work=True, progress=number // 20) for number in range(3600)]
    assert longest(busy) == 19.0


def test_a_worker_without_work_may_rest() -> None:
    assert longest([Sight(has_work=False, progress=7)] * 3600) == 0.0


def test_rest_before_work_does_not_count() -> None:
    assert longest([Sight(has_work=False, progress=7)] * 900 + [Sight(has_work=True, progress=7)] * 5) == 5.0


def test_a_slow_article_of_two_minutes_shows_as_progress_of_the_pool_when_it_ends() -> None:
    article = [Sight(has_work=True, progress=(40, 2))] * 120
    assert longest([*article, Sight(has_work=True, progress=(40, 3)), *article]) < 125


def test_a_process_that_was_stopped_as_a_whole_has_not_stalled() -> None:
    clock, sight = StallClock(0.0), Sight(has_work=True, progress=7)
    assert clock.stalled_seconds(sight, 1.0) == 0.0
    assert clock.stalled_seconds(sight, 10.0 + 600.0) == 0.0
    assert clock.stalled_seconds(sight, 611.0) == 1.0


def looks(monkeypatch: pytest.MonkeyPatch, dog: Watchdog, tells: list[Sight | None]) -> None:
    """Let the watchdog look once a second, with what the event loop tells before each look."""
    seconds = itertools.count(0.0, LOOK_SECONDS)
    monkeypatch.setattr(time, "monotonic", lambda: next(seconds))
    told = iter(tells)

    def wait(timeout: float) -> bool:
        sight = next(told, "end")
        if isinstance(sight, Sight):
            dog.tell(sight)
        return sight == "end"

    monkeypatch.setattr(dog._ended, "wait", wait)
    dog.run()


def test_it_ends_a_worker_that_stalls(monkeypatch: pytest.MonkeyPatch, left: list[int]) -> None:
    with pytest.raises(Left):
        looks(monkeypatch, Watchdog(30), [Sight(has_work=True, progress=1)] * 40)
    assert left == [ExitCode.STALLED]


def test_it_ends_a_worker_whose_event_loop_is_blocked(monkeypatch: pytest.MonkeyPatch, left: list[int]) -> None:
    with pytest.raises(Left):
        looks(monkeypatch, Watchdog(30), [Sight(has_work=False, progress=1), *[None] * 40])
    assert left == [ExitCode.STALLED]


def test_it_lets_a_worker_rest(monkeypatch: pytest.MonkeyPatch, left: list[int]) -> None:
    looks(monkeypatch, Watchdog(30), [Sight(has_work=False, progress=1), None] * 100)
    assert not left
