"""The day that something counts on."""

from __future__ import annotations

from streams.records import DateWindow

UNDATED = "undated"
MAX_WINDOW_DAYS = 7


def count_day(window: DateWindow) -> str:
    """The day an event counts on: the last of its window, by which it has happened for certain.

    A window of more than seven days, or an open one, counts under `undated`.
    """
    if window.from_ is None or window.to is None:
        return UNDATED
    days = (window.to - window.from_).days + 1
    return window.to.isoformat() if 1 <= days <= MAX_WINDOW_DAYS else UNDATED
