"""When a record comes that changes a sum."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Moment:
    """Where the record stands, and what day it is."""

    offset: int
    """Or the revision that stands for it."""
    updated: str
    """Record time, ISO 8601 in UTC."""
    day: int = 0
    """Day of the article record that it follows from, in days since 1970."""
    now: int = 0
    """Stream time, in days since 1970: never before `day`."""
