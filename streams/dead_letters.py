"""Dead letters: what cannot be read keeps its key and bytes, and says where it came from and why.

Only what is larger than the topic takes is cut, and says so: a compressed record may be, and must not block the rest.
Two limits stop the worker for good: too many dead letters in a minute (the deployment is bad, not the articles), and
a record of ours that cannot be decoded (passing over it would make counts wrong).
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from datetime import UTC, datetime

from streams.records import InvalidRecordError
from streams.topics import MAX_RECORD_BYTES, Topic

WINDOW_SECONDS = 60.0
MAX_MESSAGE_CHARACTERS = 500
MAX_CONTENT_BYTES = MAX_RECORD_BYTES - 64 * 1024
"""What key and value may take together: as much as the topic takes, with room for the headers."""
TRUNCATED_HEADER = "truncated"
"""How many bytes the value had before it was cut to fit."""
TRUNCATED_KEY_HEADER = "truncated-key"
"""How many bytes the key had before it was cut to fit."""

Headers = tuple[tuple[str, bytes], ...]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a record was read."""

    topic: Topic
    partition: int
    offset: int


def headers_of(place: Place, stage: str, error: InvalidRecordError, now: datetime) -> Headers:
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
    # What could not be read may hold half a surrogate pair, and its error quote it.
    return tuple((name, value.encode(errors="backslashreplace")) for name, value in told.items())


@dataclass(frozen=True, slots=True)
class Content:
    """What a dead letter keeps of a record; the headers tell what was cut."""

    key: bytes | None
    value: bytes | None
    headers: Headers = ()


def fitted(key: bytes | None, value: bytes | None, most: int = MAX_CONTENT_BYTES) -> Content:
    """Key and value in at most `most` bytes: whole where they fit, else their beginnings.

    A key is whole up to half of that, since it tells what the record was about.
    """
    if len(key or b"") + len(value or b"") <= most:
        return Content(key, value)
    headers: Headers = ()
    if key is not None and len(key) > most // 2:
        headers += ((TRUNCATED_KEY_HEADER, str(len(key)).encode()),)
        key = key[: most // 2]
    room = most - len(key or b"")
    if value is not None and len(value) > room:
        headers += ((TRUNCATED_HEADER, str(len(value)).encode()),)
        value = value[:room]
    return Content(key, value, headers)


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
