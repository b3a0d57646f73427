"""When a recovery ends: not before its changelogs are read, not by the signal of an earlier one, and not too late."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any

from faust.types import TP

from streams.engine.recovery import Recovery, RecoveryEnd
from tests.unit.engine.harness import STOCK_RECOVERY, Variant, judge, mutants, run, settle, variants, without
from tests.unit.engine.world import CHANGELOG, INPUT, World, record, world_of


class PlainSignal(Recovery):
    """With the signal of stock Faust: an event that its loop clears when it wakes, which it does every five seconds."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._recovery_end = ClearedByTheLoop()


class ClearedByTheLoop(RecoveryEnd):
    """Stock's event."""

    def clear(self) -> None:
        asyncio.Event.clear(self)

    def reset(self) -> None:
        """Nothing in stock takes the signal back when a recovery starts."""


class AppliesEverything(Recovery):
    """Applies whatever is fetched."""

    def apply(self, tp: TP, records: Sequence[Any]) -> None:
        self.tp_to_table[tp].recover(tp.partition, records)
        self.active_offsets[tp] = records[-1].offset


class EndsWithTheFirstBatch(Recovery):
    """Does not ask what remains."""

    def need_recovery(self) -> bool:
        return False


async def start(world: World, generation: int) -> None:
    """What a rebalance leads to."""
    world.app.consumer_generation_id = generation
    await world.tell_recovery(generation, {CHANGELOG})


async def with_tables() -> None:
    await settle()
    await settle()


@mutants(Recovery, PlainSignal, without(Recovery, STOCK_RECOVERY, "_set_recovery_started"))
def test_the_signal_of_one_recovery_does_not_end_the_next(variant: Variant, left: list[int]) -> None:
    async def scenario() -> None:
        world = World(recovery=variant.kind, logs={INPUT: [], CHANGELOG: range(5)}, committed={INPUT: 0})
        world.consumer.pause_partitions(world.thread.assigned)
        await world.recovery.start()
        await start(world, 1)
        await with_tables()
        assert world.table.recovered == [0, 1, 2, 3, 4]
        assert world.app.tables.actives_ready

        await world.revoke()
        world.table.recovered.clear()  # its entries went with the partition
        world.thread.positions[CHANGELOG] = 0
        world.thread.fetching.close()  # the broker takes its time
        await world.assign(2)
        await start(world, 2)
        await with_tables()
        early = list(left), world.app.tables.actives_ready, world.recovery.in_recovery
        world.thread.fetching.open()
        await with_tables()
        late = list(left), world.app.tables.actives_ready, world.table.recovered
        judge(variant, (early, late), right=(([], False, True), ([], True, [0, 1, 2, 3, 4])))

    run(scenario, variant)


@mutants(Recovery, AppliesEverything, EndsWithTheFirstBatch)
def test_a_batch_is_applied_once_and_recovery_ends_with_the_last_record(variant: Variant) -> None:
    async def scenario() -> None:
        world = World(recovery=variant.kind, logs={CHANGELOG: range(8)}, committed={})
        recovery = world.recovery
        world.table.persisted[CHANGELOG] = 2
        recovery.add_active(world.table, CHANGELOG)
        recovery.active_highwaters[CHANGELOG] = 7
        recovery._set_recovery_started()
        ended = []
        for batch in ([2, 3, 4], [4, 5, 6], [7]):
            recovery.apply(CHANGELOG, [record(CHANGELOG, offset) for offset in batch])
            ended.append(recovery.signal_recovery_end.is_set())
        outcome = world.table.recovered, ended, recovery.in_recovery
        judge(variant, outcome, right=([3, 4, 5, 6, 7], [False, False, True], False))

    run(scenario, variant)


def test_recovery_ends_when_the_last_of_several_changelogs_is_read() -> None:
    async def scenario() -> None:
        other = TP(CHANGELOG.topic, 1)
        world = World(logs={CHANGELOG: range(3), other: range(3)}, committed={})
        for tp in (CHANGELOG, other):
            world.recovery.add_active(world.table, tp)
            world.recovery.active_offsets[tp] = -1
            world.recovery.active_highwaters[tp] = 2
        world.recovery._set_recovery_started()
        world.recovery.apply(CHANGELOG, [record(CHANGELOG, offset) for offset in range(3)])
        assert not world.recovery.signal_recovery_end.is_set()
        world.recovery.apply(other, [record(other, offset) for offset in range(3)])
        assert world.recovery.signal_recovery_end.is_set()
        assert not world.recovery.in_recovery

    run(scenario)


@mutants(Recovery, AppliesEverything)
def test_a_batch_of_a_partition_that_is_no_longer_ours_is_not_applied(variant: Variant) -> None:
    async def scenario() -> None:
        world = World(recovery=variant.kind, logs={CHANGELOG: range(3)}, committed={})
        world.recovery.add_active(world.table, CHANGELOG)
        world.recovery.active_tps.clear()  # as the next assignment does
        world.recovery.apply(CHANGELOG, [record(CHANGELOG, offset) for offset in range(3)])
        judge(variant, world.table.recovered, right=[])

    run(scenario, variant)


class WaitsForTheLastOffset(Recovery):
    """Does not see that the end of a changelog is gone."""

    async def pass_over_compacted(self, consumer: Any) -> None:
        """Nothing is passed over."""


@mutants(Recovery, WaitsForTheLastOffset)
def test_a_changelog_whose_last_records_are_compacted_away_is_read_to_its_end(variant: Variant) -> None:
    async def scenario() -> None:
        world = World(recovery=variant.kind, logs={INPUT: [], CHANGELOG: range(5)}, committed={INPUT: 0})
        world.thread.compacted[CHANGELOG] = 8
        world.consumer.pause_partitions(world.thread.assigned)
        await world.recovery.start()
        await start(world, 1)
        await with_tables()
        judge(variant, (world.table.recovered, world.app.tables.actives_ready), right=([0, 1, 2, 3, 4], True))

    run(scenario, variant)


@variants(STOCK_RECOVERY, Recovery, "_build_highwaters")
def test_state_that_is_ahead_of_its_changelog_is_built_again(variant: Variant) -> None:
    async def scenario() -> None:
        world = world_of(variant, logs={INPUT: [], CHANGELOG: range(5)}, committed={INPUT: 0})
        world.table.persisted[CHANGELOG] = 40  # the topics were deleted, or it is another broker
        world.consumer.pause_partitions(world.thread.assigned)
        await world.recovery.start()
        await start(world, 1)
        await with_tables()
        outcome = world.table.recovered, world.recovery.crashed
        judge(variant, outcome, right=([0, 1, 2, 3, 4], False), fault=([], True))

    run(scenario, variant)


def test_only_a_start_takes_the_signal_back() -> None:
    async def scenario() -> None:
        signal = RecoveryEnd()
        signal.set()
        signal.clear()
        assert signal.is_set()
        await asyncio.wait_for(signal.wait(), timeout=1)
        signal.reset()
        assert not signal.is_set()

    run(scenario)
