"""Dead letters: what cannot be read keeps its key and bytes, and says where it came from and why.

Two limits stop the worker for good: too many dead letters in a minute (the deployment is bad, not the articles), and
a record of ours that cannot be decoded (passing over it would make counts wrong).
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from datetime import UTC, datetime

from streams.records import InvalidRecordError
from streams.topics import Topic, dead_letters_of

WINDOW_SECONDS = 60.0
MAX_MESSAGE_CHARACTERS = 500


@dataclass(frozen=True, slots=True)
class Place:
    """Where a record was read."""

    topic: Topic
    partition: int
    offset: int


def headers_of(place: Place, stage: str, error: InvalidRecordError, now: datetime) -> tuple[tuple[str, bytes], ...]:
    """The headers of a dead letter; text in UTF-8, `time` in UTC with a `Z`."""
    told = {
        "topic": place.topic.name,
        "partition": str(place.partition),
        "offset": str(place.offset),
        "stage": stage,
        "error": error.reason,
        "message": str(error)[:MAX_MESSAGE_CHARACTERS],
        "time": now.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
    }
    return tuple((name, value.encode()) for name, value in told.items())


def topic_for(place: Place) -> str:
    """Name of the topic that keeps what could not be read there."""
    return dead_letters_of(place.topic).name


class RateLimit:
    """How many events a sliding minute may hold."""

    def __init__(self, per_minute: int) -> None:
        self.per_minute = per_minute
        self._times: deque[float] = deque()

    def allows(self, now: float) -> bool:
        """Count one event at `now` (seconds of a clock that never goes back); whether the limit still holds."""
        while self._times and self._times[0] <= now - WINDOW_SECONDS:
            self._times.popleft()
        self._times.append(now)
        return len(self._times) <= self.per_minute
