"""The lease: who was away too long publishes nothing, and who has lost its partitions ends."""

from __future__ import annotations

import asyncio
import inspect
from types import SimpleNamespace
from typing import Any

import pytest
from aiokafka.client import AIOKafkaClient
from aiokafka.consumer.group_coordinator import GroupCoordinator
from aiokafka.protocol.metadata import MetadataRequest
from aiokafka.protocol.produce import ProduceRequest

from streams.engine.exits import ExitCode
from streams.engine.lease import POLL_SECONDS, Lease, hold_produce_requests, renew_by_heartbeats
from tests.unit.engine.harness import Left, put_clock_forward, run, settle
from tests.unit.engine.world import World

SESSION = 10.0
VALID = 9.0  # the session less its margin
PRODUCE = ProduceRequest(transactional_id=None, required_acks=-1, timeout=1000, topics=[])


class Time:
    now = 100.0

    def __call__(self) -> float:
        return self.now


class Coordinator:
    """What `renew_by_heartbeats` needs of aiokafka's; its answers are scripted."""

    def __init__(self, time: Time) -> None:
        self.time = time
        self.answers: list[tuple[float, bool]] = []
        self._closing: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.events: list[str] = []
        self.assigning = 0.0

    async def _do_heartbeat(self) -> bool:
        seconds, is_member = self.answers.pop(0)
        self.time.now += seconds
        return is_member

    async def _on_join_complete(self, *arguments: Any) -> None:
        self.time.now += self.assigning

    def _start_heartbeat_task(self) -> None:
        self.events.append("joined")

    def reset_generation(self) -> None:
        self.events.append("reset")


def test_aiokafka_still_has_what_is_wrapped() -> None:
    for name in ("_do_heartbeat", "_on_join_complete", "_start_heartbeat_task", "reset_generation"):
        assert f"self.{name}(" in inspect.getsource(GroupCoordinator), "it is looked up on the object at each call"
    assert "self._closing" in inspect.getsource(GroupCoordinator.__init__)
    assert inspect.iscoroutinefunction(AIOKafkaClient.send)


def test_a_lease_runs_from_when_the_heartbeat_was_sent() -> None:
    async def scenario() -> None:
        time = Time()
        lease, coordinator = Lease(SESSION, time), Coordinator(time)
        renew_by_heartbeats(coordinator, lease)
        assert lease.is_valid(), "nothing is owned yet, so nothing can be published wrongly"
        coordinator._start_heartbeat_task()
        coordinator.answers = [(4.0, True)]
        await coordinator._do_heartbeat()
        time.now += VALID - 4.0 - 0.1
        assert lease.is_valid()
        time.now += 0.2
        assert not lease.is_valid(), "the answer's way back is no part of the lease"

    run(scenario)


def test_a_process_that_was_stopped_while_it_got_its_partitions_has_no_lease_when_it_wakes() -> None:
    async def scenario() -> None:
        time = Time()
        lease, coordinator = Lease(SESSION, time), Coordinator(time)
        renew_by_heartbeats(coordinator, lease)
        coordinator.assigning = 6 * SESSION
        await coordinator._on_join_complete(1, "member", "protocol", b"")
        coordinator._start_heartbeat_task()
        assert not lease.is_valid()

    run(scenario)


def test_a_heartbeat_that_fails_renews_nothing() -> None:
    async def scenario() -> None:
        time = Time()
        lease, coordinator = Lease(SESSION, time), Coordinator(time)
        renew_by_heartbeats(coordinator, lease)
        coordinator._start_heartbeat_task()
        coordinator.answers = [(VALID + 1, False)]
        assert not await coordinator._do_heartbeat()
        assert not lease.is_valid()

    run(scenario)


def test_a_member_that_the_group_has_dropped_ends(left: list[int]) -> None:
    async def scenario() -> None:
        coordinator = Coordinator(Time())
        renew_by_heartbeats(coordinator, Lease(SESSION))
        coordinator._start_heartbeat_task()
        with pytest.raises(Left):
            coordinator.reset_generation()
        assert left == [ExitCode.LEASE_LOST]

    run(scenario)


