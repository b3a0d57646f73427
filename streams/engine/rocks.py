"""A store on disk: less memory, and a worker that starts again reads only what is new.

Each partition is one RocksDB database. It holds exactly what the changelog holds up to its checkpoint: a write stays
in memory until the broker has acknowledged it, and goes to disk in one step with the new checkpoint. Stock Faust writes
to disk first, so that after kill -9 the disk knows entries that the changelog lacks; nothing then writes them again.
"""

from __future__ import annotations

import logging
import shutil
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import rocksdict

from streams.engine.crashes import code_of
from streams.engine.exits import ExitCode, leave
from streams.engine.fence import Change
from streams.engine.stores import Checkpoint, Store

logger = logging.getLogger(__name__)

CHECKPOINT_KEY = b"\x00checkpoint"
WARM_HOURS = 12.0
"""An older checkpoint is not read on from: the changelog may have dropped removals since (after 24 hours)."""
CACHE_BYTES = 8 * 1024 * 1024
WRITE_BUFFER_BYTES = 4 * 1024 * 1024


class _Partition(Mapping[str, bytes]):
    """One database, with the writes that the changelog does not have yet in front of it."""

    def __init__(self, path: Path) -> None:
        options = rocksdict.Options(raw_mode=True)
        options.create_if_missing(create_if_missing=True)
        options.set_write_buffer_size(WRITE_BUFFER_BYTES)
        options.set_max_write_buffer_number(2)
        options.set_keep_log_file_num(2)
        table = rocksdict.BlockBasedOptions()
        table.set_block_cache(rocksdict.Cache(CACHE_BYTES))
        options.set_block_based_table_factory(table)
        self._database: Any = rocksdict.Rdict(str(path), options)
        self._ahead: dict[str, list[bytes | None]] = {}
        """By key, the values written and not yet acknowledged, the oldest first."""
        self.checkpoint = _read_checkpoint(self._database.get(CHECKPOINT_KEY))

    def __getitem__(self, key: str) -> bytes:
        value = self._ahead[key][-1] if key in self._ahead else self._database.get(key.encode())
        if value is None:
            raise KeyError(key)
        return bytes(value)

    def __iter__(self) -> Iterator[str]:
        for raw in self._database.keys():  # noqa: SIM118  (it is no mapping)
            key = bytes(raw).decode()
            if raw != CHECKPOINT_KEY and key not in self._ahead:
                yield key
        yield from [key for key, values in self._ahead.items() if values[-1] is not None]

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def write(self, key: str, value: bytes | None) -> None:
        self._ahead.setdefault(key, []).append(value)

    def recover(self, changes: Iterable[Change], checkpoint: Checkpoint | None) -> None:
        self._ahead.clear()  # the changelog is read only when nothing of ours is on its way to it
        self.store(changes, checkpoint)

    def settle(self, change: Change, checkpoint: Checkpoint | None) -> None:
        key, value = change
        waiting = self._ahead.get(key)
        if waiting:
            waiting.pop(0)
            if not waiting:
                del self._ahead[key]
        self.store([(key, value)], checkpoint)

    def store(self, changes: Iterable[Change], checkpoint: Checkpoint | None) -> None:
        batch: Any = rocksdict.WriteBatch(raw_mode=True)
        for key, value in changes:
            if value is None:
                batch.delete(key.encode())
            else:
                batch.put(key.encode(), value)
        if checkpoint is not None:
            batch.put(CHECKPOINT_KEY, f"{checkpoint.offset} {checkpoint.epoch} {checkpoint.timestamp_ms}".encode())
        self._database.write(batch)
        self.checkpoint = checkpoint or self.checkpoint

    def close(self) -> None:
        self._database.close()


class RocksStore(Store):
    """Entries on disk, one database a partition, below the app's table folder."""

    clock: Callable[[], float] = staticmethod(time.time)

    def __post_init__(self) -> None:
        super().__post_init__()
        self._open: dict[int, _Partition] = {}

    def entries(self, partition: int) -> Mapping[str, bytes]:
        """The entries of one partition, read from disk as they are asked for."""
        return self._partition(partition)

    def write(self, partition: int, key: str, value: bytes | None) -> None:
        """Change an entry in memory."""
        self._partition(partition).write(key, value)

    def settle(self, partition: int, change: Change, checkpoint: Checkpoint | None) -> None:
        """Put the change on disk, unless the partition has gone meanwhile."""
        if partition in self._open:
            with _told_when_full():
                self._open[partition].settle(change, checkpoint)

    def apply(self, partition: int, changes: Iterable[Change], checkpoint: Checkpoint | None) -> None:
        """Take over changes from the changelog, in one step."""
        with _told_when_full():
            self._partition(partition).recover(changes, checkpoint)

    def checkpoint(self, partition: int) -> Checkpoint | None:
        """How far the changelog is on disk."""
        return self._partition(partition).checkpoint

    def held(self) -> set[int]:
        """The partitions with an open database."""
        return set(self._open)

    def release(self, partition: int) -> None:
        """Close the database; what is on disk is a start when the partition comes back."""
        if partition in self._open:
            self._open.pop(partition).close()

    def forget(self, partition: int) -> None:
        """Delete the database."""
        self.release(partition)
        shutil.rmtree(self._path(partition), ignore_errors=True)

    async def on_stop(self) -> None:
        """Close all databases."""
        for partition in self.held():
            self.release(partition)

    def _path(self, partition: int) -> Path:
        return Path(self.app.conf.tabledir) / f"{self.table_name}-{partition}.rocksdb"

    def _partition(self, partition: int) -> _Partition:
        if partition not in self._open:
            path = self._path(partition)
            path.parent.mkdir(parents=True, exist_ok=True)
            with _told_when_full():
                self._open[partition] = self._opened(path)
        return self._open[partition]

    def _opened(self, path: Path) -> _Partition:
        try:
            partition = _Partition(path)
        except Exception as error:
            if "orruption" not in str(error):
                raise
            logger.warning("state in %s is damaged and is read again from the changelog: %s", path, error)
        else:
            checkpoint = partition.checkpoint
            if not checkpoint or abs(self.clock() - checkpoint.timestamp_ms / 1000) < WARM_HOURS * 3600:
                return partition
            logger.warning("state in %s is too old to read on from: the whole changelog is read", path)
            partition.close()
        shutil.rmtree(path)
        return _Partition(path)


class _told_when_full:  # noqa: N801  (used as a statement)
    """Ends the worker with a cause of its own when the disk is full."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> None:
        if code_of(error, ExitCode.FAILED) is ExitCode.DISK_FULL:
            leave(ExitCode.DISK_FULL, f"the state cannot be kept: {error}")


def _read_checkpoint(value: Any) -> Checkpoint | None:
    return None if value is None else Checkpoint(*map(int, bytes(value).split()))
