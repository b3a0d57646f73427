"""What is fetched in one epoch is never delivered in the next."""

from __future__ import annotations

from typing import Any

import pytest

from streams.engine.consumer import Consumer
from tests.unit.engine.harness import STOCK_CONSUMER, Variant, judge, mutants, run, settle, variants
from tests.unit.engine.world import CHANGELOG, INPUT, OTHER, World


class WithoutEpochs(Consumer):
    """Never knows that a batch is stale."""

    def start_epoch(self) -> None:
        """Nothing becomes stale."""


async def resume(world: World) -> None:
    """How recovery starts the streams, in the right order."""
    world.consumer.stop_flow()
    await world.consumer.perform_seek()
    getattr(world.consumer, "start_epoch", lambda: None)()
    world.consumer.resume_partitions({INPUT, OTHER} & world.thread.assigned)
    world.start_flow()


async def hold_a_batch(world: World, first: int) -> None:
    """The records from `first` are fetched, and are on their way from the client's thread to the consumer."""
    await world.consumer.perform_seek()
    world.thread.positions[INPUT] = first  # those before are delivered, and wait in the queue of the agent
    world.thread.answering.close()
    world.start_flow()
    world.start_reading()
    await settle()
    assert world.thread.answering.waiting == 1


@variants(STOCK_CONSUMER, Consumer, "getmany")
def test_a_batch_from_before_a_rebalance_is_not_delivered_after_it(variant: Variant) -> None:
    async def scenario() -> None:
        world = World(variant.kind, logs={INPUT: range(20)}, committed={INPUT: 10})
        await hold_a_batch(world, 15)
        await world.revoke()
        await world.assign(generation=2)
        await resume(world)
        world.thread.answering.open()
        await world.work()
        await world.consumer.commit()
        await world.consumer.commit()
        # Stock Faust delivers 15 to 19, drops 10 to 18 when they are fetched again, and commits 20.
        outcome = world.offsets_done(), world.thread.committed[INPUT]
        judge(variant, outcome, right=(list(range(10, 20)), 20), fault=([15, 16, 17, 18, 19, 19], 20))

    run(scenario, variant)


@pytest.mark.usefixtures("one_look")
@mutants(Consumer, WithoutEpochs)
def test_a_batch_from_before_a_seek_is_not_delivered_after_it(variant: Variant) -> None:
    async def scenario() -> None:
        world = World(variant.kind, logs={INPUT: range(20)}, committed={INPUT: 10})
        await hold_a_batch(world, 15)
        await resume(world)
        world.thread.answering.open()
        await world.work()
        judge(variant, world.offsets_done(), right=list(range(10, 20)))

    run(scenario, variant)


@mutants(Consumer, WithoutEpochs)
def test_changelog_records_of_another_assignment_are_not_applied(variant: Variant) -> None:
    async def scenario() -> None:
        world = World(variant.kind, logs={INPUT: [], CHANGELOG: range(5)}, committed={INPUT: 0})
        world.recovery.add_active(world.table, CHANGELOG)
        world.thread.answering.close()
        world.start_flow()
        world.start_reading()
        await settle()
        assert world.thread.answering.waiting == 1
        await world.revoke()
        await world.assign(generation=2)  # the entries went with the partition, and it is read from its beginning
        world.start_flow()
        world.thread.answering.open()
        await world.work()
        judge(variant, world.table.recovered, right=[])

    run(scenario, variant)


def test_changelog_records_go_to_the_table_and_not_to_an_agent() -> None:
    async def scenario() -> None:
        world = World(logs={INPUT: range(3), CHANGELOG: range(5)}, committed={INPUT: 0})
        world.recovery.add_active(world.table, CHANGELOG)
        await world.consumer.perform_seek()
        world.start_flow()
        world.start_reading()
        await world.work()
        assert world.table.recovered == [0, 1, 2, 3, 4]
        assert world.offsets_done() == [0, 1, 2]

    run(scenario)


@variants(STOCK_CONSUMER, Consumer, "getmany")
def test_a_partition_resumed_during_a_fetch_is_not_part_of_it(variant: Variant) -> None:
    async def scenario() -> None:
        world = World(variant.kind, logs={INPUT: range(3), OTHER: range(10)}, committed={INPUT: 0, OTHER: 5})
        await world.consumer.perform_seek()
        world.thread.positions[OTHER] = 7  # what was fetched before is lost, until the next seek
        world.consumer.pause_partitions({OTHER})
        world.thread.fetching.close()
        world.start_flow()
        world.start_reading()
        await settle()
        world.consumer.resume_partitions({OTHER})
        world.thread.fetching.let_pass()
        await world.work()
        await world.consumer.perform_seek()
        world.thread.fetching.open()
        await world.work()
        judge(variant, world.offsets_done(OTHER), right=[5, 6, 7, 8, 9], fault=[7, 8, 9, 5, 6, 7, 8, 9])

    run(scenario, variant)


@variants(STOCK_CONSUMER, Consumer, "getmany")
def test_a_partition_paused_during_a_fetch_loses_nothing(variant: Variant) -> None:
    async def scenario() -> None:
        world = World(variant.kind, logs={INPUT: range(3), OTHER: range(3)}, committed={INPUT: 0, OTHER: 0})
        await world.consumer.perform_seek()
        world.thread.answering.close()
        world.start_flow()
        world.start_reading()
        await settle()
        world.consumer.pause_partitions({OTHER})
        world.thread.answering.open()
        await world.work()
        world.thread.logs[OTHER] += [3, 4]
        world.consumer.resume_partitions({OTHER})
        await world.work()
        # Stock Faust skips what was fetched, one record at a time, and the partition goes on behind it.
        judge(variant, world.offsets_done(OTHER), right=[0, 1, 2, 3, 4], fault=[3, 4])

    run(scenario, variant)


@variants(STOCK_CONSUMER, Consumer, "on_buffer_drop")
def test_a_buffer_that_drains_does_not_wake_a_paused_partition(variant: Variant) -> None:
    async def scenario() -> None:
        world = World(variant.kind, logs={INPUT: range(3)}, committed={INPUT: 0})
        consumer: Any = world.consumer
        await consumer.perform_seek()
        world.start_flow()
        consumer.on_buffer_full(INPUT)
        consumer.pause_partitions({INPUT})  # a recovery
        consumer.on_buffer_drop(INPUT)
        world.start_reading()
        await world.work()
        judge(variant, world.offsets_done(), right=[], fault=[0, 1, 2])
        consumer.resume_partitions({INPUT})
        await world.work()
        assert world.offsets_done() == [0, 1, 2]

    run(scenario, variant)


def test_a_full_buffer_that_drains_is_filled_again() -> None:
    async def scenario() -> None:
        world = World(logs={INPUT: range(3)}, committed={INPUT: 0})
        await world.consumer.perform_seek()
        world.start_flow()
        world.consumer.on_buffer_full(INPUT)
        world.start_reading()
        await world.work()
        assert world.offsets_done() == []
        world.consumer.on_buffer_drop(INPUT)
        await world.work()
        assert world.offsets_done() == [0, 1, 2]

    run(scenario)
