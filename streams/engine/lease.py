"""The lease: a worker publishes only while the broker surely counts it as the owner of its partitions.

A worker that was stopped (SIGSTOP, a paused virtual machine, a long swap) and wakes does not know that others have
taken over, and would publish older state over newer: 37 instead of 25 events in an experiment. The broker gives up a
member at the earliest one session after the last heartbeat that it answered was sent. So a heartbeat's answer is a
lease for one session from the moment it was sent, less a margin; requests to produce wait for a valid one.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import Any

from aiokafka.protocol.produce import ProduceRequest

from streams.engine.exits import ExitCode, leave

MARGIN = 0.1
"""Share of the session by which a lease ends earlier than the broker's patience."""
POLL_SECONDS = 0.05


def seconds_awake_or_not() -> float:
    """A clock that goes on while the machine is suspended, where there is one."""
    return time.clock_gettime(getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC))


class Lease:
    """Until when this process may publish; renewed by the consumer's thread, asked by the producer."""

    def __init__(self, session_seconds: float, clock: Callable[[], float] = seconds_awake_or_not) -> None:
        self.clock = clock
        self._valid_seconds = session_seconds * (1 - MARGIN)
        self._renewed: float | None = None
        self._is_member = False

    def renew(self, sent_at: float) -> None:
        """The broker has answered a heartbeat, or an assignment, that was asked for at `sent_at`."""
        self._renewed = sent_at
        self._is_member = True

    def hand_back(self) -> None:
        """All partitions were given back in order: what follows needs a new assignment."""
        self._is_member = False

    def lose(self) -> None:
        """The broker no longer knows this member: others own its partitions. Ends the process."""
        if self._is_member:
            leave(ExitCode.LEASE_LOST, "the group has gone on without this worker: others own its partitions")

    def is_valid(self) -> bool:
        """Whether publishing is safe now; before the first assignment there is nothing to publish wrongly."""
        return self._renewed is None or self.clock() - self._renewed < self._valid_seconds

    async def hold(self) -> None:
        """Wait until publishing is safe: for the next heartbeat, if the last is too old. `lose` ends a vain wait."""
        while not self.is_valid():
            await asyncio.sleep(POLL_SECONDS)


def renew_by_heartbeats(coordinator: Any, lease: Lease) -> None:
    """Let an aiokafka `GroupCoordinator` renew and lose the lease.

    It has no hook, so three methods of this one object are wrapped: a heartbeat (`_do_heartbeat` returns whether the
    broker still counts us, also while the group rebalances), the beginning of membership, and its loss.
    """
    beat: Callable[[], Awaitable[bool]] = coordinator._do_heartbeat  # noqa: SLF001
    joined_at = lease.clock()
    complete = coordinator._on_join_complete  # noqa: SLF001
    join, reset = coordinator._start_heartbeat_task, coordinator.reset_generation  # noqa: SLF001

    async def beat_and_renew() -> bool:
        sent_at = lease.clock()
        if await beat():
            lease.renew(sent_at)
            return True
        return False

    async def complete_and_note(*arguments: Any) -> None:
        nonlocal joined_at
        joined_at = lease.clock()  # before the callbacks, which can take long
        await complete(*arguments)

    def join_and_renew() -> None:
        lease.renew(joined_at)
        join()

    def reset_and_lose() -> None:
        if not coordinator._closing.done():  # noqa: SLF001
            lease.lose()
        reset()

    coordinator._do_heartbeat = beat_and_renew  # noqa: SLF001
    coordinator._on_join_complete = complete_and_note  # noqa: SLF001
    coordinator._start_heartbeat_task = join_and_renew  # noqa: SLF001
    coordinator.reset_generation = reset_and_lose


def hold_produce_requests(client: Any, lease: Lease) -> None:
    """Let an aiokafka client send requests to produce only under a valid lease.

    It is asked at the last moment before the socket: a connection is made ready first, since that may take long.
    """
    send = client.send

    async def send_under_lease(node_id: int, request: Any, **options: Any) -> Any:
        if isinstance(request, ProduceRequest):
            await client.ready(node_id, **options)
            while not lease.is_valid():
                await lease.hold()
                await client.ready(node_id, **options)  # it may have been closed meanwhile
        return await send(node_id, request, **options)

    client.send = send_under_lease