def test_a_member_that_has_given_its_partitions_back_or_leaves_does_not_end(left: list[int]) -> None:
    async def scenario() -> None:
        lease, coordinator = Lease(SESSION), Coordinator(Time())
        renew_by_heartbeats(coordinator, lease)
        coordinator.reset_generation()  # it has not joined yet
        coordinator._start_heartbeat_task()
        lease.hand_back()
        coordinator.reset_generation()
        coordinator._start_heartbeat_task()
        coordinator._closing.set_result(None)
        coordinator.reset_generation()
        assert coordinator.events == ["reset", "joined", "reset", "joined", "reset"]
        assert not left

    run(scenario)


class Client:
    """What `hold_produce_requests` needs of aiokafka's client; making a connection ready can take time."""

    def __init__(self, time: Time) -> None:
        self.time = time
        self.connecting = 0.0
        self.sent: list[str] = []

    async def ready(self, node_id: int, **options: Any) -> bool:
        self.time.now += self.connecting
        return True

    async def send(self, node_id: int, request: Any, **options: Any) -> str:
        self.sent.append(type(request).__name__)
        return "answer"


def held(time: Time) -> tuple[Lease, Client]:
    lease, client = Lease(SESSION, time), Client(time)
    hold_produce_requests(client, lease)
    lease.renew(time.now)
    return lease, client


def test_a_process_that_was_stopped_publishes_nothing_when_it_wakes() -> None:
    async def scenario() -> None:
        time = Time()
        lease, client = held(time)
        assert await client.send(1, PRODUCE) == "answer"
        time.now += SESSION + 5  # SIGSTOP, then SIGCONT
        sending = asyncio.ensure_future(client.send(1, PRODUCE))
        await client.send(1, MetadataRequest())
        await put_clock_forward(10 * POLL_SECONDS)
        assert client.sent == ["ProduceRequest", "MetadataRequest"]
        lease.renew(time.now)  # the broker had been away: the group still counts us
        await put_clock_forward(10 * POLL_SECONDS)
        assert await sending == "answer"

    run(scenario)


def test_the_lease_is_asked_after_the_connection_is_made() -> None:
    async def scenario() -> None:
        time = Time()
        _, client = held(time)
        client.connecting = SESSION
        sending = asyncio.ensure_future(client.send(1, PRODUCE))
        await settle()
        assert not client.sent
        sending.cancel()

    run(scenario)


def test_the_lease_is_asked_again_when_the_connection_was_lost_meanwhile() -> None:
    async def scenario() -> None:
        time = Time()
        lease, client = held(time)
        time.now += SESSION
        sending = asyncio.ensure_future(client.send(1, PRODUCE))
        await settle()
        client.connecting = SESSION  # the connection is gone when the broker is back, and made again slowly
        lease.renew(time.now)
        await put_clock_forward(10 * POLL_SECONDS)
        assert not client.sent
        client.connecting = 0.0
        lease.renew(time.now)
        await put_clock_forward(10 * POLL_SECONDS)
        assert await sending == "answer"

    run(scenario)


def test_our_producer_and_consumer_are_under_the_lease() -> None:
    async def scenario() -> None:
        world = World(logs={}, committed={})
        producer = world.app.producer._new_producer()
        assert producer.client.send.__name__ == "send_under_lease"
        coordinator = Coordinator(Time())
        thread = type(world.consumer)._new_consumer_thread(world.consumer)
        thread._consumer = SimpleNamespace(_coordinator=coordinator)
        thread._create_consumer = lambda loop: SimpleNamespace(_coordinator=coordinator, start=settle)
        await thread.on_start()
        assert coordinator._do_heartbeat.__name__ == "beat_and_renew"
        thread.thread_loop.close()
        await producer.stop()

    run(scenario)
