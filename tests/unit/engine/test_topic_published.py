"""A publish that the broker did not take is never forgotten."""

from __future__ import annotations

import asyncio
from typing import Any

import faust
import pytest
from faust.types import TP, FutureMessage, RecordMetadata
from faust.types.tuples import PendingMessage

from streams.engine.exits import ExitCode
from streams.engine.topic import Topic
from tests.unit.engine.harness import STOCK_CONSUMER, Variant, judge, run, settle, variants
from tests.unit.engine.world import INPUT, World


class Publication:
    """One message on its way through a topic to a producer whose answer the test gives."""

    def __init__(self, kind: type[Any]) -> None:
        self.answer: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        app = World(STOCK_CONSUMER, logs={INPUT: []}, committed={}).app
        app.producer.send = self._send
        topic = kind(app, topics=["outputs"], value_serializer="raw")
        topic._get_producer = self._producer
        self._producer_used = app.producer
        pending = PendingMessage(
            topic, b"key", b"value", 0, None, None, key_serializer="raw", value_serializer="raw", callback=None
        )
        self.topic, self.message = topic, FutureMessage(pending)
        self.raised: list[BaseException] = []
        asyncio.get_running_loop().set_exception_handler(lambda _, context: self.raised.append(context["exception"]))

    async def _producer(self) -> Any:
        return self._producer_used

    async def _send(self, *args: Any, **options: Any) -> asyncio.Future[Any]:
        return self.answer

    async def publish(self) -> None:
        await self.topic.publish_message(self.message, wait=False)


@variants(faust.Topic, Topic, "_on_published")
def test_a_failed_publish_ends_the_worker(variant: Variant, left: list[int]) -> None:
    async def scenario() -> None:
        publication = Publication(variant.kind)
        await publication.publish()
        publication.answer.set_exception(OSError("not taken"))
        await settle()
        if publication.message.done():
            publication.message.exception()  # stock Faust gives it to whoever waits, and goes on
        judge(variant, left, right=[ExitCode.PUBLISH_FAILED], fault=[])

    run(scenario, variant)


@pytest.mark.parametrize("kind", [faust.Topic, Topic], ids=["stock", "ours"])
def test_an_acknowledged_publish_is_told(kind: type[Any], left: list[int]) -> None:
    async def scenario() -> None:
        publication = Publication(kind)
        await publication.publish()
        assert not publication.message.done()
        told = RecordMetadata("outputs", 0, TP("outputs", 0), 7)
        publication.answer.set_result(told)
        await settle()
        assert publication.message.result() == told
        assert left == []
        assert publication.raised == []

    run(scenario)


def test_a_cancelled_publish_does_not_end_the_worker_and_finishes_nothing(left: list[int]) -> None:
    async def scenario() -> None:
        publication = Publication(Topic)
        await publication.publish()
        publication.answer.cancel()
        await settle()
        assert left == []
        message = publication.message
        assert not message.done() or message.cancelled() or message.exception() is not None

    run(scenario)
