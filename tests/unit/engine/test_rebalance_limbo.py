"""Between two assignments: a worker whose partitions are on their way elsewhere, or not yet its own, does nothing."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from streams.engine.exits import ExitCode
from streams.engine.recovery import Recovery
from tests.unit.engine.harness import Variant, put_clock_forward, run, settle
from tests.unit.engine.test_recovery_end import start, with_tables
from tests.unit.engine.test_recovery_order import GENERATION, recovered
from tests.unit.engine.world import CHANGELOG, INPUT, Gate, World

OURS = Variant(Recovery, is_ours=True, is_stock=False)


async def reading() -> World:
    world = World(logs={INPUT: range(20)}, committed={INPUT: 10})
    await world.consumer.perform_seek()
    world.start_flow()
    return world


def test_a_rebalance_that_has_begun_is_not_undone_by_the_end_of_the_last_recovery() -> None:
    async def scenario() -> None:
        world = await recovered(OURS)
        world.thread.seeking.close()
        completing = asyncio.ensure_future(world.recovery.on_recovery_completed(GENERATION))
        await settle()
        await world.revoke()  # the other members take seconds to join: the generation is still the old one
        world.thread.seeking.open()
        await completing
        await world.work()
        assert world.app.rebalancing
        assert not world.consumer.flow_active
        assert world.offsets_done() == []

    run(scenario)


def test_what_is_fetched_before_a_new_assignment_is_paused_is_not_delivered(left: list[int]) -> None:
    async def scenario() -> None:
        world = World(logs={INPUT: range(10), CHANGELOG: range(3)}, committed={INPUT: 0})
        assigned, world.thread.assigned = world.thread.assigned, set()
        world.consumer._set_active_tps(set())
        world.start_flow()  # a worker beyond the number of partitions: its flow is never stopped
        await world.app._fetcher.maybe_start()
        await settle()
        pausing = Gate()
        pausing.close()

        async def pause(assigned: set[Any], generation: int) -> None:
            await pausing.pass_through()  # the app first tells its agents, and waits for subscriptions
            world.consumer.pause_partitions(assigned)

        world.consumer._on_partitions_assigned = pause
        await world.revoke()
        world.thread.assigned = assigned
        assigning = asyncio.ensure_future(world.assign(2))
        await settle()
        pausing.open()
        await assigning
        await world.work()
        assert left == []
        assert world.queue.empty()
        assert world.offsets_done() == []

    run(scenario)


def test_what_finishes_during_a_commit_is_committed_before_its_partition_goes() -> None:
    async def scenario() -> None:
        world = await reading()
        world.finish(world.message(INPUT, 10))
        world.thread.committing.close()
        periodic = asyncio.ensure_future(world.consumer.commit())
        await settle()
        world.finish(world.message(INPUT, 11))
        revoking = asyncio.ensure_future(world.revoke())
        await settle()
        world.thread.committing.open()
        await asyncio.gather(revoking, periodic)
        assert world.thread.committed[INPUT] == 12

    run(scenario)


def test_a_commit_that_does_not_end_does_not_hold_a_rebalance_for_ever(left: list[int]) -> None:
    async def scenario() -> None:
        world = await reading()
        world.finish(world.message(INPUT, 10))
        world.thread.committing.close()
        revoking = asyncio.ensure_future(world.revoke())
        for _ in range(4):
            await put_clock_forward(40)
        outcome = list(left), revoking.done()
        world.thread.committing.open()
        await asyncio.gather(revoking, return_exceptions=True)
        assert outcome == ([ExitCode.STALLED], True)

    run(scenario)


def test_an_error_while_partitions_go_crashes_the_app(monkeypatch: pytest.MonkeyPatch) -> None:
    async def scenario() -> None:
        world = await reading()
        crashes: list[BaseException] = []

        async def crash(error: BaseException) -> None:
            crashes.append(error)

        async def commit(offsets: Any) -> bool:
            raise RuntimeError("cannot flush")

        monkeypatch.setattr(world.app, "crash", crash)
        monkeypatch.setattr(world.thread, "commit", commit)
        world.finish(world.message(INPUT, 10))
        await asyncio.gather(world.revoke(), return_exceptions=True)  # the client logs what is raised, and goes on
        assert [str(error) for error in crashes] == ["cannot flush"]

    run(scenario)


def test_a_seek_that_is_not_answered_in_time_does_not_end_recovery_for_good(left: list[int]) -> None:
    async def scenario() -> None:
        world = World(logs={INPUT: range(3), CHANGELOG: range(5)}, committed={INPUT: 0})
        world.consumer.pause_partitions(world.thread.assigned)
        world.thread.seeking.close()
        await world.recovery.start()
        await start(world, 1)
        await with_tables()
        await put_clock_forward(100)
        world.thread.seeking.open()
        await world.revoke()
        await world.assign(2)
        await start(world, 2)
        await with_tables()
        assert left or world.app.tables.actives_ready

    run(scenario)
