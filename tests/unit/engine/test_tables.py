"""Tables: one owner, a mark before the first write, and what others overwrote is written again."""

from __future__ import annotations

import asyncio
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
