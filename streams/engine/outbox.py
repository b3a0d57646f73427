"""The ordered outbox: state first, outputs second, input last.

For each input: its table writes are acknowledged, then its outputs are sent, then they are acknowledged, and only then
the input is finished. So after a crash state may be ahead of the outputs, never behind, and redelivery repairs it.
Inputs of one partition keep their order; they are pipelined, not done one at a time.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

Headers = tuple[tuple[str, bytes], ...]


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One record to publish."""

    topic: str
    key: bytes | None
    value: bytes | None
    headers: Headers = ()


@dataclass(frozen=True, slots=True)
class Output:
    """What an input leads to."""

    writes: Sequence[Awaitable[Any]] = ()
    """Acknowledgements of the table writes that the sends follow from."""
    sends: Sequence[Outgoing] = ()
    done: Callable[[], None] | None = None
    """Called when everything is acknowledged, before the input is finished."""
    marks: Mapping[Hashable, int] = field(default_factory=dict)
    """What changed and is to be published with the batch, each with the origin of the change (`CoalescingOutbox`)."""


@dataclass(frozen=True, slots=True)
class Work:
    """One input on its way: `output` may still be computed."""

    output: Awaitable[Output]
    finish: Callable[[], Awaitable[Any]]
    """Finishes the input, so that its offset may be committed."""


class Publisher(Protocol):
    """Whom the outbox works for."""

    async def publish(self, record: Outgoing) -> Awaitable[Any]:
        """Hand a record to the producer; what it returns is done when the broker has acknowledged it. Order is kept."""

    def fail(self, error: BaseException) -> None:
        """Told of an error after which nothing may be finished any more."""


class Sink(Protocol):
    """Takes inputs with what they lead to, in order."""

    async def put(self, lane: Hashable, work: Work) -> None:
        """Take one input; waits while too many are under way. A lane is a partition: inputs of one keep order."""


class Outbox:
    """Publishes what each input leads to as soon as order allows."""

    def __init__(self, publisher: Publisher, capacity: int) -> None:
        """At most `capacity` inputs are under way at once, over all lanes."""
        self._publisher = publisher
        self._room = asyncio.Semaphore(capacity)
        self._lanes: dict[Hashable, _Lane] = {}

    async def put(self, lane: Hashable, work: Work) -> None:
        """Take one input; waits while too many are under way."""
        await self._room.acquire()
        if lane not in self._lanes:
            self._lanes[lane] = _Lane(self._publisher, self._room.release)
        self._lanes[lane].to_send.put_nowait(work)


@dataclass(slots=True)
class _Sent:
    work: Work
    output: Output
    acknowledgements: list[Awaitable[Any]]


class _Lane:
    """One partition: a task that sends in order, and one that finishes in order behind it."""

    def __init__(self, publisher: Publisher, release: Callable[[], None]) -> None:
        self.to_send: asyncio.Queue[Work] = asyncio.Queue()
        self._to_finish: asyncio.Queue[_Sent] = asyncio.Queue()
        self._publish = publisher.publish
        self._release = release
        self._tasks = [_watched(self._send(), publisher.fail), _watched(self._finish(), publisher.fail)]

    async def _send(self) -> None:
        while True:
            work = await self.to_send.get()
            output = await work.output
            for write in output.writes:
                await write
            acknowledgements = [await self._publish(record) for record in output.sends]
            self._to_finish.put_nowait(_Sent(work, output, acknowledgements))

    async def _finish(self) -> None:
        while True:
            sent = await self._to_finish.get()
            for acknowledgement in sent.acknowledgements:
                await acknowledgement
            if sent.output.done is not None:
                sent.output.done()
            await sent.work.finish()
            self._release()


Collect = Callable[[Mapping[Hashable, int]], Output]
"""Turns the marks of a batch into what is published for them, as things stand when it is called."""


@dataclass(slots=True)
class _Batch:
    works: list[Work] = field(default_factory=list)
    outputs: list[Output] = field(default_factory=list)
    marks: dict[Hashable, int] = field(default_factory=dict)

    def add(self, work: Work, output: Output) -> None:
        self.works.append(work)
        self.outputs.append(output)
        for mark, origin in output.marks.items():
            self.marks.setdefault(mark, origin)  # the oldest: its delay is the longest


class CoalescingOutbox:
    """Publishes at most once in `interval` seconds, and once for each mark, however many inputs set it.

    The inputs wait for the publish that covers them, so nothing is finished whose output is not out. What is published
    is collected at the moment when the batch closes: it follows from the writes of this batch and of earlier ones only.
    """

    def __init__(
        self,
        publisher: Publisher,
        collect: Collect,
        *,
        capacity: int,
        interval: float,
        is_draining: Callable[[], bool],
    ) -> None:
        """While `is_draining` says so (a rebalance, a stop), publishing does not wait for the interval."""
        self._publish = publisher.publish
        self._collect = collect
        self._room = asyncio.Semaphore(capacity)
        self._interval = interval
        self._is_draining = is_draining
        self._batch = _Batch()
        self._filled = asyncio.Event()
        self._task = _watched(self._run(), publisher.fail)

    async def put(self, lane: Hashable, work: Work) -> None:  # noqa: ARG002  (all lanes share one batch)
        """Take one input; waits while too many are under way.

        Its output must be known already, so that nothing comes between the decision and its place in the batch.
        """
        output = await work.output
        self._batch.add(work, output)
        self._filled.set()
        await self._room.acquire()

    async def _run(self) -> None:
        clock = asyncio.get_running_loop().time
        last = clock() - self._interval
        while True:
            await self._filled.wait()
            while clock() < last + self._interval and not self._is_draining():
                await asyncio.sleep(min(0.05, self._interval))
            self._filled.clear()
            batch, self._batch = self._batch, _Batch()
            batch.outputs.append(self._collect(batch.marks))
            last = clock()
            await self._flush(batch)

    async def _flush(self, batch: _Batch) -> None:
        for output in batch.outputs:
            for write in output.writes:
                await write
        sends = [record for output in batch.outputs for record in output.sends]
        for acknowledgement in [await self._publish(record) for record in sends]:
            await acknowledgement
        for output in batch.outputs:
            if output.done is not None:
                output.done()
        for work in batch.works:
            await work.finish()
            self._room.release()


def _watched(work: Any, fail: Callable[[BaseException], None]) -> asyncio.Task[None]:
    """A task whose error is told, never kept to itself."""
    task: asyncio.Task[None] = asyncio.get_running_loop().create_task(work)

    def tell(ended: asyncio.Task[None]) -> None:
        if not ended.cancelled() and (error := ended.exception()) is not None:
            fail(error)

    task.add_done_callback(tell)
    return task
