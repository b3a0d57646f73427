"""Where the entries of a table are kept: by partition, and as far as the changelog has them."""

from __future__ import annotations

import abc
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from faust.stores import base
from faust.types import TP

from streams.engine.fence import Change


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """How far the changelog is included in a store's entries."""

    offset: int
    """Offset of the last record."""
    epoch: int
    """The highest epoch up to there."""
    timestamp_ms: int
    """That record's time, in milliseconds of Unix time."""


class Store(base.Store[str, bytes], abc.ABC):
    """Entries by partition and key. A write is visible at once, and permanent once it is acknowledged.

    Stock Faust knows an entry's partition only when it comes from the changelog: entries written here stay behind when
    their partition moves away, and are found again, outdated, when it comes back.
    """

    @abc.abstractmethod
    def entries(self, partition: int) -> Mapping[str, bytes]:
        """The entries of one partition."""

    @abc.abstractmethod
    def write(self, partition: int, key: str, value: bytes | None) -> None:
        """Change an entry, before the changelog has it; none removes it."""

    @abc.abstractmethod
    def settle(self, partition: int, change: Change, checkpoint: Checkpoint | None) -> None:
        """The changelog has this change of ours."""

    @abc.abstractmethod
    def apply(self, partition: int, changes: Iterable[Change], checkpoint: Checkpoint | None) -> None:
        """Take over changes from the changelog."""

    @abc.abstractmethod
    def checkpoint(self, partition: int) -> Checkpoint | None:
        """How far the changelog is included; none when nothing of it is."""

    @abc.abstractmethod
    def held(self) -> set[int]:
        """The partitions with entries in memory or open files."""

    @abc.abstractmethod
    def release(self, partition: int) -> None:
        """The partition is no longer ours."""

    @abc.abstractmethod
    def forget(self, partition: int) -> None:
        """Throw the entries away: they do not follow from the changelog."""

    def persisted_offset(self, tp: TP) -> int | None:
        """Offset of the last changelog record that the entries of this partition include; none when not held."""
        checkpoint = self.checkpoint(tp.partition)
        return None if checkpoint is None else checkpoint.offset

    def set_persisted_offset(self, tp: TP, offset: int) -> None:
        """Nothing: `settle` and `apply` keep it with the entries, in one step."""

    def reset_state(self) -> None:
        """Throw everything away."""
        for partition in self.held():
            self.forget(partition)

    def apply_changelog_batch(self, batch: Any, to_key: Any, to_value: Any) -> None:  # noqa: ARG002
        """Faust's way record by record; `Recovery.apply` is ours, and this must not be reached with records."""
        if list(batch):
            raise RuntimeError("changelog records came around Recovery.apply")

    async def backup_partition(self, *args: Any, **options: Any) -> None:
        """The changelog is the backup. Raises `NotImplementedError`."""
        raise NotImplementedError("the changelog is the backup")

    def restore_backup(self, *args: Any, **options: Any) -> None:
        """The changelog is the backup. Raises `NotImplementedError`."""
        raise NotImplementedError("the changelog is the backup")


class MemoryStore(Store):
    """Entries in memory; a worker that starts reads the whole changelog."""

    def __post_init__(self) -> None:
        super().__post_init__()
        self._entries: dict[int, dict[str, bytes]] = {}
        self._checkpoints: dict[int, Checkpoint] = {}

    def entries(self, partition: int) -> Mapping[str, bytes]:
        """The entries of one partition; the mapping follows later changes."""
        return self._entries.setdefault(partition, {})

    def write(self, partition: int, key: str, value: bytes | None) -> None:
        """Change an entry."""
        entries = self._entries.setdefault(partition, {})
        if value is None:
            entries.pop(key, None)
        else:
            entries[key] = value

    def settle(self, partition: int, change: Change, checkpoint: Checkpoint | None) -> None:  # noqa: ARG002
        """Only the place is noted: the entry is here, or a newer one."""
        if checkpoint is not None:
            self._checkpoints[partition] = checkpoint

    def apply(self, partition: int, changes: Iterable[Change], checkpoint: Checkpoint | None) -> None:
        """Take over changes from the changelog."""
        for key, value in changes:
            self.write(partition, key, value)
        if checkpoint is not None:
            self._checkpoints[partition] = checkpoint

    def checkpoint(self, partition: int) -> Checkpoint | None:
        """How far the changelog is included."""
        return self._checkpoints.get(partition)

    def held(self) -> set[int]:
        """The partitions with entries."""
        return {*self._entries, *self._checkpoints}

    def release(self, partition: int) -> None:
        """Let the entries go."""
        self._entries.pop(partition, None)
        self._checkpoints.pop(partition, None)

    forget = release
