"""When the article was published that a record comes from: a header that every stage copies from input to output."""

from __future__ import annotations

from collections.abc import Iterable

ORIGIN_HEADER = "daybook-origin-ms"
"""Record time of the article, in milliseconds of Unix time."""


def origin_of(headers: Iterable[tuple[str, bytes]] | None, timestamp_ms: int) -> int:
    """What the header says, in milliseconds of Unix time; without it the record's own time."""
    for name, value in headers or ():
        if name == ORIGIN_HEADER and value and value.isdigit() and len(value) < 20:
            return int(value)
    return timestamp_ms
