"""Tables: state by key, backed by a changelog, whose writes can be awaited and have one owner."""

from __future__ import annotations

import asyncio
import os
import socket
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any, cast

import faust
from faust.tables.manager import TableManager as BaseTableManager
from faust.types import TP, FutureMessage, RecordMetadata

from streams.engine.crashes import code_of
from streams.engine.exits import ExitCode, leave
from streams.engine.fence import MARK_KEY, Change, Fence, TakenError, epoch_headers
from streams.engine.recovery import Recovery
from streams.engine.rocks import RocksStore
from streams.engine.stores import Checkpoint, MemoryStore, Store


class Table(faust.Table[str, bytes]):
    """A table of JSON bytes by text key, read and written by partition instead of by Faust's current event."""

    app: Any  # upstream's interface leaves out what is used here

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._fences: dict[int, Fence] = {}
        self._generations: Counter[int] = Counter()

    def entries(self, partition: int) -> Mapping[str, bytes]:
        """The entries of one partition; they are changed by `put` and `remove`."""
        return self._store_of_ours().entries(partition)

    def generation(self, partition: int) -> int:
        """Grows whenever entries of the partition changed otherwise than by `put` and `remove`, or went away.

        What is derived from them in memory is built again then.
        """
        return self._generations[partition]

    def put(self, partition: int, key: str, value: bytes) -> FutureMessage:
        """Write an entry; the result is done when the broker has acknowledged it."""
        return self._write(partition, key, value)

    def remove(self, partition: int, key: str) -> FutureMessage:
        """Remove an entry, whether it is there or not; the result is done when the broker has acknowledged it."""
        return self._write(partition, key, None)

    def recover(self, partition: int, records: Sequence[Any]) -> None:
        """Take over records of the changelog, in their order."""
        fence = self._fence(partition)
        changes = fence.admit(records)
        last = records[-1]
        # What others overwrote is repaired by `take_over` only: until then a restart must read it again.
        here = None if fence.overwritten else Checkpoint(last.offset, fence.epoch, last.timestamp)
        self._store_of_ours().apply(partition, changes, here)
        if changes:
            self._generations[partition] += 1

    async def take_over(self, partition: int, end: int) -> None:
        """Own the partition, whose changelog is read up to `end`: leave a mark, and repair what others overwrote."""
        fence = self._fence(partition)
        fence.take_over(end)
        pending = [self._mark(partition)]
        entries = self.entries(partition)
        pending += [self._append(partition, (key, entries.get(key))) for key in sorted(fence.overwritten)]
        await asyncio.wait(pending)  # which does not cancel them, should this be cancelled
        fence.overwritten.clear()

    def check_fences(self) -> None:
        """Mark the partitions that are ours again: where nothing is written, another's writes would not be seen."""
        for partition, fence in self._fences.items():
            if fence.expected is not None:
                self._mark(partition)

    def disown(self, kept: set[int]) -> None:
        """Let go of all partitions but those kept."""
        store = self._store_of_ours()
        for partition in {*store.held(), *self._fences} - kept:
            store.release(partition)
            self._fences.pop(partition, None)
            self._generations[partition] += 1
        self._fences.clear()  # made again from what the stores include

    def forget(self, partition: int) -> None:
        """Throw away what is here of the partition: it does not follow from the changelog."""
        self._store_of_ours().forget(partition)
        self._fences.pop(partition, None)
        self._generations[partition] += 1

    async def on_rebalance(
        self, assigned: set[TP], revoked: set[TP], newly_assigned: set[TP], generation_id: int = 0
    ) -> None:
        """Let go of the partitions that are no longer ours."""
        changelog = self.changelog_topic.get_topic_name()
        self.disown({tp.partition for tp in assigned if tp.topic == changelog})
        await super().on_rebalance(assigned, revoked, newly_assigned, generation_id)

    def _mark(self, partition: int) -> FutureMessage:
        owner = f"{socket.gethostname()} process {os.getpid()}".encode()
        return self._send(partition, MARK_KEY, owner, None)

    def _write(self, partition: int, key: str, value: bytes | None) -> FutureMessage:
        self._store_of_ours().write(partition, key, value)
        return self._append(partition, (key, value))

    def _append(self, partition: int, change: Change) -> FutureMessage:
        key, value = change
        return self._send(partition, key.encode(), value, change)

    def _send(self, partition: int, key: bytes, value: bytes | None, change: Change | None) -> FutureMessage:
        epoch = self._fence(partition).epoch
        return self.changelog_topic.send_soon(
            key=key, value=value, partition=partition, key_serializer="raw", value_serializer="raw",
            headers=epoch_headers(epoch), callback=partial(self._acknowledged, partition, epoch, change),
            eager_partitioning=True,
        )  # fmt: skip

    def _acknowledged(self, partition: int, epoch: int, change: Change | None, sent: FutureMessage) -> None:
        """The broker has a write of ours: nobody else's may lie between it and the one before."""
        metadata: RecordMetadata = sent.result()
        fence = self._fences.get(partition)
        try:
            if fence is None or not fence.acknowledge(metadata.offset, epoch):
                return
            if change is not None:
                here = Checkpoint(metadata.offset, epoch, int(metadata.timestamp or 0))
                self._store_of_ours().settle(partition, change, None if fence.overwritten else here)
        except TakenError as taken:
            changelog = self.changelog_topic.get_topic_name()
            leave(ExitCode.CHANGELOG_TAKEN, f"another worker writes to {changelog}[{partition}]: {taken}")
        except Exception as error:  # noqa: BLE001  (raised in a callback, it would only be logged)
            leave(code_of(error, ExitCode.FAILED), f"the state cannot be kept: {error!r}")

    def _fence(self, partition: int) -> Fence:
        if partition not in self._fences:
            checkpoint = self._store_of_ours().checkpoint(partition)
            self._fences[partition] = Fence(epoch=checkpoint.epoch if checkpoint else 0)
        return self._fences[partition]

    def _new_store(self) -> Store:
        kind = RocksStore if self.app.store_kind == "rocksdb" else MemoryStore
        return kind(f"{self.app.store_kind}://", self.app, self, table_name=self.name, loop=self.loop)

    def _store_of_ours(self) -> Store:
        return cast("Store", self.data)


class TableManager(BaseTableManager):
    """Faust's table manager with our recovery."""

    @property
    def recovery(self) -> Recovery:
        """The recovery service of these tables."""
        if self._recovery is None:
            self._recovery = Recovery(self.app, self, beacon=self.beacon, loop=self.loop)
        return cast("Recovery", self._recovery)
