"""How the streams start when the tables are recovered, and when they must not."""

from __future__ import annotations

import asyncio

import pytest

from streams.engine.exits import ExitCode
from streams.engine.recovery import FENCE_SECONDS, Recovery
from tests.unit.engine.harness import STOCK_RECOVERY, Variant, judge, mutants, put_clock_forward, run, settle, variants
from tests.unit.engine.world import CHANGELOG, INPUT, World, world_of

GENERATION = 1


async def recovered(variant: Variant) -> World:
    """The tables are recovered; the fetcher runs, and inputs are paused behind what was fetched and dropped."""
    world = world_of(variant, logs={INPUT: range(10)}, committed={INPUT: 5})
    world.thread.positions[INPUT] = 7
    world.consumer.pause_partitions({INPUT})
    world.start_flow()
    await world.app._fetcher.maybe_start()
    await settle()
    return world


@variants(STOCK_RECOVERY, Recovery, "on_recovery_completed")
def test_what_is_delivered_before_the_queues_are_cleared_does_not_vanish(variant: Variant) -> None:
    async def scenario() -> None:
        world = await recovered(variant)
        world.thread.seeking.close()
        completing = asyncio.ensure_future(world.recovery.on_recovery_completed(GENERATION))
        await settle()  # the client has sought, and says so a little later
        world.thread.seeking.open()
        await completing
        await world.work()
        world.thread.logs[INPUT] += [10, 11]
        await world.work()
        await world.consumer.commit()
        await world.consumer.commit()
        # Stock Faust delivers 5 to 9 into queues that it clears, and commits them as a gap.
        outcome = world.offsets_done(), world.thread.committed[INPUT]
        judge(variant, outcome, right=(list(range(5, 12)), 12), fault=([10, 11], 12))

    run(scenario, variant)


@pytest.mark.usefixtures("one_look")
@variants(STOCK_RECOVERY, Recovery, "on_recovery_completed")
def test_a_batch_from_before_the_start_is_not_delivered_after_it(variant: Variant) -> None:
    async def scenario() -> None:
        world = await recovered(variant)
        world.thread.answering.close()
        world.consumer.resume_partitions({INPUT})
        await settle()
        assert world.thread.answering.waiting == 1
        await world.recovery.on_recovery_completed(GENERATION)
        world.thread.answering.open()
        await world.work()
        judge(variant, world.offsets_done(), right=[5, 6, 7, 8, 9], fault=[7, 8, 9, 9])

    run(scenario, variant)


@variants(STOCK_RECOVERY, Recovery, "on_recovery_completed")
def test_a_rebalance_during_the_seek_leaves_the_flow_stopped(variant: Variant) -> None:
    async def scenario() -> None:
        world = await recovered(variant)
        world.thread.seeking.close()
        completing = asyncio.ensure_future(world.recovery.on_recovery_completed(GENERATION))
        await settle()
        world.app.consumer_generation_id = GENERATION + 1
        world.thread.seeking.open()
        await completing
        await world.work()
        outcome = world.recovery.completed.is_set(), world.consumer.flow_active
        judge(variant, outcome, right=(False, False), fault=(True, True))

    run(scenario, variant)


@variants(STOCK_RECOVERY, Recovery, "on_recovery_completed")
def test_entries_left_unread_end_the_worker(variant: Variant, left: list[int]) -> None:
    async def scenario() -> None:
        world = await recovered(variant)
        world.recovery.add_active(world.table, CHANGELOG)
        world.recovery.active_offsets[CHANGELOG] = 3
        world.recovery.active_highwaters[CHANGELOG] = 9
        await asyncio.gather(world.recovery.on_recovery_completed(GENERATION), return_exceptions=True)
        outcome = left, world.recovery.completed.is_set()
        judge(variant, outcome, right=([ExitCode.RECOVERY_INCOMPLETE], False), fault=([], True))

    run(scenario, variant)


class AsksNothing(Recovery):
    """Takes every recovery that ends with entries unread for a failed one."""

    async def on_recovery_completed(self, generation_id: int = 0) -> None:
        await super().on_recovery_completed(self.app.consumer_generation_id)


@mutants(Recovery, AsksNothing)
def test_entries_left_unread_by_a_recovery_that_another_one_follows_do_not(variant: Variant, left: list[int]) -> None:
    async def scenario() -> None:
        world = await recovered(variant)
        world.recovery.add_active(world.table, CHANGELOG)
        world.recovery.active_offsets[CHANGELOG] = 3
        world.recovery.active_highwaters[CHANGELOG] = 9
        world.app.consumer_generation_id = GENERATION + 1
        await asyncio.gather(world.recovery.on_recovery_completed(GENERATION), return_exceptions=True)
        judge(variant, (left, world.recovery.completed.is_set()), right=([], False))

    run(scenario, variant)


@pytest.mark.parametrize("assigned", [True, False])
def test_a_worker_is_ready_after_recovery_with_or_without_partitions(assigned: bool) -> None:
    async def scenario() -> None:
        world = World(logs={INPUT: range(3)} if assigned else {}, committed={})
        world.consumer.pause_partitions({INPUT})
        await world.recovery.on_recovery_completed(GENERATION)
        await world.work()
        assert world.app.tables.actives_ready
        assert not world.app.rebalancing
        assert world.offsets_done() == ([0, 1, 2] if assigned else [])

    run(scenario)


@variants(STOCK_RECOVERY, Recovery, "_add")
def test_a_partition_that_went_and_came_back_is_read_from_where_its_table_is(variant: Variant) -> None:
    async def scenario() -> None:
        world = world_of(variant, logs={INPUT: range(3), CHANGELOG: range(9)}, committed={INPUT: 0})
        world.recovery.add_active(world.table, CHANGELOG)
        world.recovery.active_offsets[CHANGELOG] = 8  # read to its end; the table says so too
        world.table.persisted[CHANGELOG] = 8
        world.table.persisted.clear()  # its entries go with the partition
        world.app.consumer_generation_id = 3
        await world.tell_recovery(2, set(), {CHANGELOG})  # is passed over, as the next one has begun
        await world.tell_recovery(3, {CHANGELOG})
        judge(variant, world.recovery.active_offsets[CHANGELOG], right=None, fault=8)

    run(scenario, variant)


def test_a_worker_that_stops_marks_nothing_more() -> None:
    async def scenario() -> None:
        world = World(logs={INPUT: [], CHANGELOG: []}, committed={INPUT: 0})
        marks: list[float] = []
        world.table.check_fences = lambda: marks.append(asyncio.get_running_loop().time())
        world.app.rebalancing = False
        await world.recovery.start()
        await settle()
        world.app.tables.on_actives_ready()
        await put_clock_forward(FENCE_SECONDS + 1)
        await settle()
        assert len(marks) == 1, "what is idle is marked now and then"
        await world.recovery.stop()
        assert len(marks) == 1

    run(scenario)
