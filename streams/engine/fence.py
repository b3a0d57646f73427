"""The fence of a changelog: who may write to it, and proof that nobody else did.

Only the owner of a partition writes to its changelogs, and its writes come back with consecutive offsets. So an offset
that does not follow shows another writer: a worker that was thought dead, or two that both believe they own the
partition. An owner first writes a mark with an epoch above all before it, and its epoch goes with every entry. Then
a recovery tells what a former owner wrote after it had been replaced, passes over it, and writes the newer entry again.
Outputs follow only from acknowledged entries, so a worker that wrote behind another's back publishes nothing from it.

This is fencing by epoch as Kafka does it for its own leaders, but without a transaction for each write. Pure.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

MARK_KEY = b"\x00owner"
"""Key of the records that tell of a new owner; no entry's key begins with NUL."""
EPOCH_HEADER = "owner-epoch"

Change = tuple[str, bytes | None]
"""An entry's key and its new value; none removes it."""


class TakenError(Exception):
    """Another worker has written to the changelog; the message says where."""


@dataclass(slots=True)
class Fence:
    """One changelog partition, as its owner knows it."""

    epoch: int = 0
    """The highest read so far; the owner's own once it has taken over."""
    expected: int | None = None
    """Offset that the owner's next write must get; none before it has taken over."""
    overwritten: set[str] = field(default_factory=set)
    """Keys whose last record comes from a former owner that had been replaced."""

    def admit(self, records: Iterable[Any]) -> list[Change]:
        """The changes that count among changelog records, in their order. Records have `key`, `value`, `headers`."""
        changes: list[Change] = []
        for record in records:
            epoch = epoch_of(record.headers)
            if epoch < self.epoch:
                if record.key != MARK_KEY:
                    self.overwritten.add(record.key.decode())
                continue
            self.epoch = epoch
            if record.key == MARK_KEY:
                continue
            key = record.key.decode()
            changes.append((key, record.value))
            self.overwritten.discard(key)
        return changes

    def take_over(self, end: int) -> None:
        """Begin to own the partition, whose changelog has been read up to, not including, `end`."""
        self.epoch += 1
        self.expected = end

    def acknowledge(self, offset: int, epoch: int) -> bool:
        """A write of ours with `epoch` is at `offset`; whether it is of this time of ownership, and not of a former.

        Raises `TakenError` when it does not follow the one before, or the broker cannot tell the place.
        """
        if self.expected is None or epoch != self.epoch:
            return False
        if offset < 0:
            raise TakenError("the broker could not tell where a write went")
        if offset != self.expected:
            raise TakenError(f"a write got offset {offset} where {self.expected} must come next")
        self.expected += 1
        return True


def epoch_of(headers: Sequence[tuple[str, bytes]] | None) -> int:
    """The epoch of the owner who wrote a record; 0 for records without one."""
    for name, value in headers or ():
        if name == EPOCH_HEADER:
            return int(value)
    return 0


def epoch_headers(epoch: int) -> dict[str, bytes]:
    """What goes with every record of an owner."""
    return {EPOCH_HEADER: str(epoch).encode()}
