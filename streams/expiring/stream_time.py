"""Stream time: how late it is by the records themselves, never by a clock.

A day is a number of days since 1970-01-01 in UTC. Only *settled* time makes anything old: the time of inputs that are
committed, so that none of what came before comes again and asks for an entry that is gone.
"""

from __future__ import annotations

from collections import deque

MS_OF_A_DAY = 24 * 60 * 60 * 1000


def day_of(milliseconds: int) -> int:
    """The day in which this moment of Unix time lies."""
    return milliseconds // MS_OF_A_DAY


class StreamTime:
    """The greatest day that the inputs of one partition have told so far."""

    def __init__(self) -> None:
        self._day: int | None = None
        self._steps: deque[tuple[int, int]] = deque()
        """Offset and day of the inputs that made it later, the last settled one first."""

    def seen(self, offset: int, day: int) -> int:
        """The day it is with this input."""
        if self._day is None or day > self._day:
            self._day = day
            self._steps.append((offset, day))
        return self._day

    def settled(self, committed: int) -> int | None:
        """The day it was with the last input below `committed`; None when this partition has not come so far."""
        while len(self._steps) > 1 and self._steps[1][0] < committed:
            self._steps.popleft()
        return self._steps[0][1] if self._steps and self._steps[0][0] < committed else None
