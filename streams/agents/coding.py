"""The agent CODE: articles in, cleaned, dated and coded documents out."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from typing import Any

from streams import topics
from streams.agents.stage import Context, Stage, immediately, origin_headers, origin_ms, timestamp_ms
from streams.engine.outbox import Outgoing, Output
from streams.pool import CodingPool
from streams.records import InvalidRecordError

ARTICLES_PER_PROCESS = 4
"""Articles under way for each coding process: enough that none waits for the worker."""


class Coding(Stage):
    """Runs `streams.articles` on `news.articles.v1` in coding processes, several articles at once."""

    name = "coding"
    topic = topics.ARTICLES
    capacity = 100  # documents are fat, and those behind a slow article wait for it
    is_internal = False

    def __init__(self, context: Context, pool: CodingPool) -> None:
        super().__init__(context)
        self._pool = pool
        self._under_way: dict[tuple[int, int], asyncio.Future[Output]] = {}
        pool.on_end(lambda cause: context.metrics.coding_processes_ended.labels(cause).inc())
        self._room = asyncio.Semaphore(context.settings.coding_processes * ARTICLES_PER_PROCESS)

    async def output(self, message: Any) -> Awaitable[Output]:
        """Begin to code the article; documents leave in the order of their articles all the same.

        One that a rebalance cut short and brings back is coded once: it still is under way.
        """
        place = message.partition, message.offset
        if place not in self._under_way:
            await self._room.acquire()
            coding = self._under_way[place] = asyncio.ensure_future(self._code(message))
            coding.add_done_callback(lambda _: self._under_way.pop(place))
        return self._under_way[place]

    async def _code(self, message: Any) -> Output:
        try:
            done = await self._pool.process(message.key, message.value, timestamp_ms(message))
        except InvalidRecordError as error:
            self.context.metrics.articles.labels("rejected").inc()
            return await immediately(self.dead_letter(message, error))
        finally:
            self._room.release()
        metrics = self.context.metrics
        for part, seconds in done.seconds.items():
            metrics.stage_seconds.labels(part).observe(seconds)

        def count() -> None:
            metrics.articles.labels(done.outcome).inc()
            metrics.mentions.inc(done.mentions)

        headers = origin_headers(origin_ms(message))
        return Output(sends=(Outgoing(topics.DOCUMENTS.name, done.key.encode(), done.document, headers),), done=count)
