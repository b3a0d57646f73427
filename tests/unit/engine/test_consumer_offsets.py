"""What is committed: the unbroken run of finished offsets, and all of it before a partition goes."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from streams.engine.consumer import Consumer
from streams.engine.exits import ExitCode
from tests.unit.engine.harness import (
    STOCK_CONSUMER,
    Left,
    Variant,
    judge,
    mutants,
    put_clock_forward,
    run,
    settle,
    variants,
    without,
)
from tests.unit.engine.world import INPUT, World


async def reading_from(kind: type[Any], offset: int) -> World:
    world = World(kind, logs={INPUT: range(20)}, committed={INPUT: offset})
    await world.consumer.perform_seek()
    world.start_flow()
    return world


@variants(STOCK_CONSUMER, Consumer, "_new_offset")
def test_one_unfinished_offset_at_the_head_is_not_passed_over(variant: Variant) -> None:
    async def scenario() -> None:
        world = await reading_from(variant.kind, 10)
        for offset in (11, 12):  # 10 is still in the hands of its agent
            world.finish(world.message(INPUT, offset))
        await world.consumer.commit()
        judge(variant, world.thread.committed[INPUT], right=10, fault=13)

    run(scenario, variant)


@variants(STOCK_CONSUMER, Consumer, "_new_offset")
def test_unfinished_offsets_at_the_beginning_are_not_passed_over(variant: Variant) -> None:
    async def scenario() -> None:
        world = await reading_from(variant.kind, 0)
        for offset in (5, 6):
            world.finish(world.message(INPUT, offset))
        await world.consumer.commit()
        judge(variant, world.thread.committed[INPUT], right=0, fault=7)

    run(scenario, variant)


@pytest.mark.parametrize("kind", [STOCK_CONSUMER, Consumer], ids=["stock", "ours"])
@pytest.mark.parametrize("first", [0, 10])
def test_the_unbroken_run_is_committed_and_then_what_joins_it(kind: type, first: int) -> None:
    async def scenario() -> None:
        world = await reading_from(kind, first)
        for offset in (first + 1, first, first + 3):
            world.finish(world.message(INPUT, offset))
        await world.consumer.commit()
        assert world.thread.committed[INPUT] == first + 2
        world.finish(world.message(INPUT, first + 2))
        await world.consumer.commit()
        assert world.thread.committed[INPUT] == first + 4

    run(scenario)


@pytest.mark.usefixtures("one_look")
@pytest.mark.parametrize(("offsets", "first_lost"), [([10, 11, 14, 15], 12), ([11, 12, 13], 10)], ids=["amid", "head"])
@variants(STOCK_CONSUMER, Consumer)
def test_a_jump_in_what_is_delivered_ends_the_worker(
    variant: Variant, offsets: list[int], first_lost: int, left: list[int]
) -> None:
    async def scenario() -> None:
        world = await reading_from(variant.kind, 10)
        world.thread.logs[INPUT] = offsets  # the others were lost on the way
        world.start_reading()
        await asyncio.gather(world.work(), return_exceptions=True)
        await world.consumer.commit()
        outcome = left, (world.thread.committed[INPUT] or 0) <= first_lost
        judge(variant, outcome, right=([ExitCode.OFFSETS_JUMPED], True), fault=([], False))

    run(scenario, variant)


def test_a_fetch_that_began_too_late_is_done_again(left: list[int]) -> None:
    async def scenario() -> None:
        world = await reading_from(Consumer, 10)
        world.thread.positions[INPUT] = 13  # whatever moved the client there
        world.start_reading()
        await world.work()
        assert world.offsets_done() == list(range(10, 20))
        assert not left

    run(scenario)


def test_a_hole_in_the_log_costs_one_restart_and_not_one_after_another(
    left: list[int], caplog: pytest.LogCaptureFixture
) -> None:
    """The marker of a transaction takes an offset that is never delivered."""

    async def life(committed: int) -> int:
        world = World(logs={INPUT: [0, 1, 2, 4, 5]}, committed={INPUT: committed})
        await world.consumer.perform_seek()
        world.start_flow()
        world.start_reading()
        await asyncio.gather(world.work(), return_exceptions=True)
        await world.work_left()
        await world.consumer.commit()
        return int(world.thread.committed[INPUT] or 0)

    async def scenario() -> None:
        assert [await life(0), await life(3)] == [3, 6]
        assert left == [ExitCode.OFFSETS_JUMPED]
        assert "offsets 3 to 3 are not on the log" in caplog.text

    run(scenario)


@variants(STOCK_CONSUMER, Consumer, "_commit_offsets")
def test_a_commit_past_what_is_finished_ends_the_worker_whatever_faust_believes(
    variant: Variant, left: list[int]
) -> None:
    async def scenario() -> None:
        world = await reading_from(variant.kind, 10)
        for offset in (10, 12):
            world.finish(world.message(INPUT, offset))
        await asyncio.gather(world.consumer._commit_offsets({INPUT: 13}), return_exceptions=True)
        outcome = left, world.thread.committed[INPUT]
        judge(variant, outcome, right=([ExitCode.OFFSETS_JUMPED], 10), fault=([], 13))

    run(scenario, variant)


def test_a_gap_that_faust_reports_ends_the_worker(left: list[int]) -> None:
    async def scenario() -> None:
        world = await reading_from(Consumer, 10)
        with pytest.raises(Left):
            await world.consumer._add_gap(INPUT, 12, 14)
        assert left == [ExitCode.OFFSETS_JUMPED]

    run(scenario)


@variants(STOCK_CONSUMER, Consumer, "on_partitions_revoked")
def test_what_is_finished_is_committed_before_its_partition_goes(variant: Variant) -> None:
    async def scenario() -> None:
        world = await reading_from(variant.kind, 10)
        for offset in (10, 11, 12):
            world.finish(world.message(INPUT, offset))
        await world.revoke()
        judge(variant, world.thread.committed[INPUT], right=13, fault=10)

    run(scenario, variant)


@mutants(Consumer, without(Consumer, STOCK_CONSUMER, "on_partitions_revoked"))
def test_what_is_under_way_is_waited_for_and_committed_before_its_partition_goes(variant: Variant) -> None:
    async def scenario() -> None:
        world = await reading_from(variant.kind, 10)
        world.finish(world.message(INPUT, 10))
        under_way = world.message(INPUT, 11)
        revoking = asyncio.ensure_future(world.revoke())
        await settle()
        assert not revoking.done()
        world.finish(under_way)
        await revoking
        judge(variant, world.thread.committed[INPUT], right=12)

    run(scenario, variant)


@variants(STOCK_CONSUMER, Consumer)
def test_what_an_agent_never_got_is_not_passed_over_while_its_partition_goes(variant: Variant) -> None:
    async def scenario() -> None:
        world = await reading_from(variant.kind, 10)
        under_way = world.message(INPUT, 11)  # 10 waits in the queue of another agent, which is cleared
        revoking = asyncio.ensure_future(world.revoke())
        await settle()
        world.finish(under_way)
        await revoking
        judge(variant, world.thread.committed[INPUT], right=10, fault=12)

    run(scenario, variant)


@variants(STOCK_CONSUMER, Consumer, "wait_empty")
def test_a_stuck_agent_does_not_hold_a_rebalance_for_ever(variant: Variant, left: list[int]) -> None:
    async def scenario() -> None:
        world = await reading_from(variant.kind, 10)
        stuck = world.message(INPUT, 10)
        revoking = asyncio.ensure_future(world.revoke())
        for _ in range(4):
            await put_clock_forward(40)
        outcome = left, revoking.done()
        world.finish(stuck)
        await asyncio.gather(revoking, return_exceptions=True)
        await settle()
        judge(variant, outcome, right=([ExitCode.STALLED], True), fault=([], False))

    run(scenario, variant)


def test_a_stuck_agent_without_a_table_is_cut_short_and_its_input_read_again(left: list[int]) -> None:
    async def scenario() -> None:
        world = await reading_from(Consumer, 10)
        world.app.interruptible = frozenset({INPUT.topic})
        stuck = world.message(INPUT, 10)
        revoking = asyncio.ensure_future(world.revoke())
        for _ in range(4):
            await put_clock_forward(40)
        assert revoking.done()
        assert not stuck.acked
        assert left == []
        assert world.thread.committed[INPUT] == 10

    run(scenario)
