"""Tables: one owner, a mark before the first write, and what others overwrote is written again."""

from __future__ import annotations

import asyncio
import errno
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from faust.types import TP

from streams.engine.app import App
from streams.engine.exits import ExitCode
from streams.engine.fence import MARK_KEY, epoch_headers, epoch_of
from streams.engine.tables import Table
from tests.unit.engine.harness import Left, run, settle

CHANGELOG = "daybook-state-changelog"


class Broker:
    """A changelog with one partition that takes what tables send, and answers when the test lets it."""

    def __init__(self) -> None:
        self.log: list[Any] = []
        self._unanswered: list[tuple[Any, int]] = []

    def send_soon(self, message: Any) -> None:
        pending = message.message
        record = SimpleNamespace(
            key=pending.key, value=pending.value, headers=tuple(pending.headers.items()),
            offset=len(self.log), timestamp=1_800_000_000_000,
        )  # fmt: skip
        self.log.append(record)
        self._unanswered.append((message, record.offset))

    def another_writes(self, key: bytes, value: bytes, epoch: int) -> None:
        headers = tuple(epoch_headers(epoch).items())
        self.log.append(SimpleNamespace(key=key, value=value, headers=headers, offset=len(self.log), timestamp=0))

    async def answer(self) -> None:
        """Acknowledge everything sent so far, in order."""
        waiting, self._unanswered = self._unanswered, []
        for message, offset in waiting:
            message.set_result(SimpleNamespace(offset=offset, timestamp=1_800_000_000_000))
            message.message.callback(message)
            await settle()


def new_table(folder: Path, broker: Broker, store: Any = "memory") -> Table:
    app: Any = App("daybook", datadir=str(folder), store=store, broker="kafka://127.0.0.1:1")
    app._producer = SimpleNamespace(send_soon=broker.send_soon)
    table: Table = app.Table("state", key_type=bytes, value_type=bytes, partitions=1)
    assert table.changelog_topic.get_topic_name() == CHANGELOG
    return table


async def own(table: Table, broker: Broker) -> None:
    """Recover from the whole changelog and take over."""
    checkpoint = table._store_of_ours().checkpoint(0)
    if fresh := broker.log[checkpoint.offset + 1 if checkpoint else 0 :]:
        table.recover(0, fresh)
    taking = asyncio.ensure_future(table.take_over(0, len(broker.log)))
    await settle()
    await broker.answer()
    await taking


stores = pytest.mark.parametrize("store", ["memory", "rocksdb"])


@stores
def test_an_owner_leaves_a_mark_with_an_epoch_above_all_before(tmp_path: Path, store: str) -> None:
    async def scenario() -> None:
        broker = Broker()
        for epoch in (1, 2):
            table = new_table(tmp_path / str(epoch), broker, store)
            await own(table, broker)
            table.put(0, "a", str(epoch).encode())
            await broker.answer()
            last = broker.log[-2:]
            assert [one.key for one in last] == [MARK_KEY, b"a"]
            assert [epoch_of(one.headers) for one in last] == [epoch, epoch]
        assert dict(table.entries(0)) == {"a": b"2"}

    run(scenario)


@stores
def test_taking_over_waits_for_the_mark(tmp_path: Path, store: str) -> None:
    async def scenario() -> None:
        broker = Broker()
        table = new_table(tmp_path, broker, store)
        taking = asyncio.ensure_future(table.take_over(0, 0))
        await settle()
        assert not taking.done(), "nothing may be read before the broker has the mark"
        await broker.answer()
        await taking

    run(scenario)


@stores
def test_an_entry_overwritten_by_a_former_owner_is_restored_here_and_in_the_changelog(
    tmp_path: Path, store: str
) -> None:
    async def scenario() -> None:
        broker = Broker()
        former, owner, next_owner = (new_table(tmp_path / name, broker, store) for name in ("one", "two", "three"))
        await own(former, broker)
        former.put(0, "a", b"old")
        await broker.answer()
        await own(owner, broker)
        owner.put(0, "a", b"new")
        owner.put(0, "gone", b"1")
        owner.remove(0, "gone")
        await broker.answer()
        broker.another_writes(b"a", b"old, from a worker that woke", 1)
        broker.another_writes(b"gone", b"1", 1)
        await own(next_owner, broker)
        assert dict(next_owner.entries(0)) == {"a": b"new"}
        assert [(one.key, one.value) for one in broker.log[-3:]] == [(MARK_KEY, broker.log[-3].value), (b"a", b"new"),
                                                                     (b"gone", None)]  # fmt: skip

    run(scenario)


def test_an_owner_ends_when_another_has_written(tmp_path: Path, left: list[int]) -> None:
    async def scenario() -> None:
        broker = Broker()
        table = new_table(tmp_path, broker)
        await own(table, broker)
        table.put(0, "a", b"1")
        await broker.answer()
        assert not left
        broker.another_writes(b"a", b"0", 1)
        table.put(0, "a", b"2")
        with pytest.raises(Left):
            await broker.answer()
        assert left == [ExitCode.CHANGELOG_TAKEN]

    run(scenario)


