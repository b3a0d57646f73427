"""The stall watchdog: a worker that has work and does not move for too long ends.

Whatever the reason - a request that is never answered, a task that waits for another, an event loop that is blocked -
the supervisor starts a new process, which reads on from what is committed. The event loop tells what it sees once a
second, and a thread of its own looks at that, because the loop may be what stands still: its silence counts as work.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Hashable
from dataclasses import dataclass, replace

from streams.engine.exits import ExitCode, leave

LOOK_SECONDS = 1.0
ASLEEP_SECONDS = 5.0
"""A look that comes so much too late means that the whole process was stopped, which is no stall."""


@dataclass(frozen=True, slots=True)
class Sight:
    """What one look at the worker shows."""

    has_work: bool
    """Something waits to be read, coded, recovered or assigned."""
    progress: Hashable
    """Changes whenever the worker has moved."""


class StallClock:
    """Decides from successive looks for how long a worker with work has not moved. Pure: time is passed in."""

    def __init__(self, now: float) -> None:
        self._last: Sight | None = None
        self._moved = self._looked = now

    def stalled_seconds(self, sight: Sight, now: float) -> float:
        """For how long there has been work and no movement; seconds."""
        was_asleep = now - self._looked > LOOK_SECONDS + ASLEEP_SECONDS
        self._looked = now
        if was_asleep or not sight.has_work or self._last is None or sight.progress != self._last.progress:
            self._moved = now
        self._last = sight
        return now - self._moved


class Watchdog(threading.Thread):
    """Looks once a second at what the worker tells, and ends it when it stalls."""

    def __init__(self, limit_seconds: float) -> None:
        super().__init__(name="watchdog", daemon=True)
        self._limit = limit_seconds
        self._ended = threading.Event()
        self._told: Sight | None = None
        self._last = Sight(has_work=True, progress=None)

    def tell(self, sight: Sight) -> None:
        """What the event loop sees now."""
        self._told = sight

    def run(self) -> None:
        """Look until told to end."""
        clock = StallClock(time.monotonic())
        while not self._ended.wait(LOOK_SECONDS):
            told, self._told = self._told, None
            self._last = told or replace(self._last, has_work=True)
            stalled = clock.stalled_seconds(self._last, time.monotonic())
            if stalled > self._limit:
                told_of = "the event loop is silent" if told is None else self._last.progress
                leave(ExitCode.STALLED, f"there is work, and nothing has moved for {stalled:.0f} s: {told_of}")

    def end(self) -> None:
        """Look no more."""
        self._ended.set()
