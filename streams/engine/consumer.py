"""The consumer: delivers no record twice out of order, passes over none, commits only what is finished."""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping
from typing import Any

from faust.transport.consumer import ensure_TP
from faust.transport.drivers import aiokafka as driver
from faust.types import TP, Message

from streams.engine.exits import ExitCode, leave
from streams.engine.frontier import Frontier, JumpError
from streams.engine.lease import renew_by_heartbeats

logger = logging.getLogger(__name__)


class ConsumerThread(driver.AIOKafkaConsumerThread):
    """The thread with aiokafka's consumer, whose heartbeats renew the lease."""

    consumer: Any  # upstream's interface leaves out what is used here

    async def on_start(self) -> None:
        """Start the consumer. It joins the group only once it is subscribed, so no heartbeat is missed."""
        await super().on_start()
        coordinator: Any = self._ensure_consumer()._coordinator  # noqa: SLF001
        renew_by_heartbeats(coordinator, self.consumer.app.lease)


class Consumer(driver.Consumer):
    """Faust's consumer with epochs.

    An epoch ends with every revocation and every seek. What was fetched in one epoch is never delivered in the next,
    because the seek between them puts the same records before us again.
    """

    app: Any  # upstream's interface leaves out what is used here
    epoch: int = 0

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.frontier = Frontier()
        self._holes: dict[TP, tuple[int, int]] = {}
        self._settled: dict[TP, int] = {}
        self.deleted_unread: Counter[str] = Counter()
        """By topic, the records that the broker had deleted before they were read."""

    def _new_consumer_thread(self) -> ConsumerThread:
        return ConsumerThread(self, loop=self.loop, beacon=self.beacon)

    def start_epoch(self) -> None:
        """Make every batch stale that was fetched until now, and forget which partitions were full."""
        self.epoch += 1
        self._buffered_partitions.clear()

    async def on_partitions_assigned(self, assigned: set[TP], generation_id: int = 0) -> None:
        """Read nothing before recovery starts the streams.

        Stock Faust makes all partitions active and pauses them a few steps later; where nothing was assigned before,
        the flow is on, and a fetch in between takes inputs that nobody has sought.
        """
        self.stop_flow()
        self.start_epoch()
        await self.app.admit()
        await super().on_partitions_assigned(assigned, generation_id)

    async def on_partitions_revoked(self, revoked: set[TP]) -> None:
        """Finish and commit what is in flight before the acknowledgements are forgotten.

        Stock Faust forgets them first, so that every rebalance replays more than it must, and commits what comes after
        without knowing where the committed offset was. The client only logs what is raised here, so it is told to the
        app.
        """
        self.start_epoch()
        try:
            if self.assignment():
                self.stop_flow()
                self.app.flow_control.suspend()
                self.app.flow_control.clear()
                await self.wait_empty()
            await super().on_partitions_revoked(revoked)
        except Exception as error:  # noqa: BLE001  (whatever it is, the worker must not go on)
            await self.app.crash(error)
        for tp in revoked:
            self.frontier.forget(tp)
        self.app.lease.hand_back()

    async def wait_empty(self) -> None:
        """Finish and commit what is under way, but not for ever: the group does not wait either.

        Stock Faust waits without bound, loses its membership by that and goes on all the same. An input whose agent
        writes no table may be cut short: it is handled again, and what is still sent for it is sent twice. Any other
        that does not end in time ends the worker.
        """
        emptied = asyncio.ensure_future(self._finish_and_commit(super().wait_empty))
        await asyncio.wait({emptied}, timeout=self.app.conf.broker_rebalance_timeout / 2)
        if not emptied.done():
            left = {message.topic for message in self._unacked_messages if not message.acked}
            if not left or left - self.app.interruptible:
                leave(ExitCode.STALLED, f"what is under way cannot be finished and committed in time: {sorted(left)}")
            self._unacked_messages.clear()
            await asyncio.wait({emptied}, timeout=self.app.conf.broker_rebalance_timeout / 4)
            if not emptied.done():
                leave(ExitCode.STALLED, "what is finished cannot be committed in time")
        emptied.result()

    async def _finish_and_commit(self, finish: Callable[[], Awaitable[None]]) -> None:
        await finish()
        await self.commit()  # the commit at its end does nothing while a periodic one is under way

    async def perform_seek(self) -> None:
        """Put every input partition back to its committed offset, or to its beginning when it has none.

        Stock Faust leaves a partition whose committed offset is none or 0 where the fetcher is, behind what it had
        fetched and dropped (up to 493 of 20,000 records lost), and keeps acknowledgements of the former assignment.
        """
        inputs = {ensure_TP(tp) for tp in self.assignment() if not self._is_changelog_tp(tp)}
        if not inputs:
            return
        committed: dict[TP, Any] = {ensure_TP(tp): offset for tp, offset in (await self.seek_to_committed()).items()}
        earliest = {ensure_TP(tp): offset or 0 for tp, offset in (await self.earliest_offsets(*inputs)).items()}
        start = {tp: self._start(tp, committed.get(tp), earliest.get(tp, 0)) for tp in inputs}
        await self.seek_wait(start)  # seek_to_committed passes over those at 0
        for tp in inputs:
            self._read_offset[tp] = start[tp] or None
            self._committed_offset[tp] = self._settled[tp] = start[tp]
            self.frontier.begin(tp, start[tp])
            for of_former in (self._acked, self._acked_index, self._gap):
                of_former.pop(tp, None)
        # Else the group's offset stays behind what retention deleted until a new record comes, and each start tells it.
        if passed_over := {tp: offset for tp, offset in start.items() if offset > (committed.get(tp) or 0)}:
            await self._commit(passed_over)

    def _start(self, tp: TP, committed: int | None, earliest: int) -> int:
        """Where to read on; what retention has deleted unread cannot be waited for, but must be seen."""
        if committed is None or committed < 0:
            return earliest
        if committed < earliest:
            self.deleted_unread[tp.topic] += earliest - committed
            told = "%s[%d]: offsets %d to %d were deleted before they were read: retention is too short"
            logger.critical(told, tp.topic, tp.partition, committed, earliest - 1)
        return max(committed, earliest)

    async def getmany(self, timeout: float) -> AsyncIterator[tuple[TP, Message]]:
        """The next records, as long as they belong to this epoch; changelog records go to the tables at once.

        Stock Faust shares the live set of active partitions with the fetching thread and skips records of paused
        partitions one by one, so that stale batches are delivered in part after a seek.
        """
        if not self.flow_active:
            await self.wait(self.can_resume_flow.wait())
        epoch, active = self.epoch, set(self._get_active_partitions())
        if not active:
            await self.sleep(0.1)
            return
        records = dict(await self._getmany(active_partitions=active, timeout=timeout) or {})
        if self._is_stale(epoch):
            return
        for tp in [tp for tp in records if self._is_changelog_tp(tp)]:
            self.app.tables.recovery.apply(ensure_TP(tp), records.pop(tp))
        if not records:
            await self.app.tables.recovery.pass_over_compacted(self)
            return
        for tp in list(records):
            self.app.monitor.track_tp_end_offset(tp, self.highwater(tp))
            if (start := self.frontier.missing_at_start(ensure_TP(tp), records[tp][0].offset)) is not None:
                await self._look_again(ensure_TP(tp), start, records.pop(tp)[0].offset)
        for tp, record in self.scheduler.iterate(records):
            if self._is_stale(epoch):
                break
            try:
                self.frontier.deliver(tp, record.offset)
            except JumpError as jump:
                leave(ExitCode.OFFSETS_JUMPED, str(jump))
            yield tp, self._to_message(tp, record)

    async def _look_again(self, tp: TP, start: int, first: int) -> None:
        """Fetch once more from where reading was to start; if the log begins later again, the hole is in the log.

        A transaction's marker takes an offset, and so did a record that is no longer there. Behind a hole amid a
        partition the worker first ends by the guard, and finds it here when it starts again.
        """
        if self._holes.get(tp) == (start, first):
            told = "%s[%d]: offsets %d to %d are not on the log (a transaction's marker, or removed): reading on behind"
            logger.critical(told, tp.topic, tp.partition, start, first - 1)
            self.frontier.begin(tp, first)
            self._read_offset[tp] = self._committed_offset[tp] = first
            start = first
        self._holes[tp] = (start, first)
        await self.seek_wait({tp: start})

    def _is_stale(self, epoch: int) -> bool:
        return bool(self.should_stop or not self.flow_active or self.epoch != epoch)

    def on_buffer_drop(self, tp: TP) -> None:
        """Fetch again from a partition whose buffer has drained, unless it is paused.

        Stock Faust makes it active even while recovery runs, which then reads past what it delivers.
        """
        if tp in self._buffered_partitions and tp in self._paused_partitions:
            self._buffered_partitions.discard(tp)
            return
        super().on_buffer_drop(tp)

    def _new_offset(self, tp: TP) -> int | None:
        """Where to commit: the end of the unbroken run of finished offsets that starts at the committed one.

        Stock Faust is off by one at the head, and looks at no head at all when the committed offset is 0.
        """
        acked, committed = self._acked[tp], self._committed_offset[tp]
        if not acked or committed is None or min(acked) > committed:
            return None
        offset: int | None = super()._new_offset(tp)
        return offset

    def ack(self, message: Message) -> bool:
        """Note that everything which the message leads to is acknowledged."""
        self.frontier.finish(message.tp, message.offset)
        return bool(super().ack(message))

    async def _commit_offsets(self, offsets: Mapping[TP, int], start_new_transaction: bool = True) -> bool:  # noqa: FBT001, FBT002
        """Commit, unless our own books say that something before these offsets is not finished."""
        for tp, offset in offsets.items():
            if tp in self.assignment():
                try:
                    self.frontier.check_commit(tp, offset)
                except JumpError as jump:
                    leave(ExitCode.OFFSETS_JUMPED, str(jump))
        did_commit = bool(await super()._commit_offsets(offsets, start_new_transaction))
        if did_commit:
            self._settled.update({ensure_TP(tp): offset for tp, offset in offsets.items()})
        return did_commit

    def settled(self, tp: TP) -> int:
        """Inputs below this offset never come again: the group has it that they are finished. 0 when that is unknown.

        Stock Faust's own note of it goes on even when a commit failed.
        """
        return self._settled.get(tp, 0)

    async def _add_gap(self, tp: TP, offset_from: int, offset_to: int) -> None:
        """Our inputs have no gaps (no transactions, no compaction), so a jump means that records were passed over.

        Stock Faust would commit over it.
        """
        leave(ExitCode.OFFSETS_JUMPED, f"{tp.topic}[{tp.partition}]: offsets {offset_from} to {offset_to - 1} missing")

    def lag(self, topic: str) -> int:
        """Records of `topic`'s assigned partitions that are not yet finished, as far as the last fetches tell."""
        return sum(self._lags(tp for tp in self.assignment() if tp.topic == topic))

    def committed_offsets(self) -> list[int | None]:
        """The committed offsets of all assigned partitions."""
        return list(self._committed_offset.values())

    def _lags(self, tps: Iterable[TP]) -> Iterable[int]:
        for tp in tps:
            end: Any = self.highwater(tp)
            committed = self._committed_offset.get(tp)
            if end is not None and committed is not None:
                yield max(0, end - committed)
