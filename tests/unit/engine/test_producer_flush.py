"""A flush ends when every message has been handed to the sender, and says when that cannot be."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from faust.transport import producer as stock
from faust.types import FutureMessage
from faust.types.tuples import PendingMessage

from streams.engine.producer import ProducerBuffer
from tests.unit.engine.harness import Variant, judge, put_clock_forward, run, settle, variants
from tests.unit.engine.world import INPUT, Gate, World


class HeldChannel:
    """Stands for a topic: a message is sent when the gate opens, or fails when the test wants that."""

    def __init__(self) -> None:
        self.gate = Gate()
        self.gate.close()
        self.sent = 0
        self.error: Exception | None = None

    async def publish_message(self, fut: FutureMessage, wait: bool) -> None:
        await self.gate.pass_through()
        if self.error is not None:
            raise self.error
        self.sent += 1

    def message(self) -> FutureMessage:
        channel: Any = self
        pending = PendingMessage(
            channel, b"key", b"value", 0, None, None, key_serializer="raw", value_serializer="raw", callback=None
        )
        return FutureMessage(pending)


async def started(kind: type[Any]) -> Any:
    buffer = kind()
    buffer.app = World(logs={INPUT: []}, committed={}).app
    await buffer.start()
    return buffer


@variants(stock.ProducerBuffer, ProducerBuffer, "flush_atmost")
def test_a_message_inside_send_is_waited_for(variant: Variant) -> None:
    async def scenario() -> None:
        buffer, channel = await started(variant.kind), HeldChannel()
        buffer.put(channel.message())
        await settle()
        assert channel.gate.waiting == 1, "it is taken from the queue and not yet sent"
        flushing = asyncio.ensure_future(buffer.flush())
        await settle()
        returned_early = flushing.done()
        channel.gate.open()
        await flushing
        judge(variant, returned_early, right=False, fault=True)
        assert channel.sent == 1 or not variant.is_ours

    run(scenario, variant)


@variants(stock.ProducerBuffer, ProducerBuffer, "flush_atmost")
def test_a_slow_send_is_waited_for_however_long_it_takes(variant: Variant) -> None:
    async def scenario() -> None:
        buffer, channel = await started(variant.kind), HeldChannel()
        for _ in range(3):
            buffer.put(channel.message())
        await settle()
        flushing = asyncio.ensure_future(buffer.flush())
        await settle()
        assert not flushing.done()
        await put_clock_forward(0.2)
        returned_early = flushing.done()
        channel.gate.open()
        await flushing
        judge(variant, returned_early, right=False, fault=True)
        assert channel.sent == 3 or not variant.is_ours

    run(scenario, variant)


@variants(stock.ProducerBuffer, ProducerBuffer, "flush_atmost")
def test_a_producer_that_fails_while_sending_fails_the_flush(variant: Variant) -> None:
    async def scenario() -> None:
        buffer, channel = await started(variant.kind), HeldChannel()
        channel.error = OSError("no broker")
        buffer.put(channel.message())
        await settle()
        flushing = asyncio.ensure_future(buffer.flush())
        await settle()
        channel.gate.open()
        told = await asyncio.gather(flushing, return_exceptions=True)
        judge(variant, [type(one) for one in told], right=[RuntimeError], fault=[type(None)])

    run(scenario, variant)


@variants(stock.ProducerBuffer, ProducerBuffer, "flush_atmost")
def test_no_input_is_committed_while_a_write_is_inside_send(variant: Variant) -> None:
    async def scenario() -> None:
        world = World(logs={INPUT: range(3)}, committed={INPUT: 0})
        channel, buffer = HeldChannel(), await started(variant.kind)
        world.app.producer.buffer = buffer
        await world.consumer.perform_seek()
        buffer.put(channel.message())
        world.finish(world.message(INPUT, 0))
        committing = asyncio.ensure_future(world.consumer.commit())
        await settle()
        committed_early = world.thread.committed[INPUT]
        channel.gate.open()
        await committing
        assert world.thread.committed[INPUT] == 1
        judge(variant, committed_early, right=0, fault=1)

    run(scenario, variant)


@pytest.mark.parametrize("kind", [stock.ProducerBuffer, ProducerBuffer], ids=["stock", "ours"])
def test_a_flush_ends_when_everything_is_sent(kind: type[Any]) -> None:
    async def scenario() -> None:
        buffer, channel = await started(kind), HeldChannel()
        channel.gate.open()
        for _ in range(5):
            buffer.put(channel.message())
        await buffer.flush()
        await settle()
        assert channel.sent == 5
        await buffer.flush()

    run(scenario)


def test_a_flush_does_not_wait_for_what_comes_after_it() -> None:
    async def scenario() -> None:
        buffer, channel = await started(ProducerBuffer), HeldChannel()
        buffer.put(channel.message())
        flushing = asyncio.ensure_future(buffer.flush())
        await settle()
        buffer.put(channel.message())
        channel.gate.let_pass()
        await flushing
        assert channel.sent == 1

    run(scenario)
