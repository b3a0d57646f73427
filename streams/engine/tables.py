"""Tables: state by key, backed by a changelog, whose writes can be awaited."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

import faust
from faust.stores import memory
from faust.tables.manager import TableManager as BaseTableManager
from faust.types import TP, FutureMessage

from streams.engine.recovery import Recovery


class Store(memory.Store[str, bytes]):
    """Faust's memory store, kept by partition, with the changelog offset that each partition has been read to.

    Stock Faust notes an entry's partition only when it comes from the changelog: entries written here stay behind when
    their partition moves away, and are found again, outdated, when it comes back.
    """

    def __post_init__(self) -> None:
        super().__post_init__()
        self.partitions: dict[int, dict[str, bytes]] = {}
        self.offsets: dict[int, int] = {}

    async def on_rebalance(
        self,
        assigned: set[TP],
        revoked: set[TP],  # noqa: ARG002  (the signature is Faust's)
        newly_assigned: set[TP],  # noqa: ARG002
        generation_id: int = 0,  # noqa: ARG002
    ) -> None:
        """Forget the partitions that are no longer ours, entries and offset together."""
        changelog = self.table.changelog_topic.get_topic_name()
        kept = {tp.partition for tp in assigned if tp.topic == changelog}
        for partition in self.partitions.keys() - kept:
            del self.partitions[partition]
            self.offsets.pop(partition, None)

    async def on_recovery_completed(self, active_tps: set[TP], standby_tps: set[TP]) -> None:
        """Nothing: what is not ours went when the partitions were assigned."""

    def persisted_offset(self, tp: TP) -> int | None:
        """Offset of the last changelog record that the entries of this partition include; none when not held."""
        return self.offsets.get(tp.partition)


class Table(faust.Table[str, bytes]):
    """A table of JSON bytes by text key, read and written by partition instead of by Faust's current event.

    What is derived from it in memory is rebuilt when `generation` has changed.
    """

    generation: int = 0
    """Grows with every recovery."""

    def _new_store(self) -> Store:
        return Store("memory://", self.app, self, table_name=self.name, loop=self.loop)

    def entries(self, partition: int) -> dict[str, bytes]:
        """The entries of one partition; write only by `put` and `remove`."""
        return self._entry_store().partitions.setdefault(partition, {})

    def put(self, partition: int, key: str, value: bytes) -> FutureMessage:
        """Write an entry; the result is done when the broker has acknowledged it."""
        self.entries(partition)[key] = value
        return self._changelog(partition, key, value)

    def remove(self, partition: int, key: str) -> FutureMessage:
        """Remove an entry, whether it is there or not; the result is done when the broker has acknowledged it."""
        self.entries(partition).pop(key, None)
        return self._changelog(partition, key, None)

    def recover(self, partition: int, records: Sequence[Any]) -> None:
        """Take over records of the changelog, in their order."""
        entries = self.entries(partition)
        for record in records:
            key = record.key.decode()
            if record.value is None:
                entries.pop(key, None)
            else:
                entries[key] = record.value
        self._entry_store().offsets[partition] = records[-1].offset

    async def on_recovery_completed(self, active_tps: set[TP], standby_tps: set[TP]) -> None:
        """Let go of moved partitions, and make everything derived from this table stale."""
        await super().on_recovery_completed(active_tps, standby_tps)
        self.generation += 1

    def _entry_store(self) -> Store:
        return cast("Store", self.data)

    def _changelog(self, partition: int, key: str, value: bytes | None) -> FutureMessage:
        return self.send_changelog(partition, key.encode(), value, key_serializer="raw", value_serializer="raw")


class TableManager(BaseTableManager):
    """Faust's table manager with our recovery."""

    @property
    def recovery(self) -> Recovery:
        """The recovery service of these tables."""
        if self._recovery is None:
            self._recovery = Recovery(self.app, self, beacon=self.beacon, loop=self.loop)
        return cast("Recovery", self._recovery)