def test_an_owner_that_writes_nothing_sees_another_by_the_next_mark(tmp_path: Path, left: list[int]) -> None:
    async def scenario() -> None:
        broker = Broker()
        table = new_table(tmp_path, broker)
        table.check_fences()
        assert not broker.log, "what is not ours is not marked"
        await own(table, broker)
        table.check_fences()
        await broker.answer()
        assert not left
        broker.another_writes(b"a", b"0", 0)
        table.check_fences()
        with pytest.raises(Left):
            await broker.answer()
        assert left == [ExitCode.CHANGELOG_TAKEN]

    run(scenario)


def test_of_two_that_take_over_at_once_the_second_ends(tmp_path: Path, left: list[int]) -> None:
    async def scenario() -> None:
        broker = Broker()
        first, second = new_table(tmp_path / "one", broker), new_table(tmp_path / "two", broker)
        takings = [asyncio.ensure_future(table.take_over(0, 0)) for table in (first, second)]
        await settle()
        with pytest.raises(Left):
            await broker.answer()
        assert takings[0].done()
        assert left == [ExitCode.CHANGELOG_TAKEN]
        takings[1].cancel()

    run(scenario)


def test_a_partition_that_stays_is_not_read_again_and_keeps_what_is_derived_from_it(tmp_path: Path) -> None:
    async def scenario() -> None:
        broker = Broker()
        table = new_table(tmp_path, broker)
        await own(table, broker)
        table.put(0, "a", b"1")
        await broker.answer()
        generation = table.generation(0)
        await table.on_rebalance({TP(CHANGELOG, 0)}, set(), set())
        assert table.persisted_offset(TP(CHANGELOG, 0)) == len(broker.log) - 1
        assert table.generation(0) == generation
        await own(table, broker)
        assert table.generation(0) == generation
        await table.on_rebalance(set(), {TP(CHANGELOG, 0)}, set())
        assert table.persisted_offset(TP(CHANGELOG, 0)) is None
        assert table.generation(0) > generation
        assert dict(table.entries(0)) == {}

    run(scenario)


def test_what_is_derived_is_stale_when_the_changelog_brought_something(tmp_path: Path) -> None:
    async def scenario() -> None:
        broker = Broker()
        table = new_table(tmp_path, broker)
        await own(table, broker)
        generation = table.generation(0)
        broker.another_writes(b"a", b"1", 7)
        table.recover(0, broker.log[-1:])
        assert table.generation(0) > generation

    run(scenario)


def acknowledge_in_callbacks(table: Table, broker: Broker) -> None:
    """Answer as the client does, where an error in a callback is only logged."""
    topic: Any = table.changelog_topic
    waiting, broker._unanswered = broker._unanswered, []
    for message, offset in waiting:
        sent: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        sent.add_done_callback(partial(topic._on_published, message=message, producer=None, state=None))
        sent.set_result(SimpleNamespace(offset=offset, timestamp=1_800_000_000_000))


def test_a_write_that_the_disk_does_not_take_ends_the_worker(tmp_path: Path, left: list[int]) -> None:
    async def scenario() -> None:
        broker = Broker()
        table = new_table(tmp_path, broker, "rocksdb")
        await own(table, broker)

        def broken(*anything: Any) -> None:
            raise OSError(errno.EIO, "Input/output error")

        table._store_of_ours()._open[0].store = broken  # type: ignore[attr-defined]
        table.put(0, "a", b"1")
        with pytest.raises(Left):
            await broker.answer()
        assert left == [ExitCode.FAILED]

    run(scenario)


def test_a_take_over_that_another_rebalance_cuts_short_leaves_its_mark_in_peace(tmp_path: Path) -> None:
    async def scenario() -> None:
        broker, told = Broker(), list[Any]()
        table = new_table(tmp_path, broker)
        taking = asyncio.ensure_future(table.take_over(0, 0))
        await settle()
        taking.cancel()
        await settle()
        asyncio.get_running_loop().set_exception_handler(lambda loop, context: told.append(context))
        acknowledge_in_callbacks(table, broker)
        await settle()
        assert not told

    run(scenario)


@stores
@pytest.mark.parametrize("end", ["crash", "rebalance"])
def test_what_a_former_owner_overwrote_is_repaired_also_when_the_recovery_that_saw_it_was_cut_short(
    tmp_path: Path, store: str, end: str
) -> None:
    async def scenario() -> None:
        broker = Broker()
        owner = new_table(tmp_path, broker, store)
        for _ in range(2):
            await own(owner, broker)
        owner.put(0, "a", b"new")
        await broker.answer()
        broker.another_writes(b"a", b"old, from a worker that woke", 1)
        owner.disown(set())
        again = new_table(tmp_path, broker, store) if end == "crash" else owner
        checkpoint = again._store_of_ours().checkpoint(0)
        again.recover(0, broker.log[checkpoint.offset + 1 if checkpoint else 0 :])
        again.disown(set())  # before it has repaired anything
        third = new_table(tmp_path, broker, store) if end == "crash" else owner
        await own(third, broker)
        assert [one.value for one in broker.log if one.key == b"a"][-1] == b"new"
        assert dict(third.entries(0)) == {"a": b"new"}

    run(scenario)
