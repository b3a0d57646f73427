"""A worker in memory: real app, consumer and recovery over a scripted log whose answers wait for the test."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import faust
from aiokafka.structs import ConsumerRecord
from faust.types import TP

from streams.engine.app import App
from streams.engine.consumer import Consumer
from streams.engine.recovery import Recovery
from tests.unit.engine.harness import STOCK_CONSUMER, Variant, settle

INPUT, OTHER, CHANGELOG = TP("inputs", 0), TP("inputs", 1), TP("state-changelog", 0)


class Gate:
    """Where an answer waits until the test lets it pass; open at first."""

    def __init__(self) -> None:
        self._open = asyncio.Event()
        self._open.set()
        self.waiting = 0  # how many wait here

    def close(self) -> None:
        self._open.clear()

    def open(self) -> None:
        self._open.set()

    def let_pass(self) -> None:
        """Let those pass that wait now."""
        self._open.set()
        self._open.clear()

    async def pass_through(self) -> None:
        self.waiting += 1
        try:
            await self._open.wait()
        finally:
            self.waiting -= 1


def record(tp: TP, offset: int) -> ConsumerRecord[bytes, bytes]:
    key = str(offset).encode()
    return ConsumerRecord(tp.topic, tp.partition, offset, 0, 0, key, b"{}", None, len(key), 2, ())


class ScriptedThread:
    """Stands for the thread of the Kafka client: logs, positions and committed offsets, moved as the client does."""

    def __init__(self, consumer: Any, logs: Mapping[TP, Iterable[int]], committed: Mapping[TP, int | None]) -> None:
        self._consumer = consumer
        self.logs = {tp: list(offsets) for tp, offsets in logs.items()}
        self.committed = dict(committed)
        self.compacted: dict[TP, int] = {}
        """Ends of the logs whose last records compaction has taken away."""
        self.positions = dict.fromkeys(self.logs, 0)
        self.assigned = set(self.logs)
        self.fetching, self.answering, self.seeking, self.committing = Gate(), Gate(), Gate(), Gate()

    async def getmany(self, active_partitions: set[TP], timeout: float) -> dict[TP, list[Any]]:
        """`fetching` holds a fetch before it takes records, `answering` when it has taken them."""
        if not self._consumer.flow_active:
            return {}
        await self.fetching.pass_through()
        records: dict[TP, list[Any]] = {}
        for tp in sorted(active_partitions):
            if offsets := [offset for offset in self.logs[tp] if offset >= self.positions[tp]]:
                records[tp] = [record(tp, offset) for offset in offsets]
                self.positions[tp] = offsets[-1] + 1
            elif tp in self.compacted:
                self.positions[tp] = self.highwater(tp)
        await self.answering.pass_through()
        return records

    async def seek_to_committed(self) -> dict[TP, int | None]:
        """Passes over those without an offset and over those at 0, as the client does."""
        offsets = {tp: self.committed.get(tp) for tp in self.assigned}
        self.positions.update({tp: offset for tp, offset in offsets.items() if offset})
        await self.seeking.pass_through()
        return offsets

    async def seek_wait(self, partitions: Mapping[TP, int]) -> None:
        self.positions.update(partitions)
        for tp, offset in partitions.items():
            self._consumer._read_offset[tp] = offset or None

    async def earliest_offsets(self, *partitions: TP) -> dict[TP, int]:
        return {tp: min(self.logs[tp], default=0) for tp in partitions}

    async def highwaters(self, *partitions: TP) -> dict[TP, int]:
        return {tp: self.highwater(tp) for tp in partitions}

    def highwater(self, tp: TP) -> int:
        return self.compacted.get(tp) or max(self.logs[tp], default=-1) + 1

    def assignment(self) -> set[TP]:
        return set(self.assigned)

    async def position(self, tp: TP) -> int:
        return self.positions[tp]

    async def commit(self, offsets: Mapping[TP, int]) -> bool:
        await self.committing.pass_through()
        self.committed.update(offsets)
        return True


class ScriptedTable:
    """Stands for a table: writes down what recovery gives it, and says to which offset it has been read."""

    name = "state"
    recovery_buffer_size = standby_buffer_size = 1000

    def __init__(self) -> None:
        self.persisted: dict[TP, int] = {}
        self.recovered: list[int] = []

    def persisted_offset(self, tp: TP) -> int | None:
        return self.persisted.get(tp)

    def recover(self, partition: int, records: Sequence[Any]) -> None:
        self.recovered += [one.offset for one in records]

    def forget(self, partition: int) -> None:
        self.persisted.clear()

    async def take_over(self, partition: int, end: int) -> None:
        """Nobody else writes this changelog."""

    async def on_recovery_completed(self, active_tps: set[TP], standby_tps: set[TP]) -> None:
        """Nothing is derived from it."""


class World:
    """One worker: its consumer and recovery, the log before it, and an agent that finishes what it is given."""

    def __init__(
        self,
        consumer: type[Any] = Consumer,
        recovery: type[Any] = Recovery,
        *,
        logs: Mapping[TP, Iterable[int]],
        committed: Mapping[TP, int | None],
    ) -> None:
        self.app = _app(is_ours=issubclass(consumer, Consumer))
        self.app.transport = _transport(self.app, consumer)
        self.consumer: Any = self.app.consumer
        self.consumer._thread.thread_loop.close()  # never started, as a scripted one takes its place
        self.thread = self.consumer._thread = ScriptedThread(self.consumer, logs, committed)
        self.consumer.callback = self._deliver
        self.consumer.sleep = lambda seconds: asyncio.sleep(0)
        self.consumer._on_partitions_assigned = self._pause
        self.table: Any = ScriptedTable()
        self.app.tables.data[self.table.name] = self.table
        self.app.tables._changelogs[CHANGELOG.topic] = self.table
        self.recovery: Any = recovery(self.app, self.app.tables)
        self.app.tables._recovery = self.recovery
        self.app.topics._acking_topics.add(INPUT.topic)
        self.queue: Any = self.app.FlowControlQueue(maxsize=1000, clear_on_resume=True)
        self.done: list[tuple[int, int]] = []
        """Partition and offset of what the agent finished, in order."""
        self.reading: asyncio.Task[None] | None = None
        self.app.consumer_generation_id = 1
        self.consumer._set_active_tps(self.thread.assigned)

    async def _deliver(self, message: Any) -> None:
        """What the conductor does with a message."""
        await self.app.flow_control.acquire()
        self.queue.force_put_nowait(message)

    async def _pause(self, assigned: set[TP], generation: int) -> None:
        """What the app does first with an assignment."""
        self.consumer.pause_partitions(assigned)

    def start_reading(self) -> None:
        """Fetch and deliver, until the test ends or the worker leaves."""
        self.reading = asyncio.get_running_loop().create_task(self.consumer._drain_messages(faust.Service()))

    def start_flow(self) -> None:
        self.app.flow_control.resume()
        self.consumer.resume_flow()

    async def work(self) -> None:
        """Finish everything that waits for the agent. Raises what ended the reading, such as `Left`."""
        await settle()
        if self.reading is not None and self.reading.done():
            self.reading.result()
        await self.work_left()

    async def work_left(self) -> None:
        """Finish what waits for the agent, however the reading has ended."""
        while not self.queue.empty():
            message = await self.queue.get()
            if self.app.flow_control.is_active() and message.generation_id == self.app.consumer_generation_id:
                self.consumer.track_message(message)
                self.finish(message)
            await asyncio.sleep(0)
        await settle()

    def finish(self, message: Any) -> None:
        self.done.append((message.partition, message.offset))
        message.incref()
        message.ack(self.consumer)

    def message(self, tp: TP, offset: int) -> Any:
        """A message as the agent holds it."""
        message = self.consumer._to_message(tp, record(tp, offset))
        self.consumer.track_message(message)
        return message

    def offsets_done(self, tp: TP = INPUT) -> list[int]:
        return [offset for partition, offset in self.done if partition == tp.partition]

    async def revoke(self) -> None:
        """All partitions are taken away, as the group does at the start of every rebalance."""
        self.app.on_rebalance_start()
        await self.consumer.on_partitions_revoked(self.thread.assignment())

    async def assign(self, generation: int) -> None:
        """The same partitions come back."""
        self.app.consumer_generation_id = generation
        await self.consumer.on_partitions_assigned(self.thread.assignment(), generation)

    async def tell_recovery(self, generation: int, assigned: set[TP], revoked: Iterable[TP] = ()) -> None:
        """What recovery is told of an assignment, which starts it."""
        self.app.assignor.assigned_actives = lambda: assigned
        await self.recovery.on_rebalance(assigned, set(revoked), set(), generation)


def _app(*, is_ours: bool) -> Any:
    if is_ours:
        return App("ours", broker="kafka://127.0.0.1:1")
    return faust.App(
        "stock", broker="kafka://127.0.0.1:1", autodiscover=False, web_enabled=False, stream_wait_empty=True
    )


def _transport(app: Any, consumer: type[Any]) -> Any:
    base = type(app.transport)
    return type("ScriptedTransport", (base,), {"Consumer": consumer})(app.conf.broker_consumer, app)


def world_of(variant: Variant, **options: Any) -> World:
    """A world for a recovery under test: stock with stock, ours with ours."""
    return World(STOCK_CONSUMER if variant.is_stock else Consumer, variant.kind, **options)
