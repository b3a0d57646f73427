"""Where the consumer starts to read when it has its partitions, and what it forgets then."""

from __future__ import annotations

import pytest

from streams.engine.consumer import Consumer
from tests.unit.engine.harness import STOCK_CONSUMER, Variant, judge, run, variants
from tests.unit.engine.world import CHANGELOG, INPUT, World


@pytest.mark.parametrize("committed", [None, 0], ids=["none", "zero"])
@variants(STOCK_CONSUMER, Consumer, "perform_seek")
def test_what_was_fetched_and_dropped_is_read_again_without_a_committed_offset(
    variant: Variant, committed: int | None
) -> None:
    async def scenario() -> None:
        world = World(variant.kind, logs={INPUT: range(10), CHANGELOG: range(3)}, committed={INPUT: committed})
        world.thread.positions.update({INPUT: 7, CHANGELOG: 2})  # fetched before, dropped by a rebalance
        world.consumer.pause_partitions({CHANGELOG})
        await world.consumer.perform_seek()
        assert world.thread.positions[CHANGELOG] == 2, "changelogs are read by recovery, from where their tables are"
        world.start_flow()
        world.start_reading()
        await world.work()
        judge(variant, world.offsets_done(), right=list(range(10)), fault=[7, 8, 9])

    run(scenario, variant)


@pytest.mark.parametrize("kind", [STOCK_CONSUMER, Consumer], ids=["stock", "ours"])
def test_reading_goes_on_at_the_committed_offset(kind: type) -> None:
    async def scenario() -> None:
        world = World(kind, logs={INPUT: range(10)}, committed={INPUT: 4})
        world.thread.positions[INPUT] = 7
        await world.consumer.perform_seek()
        world.start_flow()
        world.start_reading()
        await world.work()
        await world.consumer.commit()
        assert world.offsets_done() == [4, 5, 6, 7, 8, 9]
        assert world.thread.committed[INPUT] == 10

    run(scenario)


@variants(STOCK_CONSUMER, Consumer, "perform_seek")
def test_acknowledgements_of_the_former_assignment_are_forgotten(variant: Variant) -> None:
    async def scenario() -> None:
        world = World(variant.kind, logs={INPUT: range(10)}, committed={INPUT: 4})
        for offset in (5, 6):  # finished after the partition was revoked, before it is back
            world.finish(world.message(INPUT, offset))
        await world.consumer.perform_seek()
        world.finish(world.message(INPUT, 4))
        await world.consumer.commit()
        judge(variant, world.thread.committed[INPUT], right=5, fault=7)

    run(scenario, variant)


@variants(STOCK_CONSUMER, Consumer, "perform_seek")
def test_gaps_of_the_former_assignment_are_forgotten(variant: Variant) -> None:
    async def scenario() -> None:
        world = World(variant.kind, logs={INPUT: range(10)}, committed={INPUT: 4})
        await STOCK_CONSUMER._add_gap(world.consumer, INPUT, 5, 7)
        await world.consumer.perform_seek()
        for offset in (4, 8):
            world.finish(world.message(INPUT, offset))
        await world.consumer.commit()
        judge(variant, world.thread.committed[INPUT], right=5, fault=9)

    run(scenario, variant)


@variants(STOCK_CONSUMER, Consumer, "perform_seek")
def test_what_retention_deleted_unread_is_told(variant: Variant, caplog: pytest.LogCaptureFixture) -> None:
    async def scenario() -> None:
        world = World(variant.kind, logs={INPUT: range(6, 10)}, committed={INPUT: 2})
        await world.consumer.perform_seek()
        if variant.is_ours:
            assert world.thread.committed[INPUT] == 6, "else the group's lag stays until a new record comes"
        world.start_flow()
        world.start_reading()
        await world.work()
        assert world.offsets_done() == [6, 7, 8, 9]
        told = any(one.levelname == "CRITICAL" and "2 to 5 were deleted" in one.message for one in caplog.records)
        judge(variant, told, right=True, fault=False)
        if variant.is_ours:
            assert world.consumer.deleted_unread == {INPUT.topic: 4}

    run(scenario, variant)
