"""What one input of a stage that counts leads to."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Generic, TypeVar

Entry = TypeVar("Entry")
Subject = TypeVar("Subject")


@dataclass(frozen=True, slots=True)
class Counted(Generic[Entry, Subject]):
    """Entries to write, and subjects whose counts must be sent before the input is finished.

    The counts may be sent together with those of later inputs, once the writes of all of these are acknowledged.
    """

    writes: dict[str, Entry] = field(default_factory=dict)
    subjects: tuple[Subject, ...] = ()
    is_late: bool = False
    """It came when its day was closed: it goes to `news.late.v1` as it is, and changes nothing."""
