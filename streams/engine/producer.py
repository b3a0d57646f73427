"""The producer: idempotent, under the lease, and with a flush that means it."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any

from faust.transport import producer as base
from faust.transport.drivers import aiokafka as driver
from faust.types import FutureMessage

from streams.engine.lease import hold_produce_requests


class ProducerBuffer(base.ProducerBuffer):
    """Faust's buffer of messages to be sent, with a flush that waits for all of them."""

    accepted: int = 0
    handed_over: int = 0

    def put(self, fut: FutureMessage) -> None:
        """Queue a message."""
        self.accepted += 1
        super().put(fut)

    async def flush_atmost(self, max_messages: int | None) -> int:
        """Wait until every message that is queued now has been handed to the sender.

        Stock Faust gives up after a tenth of a second without a send and does not see the message that it took from
        the queue but has not handed over, so offsets are committed before changelog writes are acknowledged.
        """
        if max_messages is not None:
            flushed: int = await super().flush_atmost(max_messages)
            return flushed
        before, wanted = self.handed_over, self.accepted
        while self.handed_over < wanted:
            if self.state != "running":
                raise RuntimeError(f"cannot flush {wanted - self.handed_over} messages: the producer is {self.state}")
            await asyncio.sleep(0.002)
        return wanted - before

    async def _send_pending(self, fut: FutureMessage) -> None:
        await super()._send_pending(fut)
        self.handed_over += 1


class Producer(driver.Producer):
    """Faust's producer, writing each record once and in order even when a request is repeated."""

    app: Any  # upstream's interface leaves out what is used here

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        buffer = ProducerBuffer(loop=self.loop, beacon=self.beacon)
        buffer.app = self.app
        self.buffer = buffer

    def _settings_extra(self) -> Mapping[str, Any]:
        return {"acks": "all", "enable_idempotence": True}

    def _new_producer(self, transactional_id: str | None = None) -> Any:
        producer = super()._new_producer(transactional_id)
        hold_produce_requests(producer.client, self.app.lease)
        return producer
