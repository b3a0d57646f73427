"""What a stage decides about one input: the writes to its own table and the records it sends.

The handlers of REVISE, MERGE and COUNT are functions of the stage's state, one input record and its offset. They know
nothing of Kafka, clocks or files. The engine that runs them keeps the order that exact counts rest on: the writes are
acknowledged by the broker before anything is sent, and what is sent is acknowledged before the input is finished.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Generic, TypeVar

Entry = TypeVar("Entry")


@dataclass(frozen=True, slots=True)
class Send:
    """One record to send; `record` is a dataclass of `streams.records`, or None for a tombstone."""

    topic: str
    key: str
    record: object | None


@dataclass(frozen=True, slots=True)
class Decision(Generic[Entry]):
    """What one input leads to. `writes` holds only the entries that changed; `sends` are in the order to send them."""

    writes: Mapping[str, Entry] = field(default_factory=dict)
    sends: tuple[Send, ...] = ()
