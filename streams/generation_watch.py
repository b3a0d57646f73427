"""A worker's look at which generation may work: before it begins, whenever it gets partitions, and all the while.

A look reads a topic with a client of its own, in a thread of its own: the event loop does not wait for it, and a worker
that ends does not either.
"""

from __future__ import annotations

import asyncio
import logging
import threading
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass

from kafka.errors import KafkaError

from streams.engine.exits import ExitCode, leave
from streams.generations import Generation, serving
from streams.records import Generations, InvalidRecordError
from streams.reporting.generations import GenerationsReader
from streams.reporting.topic_reader import consumer
from streams.settings import Settings

logger = logging.getLogger(__name__)

LOOK_SECONDS = 2.0
POLL_SECONDS = 0.05


@dataclass(frozen=True, slots=True)
class Look:
    """What was told of generations, and when it was asked for; seconds of the monotonic clock."""

    began: float
    told: Generations


class GenerationWatch(threading.Thread):
    """Looks every two seconds, and at once when asked."""

    def __init__(self, settings: Settings, builds: int | None) -> None:
        """`builds` is the generation that this worker builds for a replay; None: it is of the one that serves."""
        super().__init__(name="generations", daemon=True)
        self._settings = settings
        self._builds = builds
        self._asked = threading.Event()
        self._last: Look | None = None
        self.generation: Generation | None = None
        """That of this worker, once it may work."""

    def run(self) -> None:
        """Look for as long as the process lives; while the broker is away, try again."""
        while True:
            try:
                with ExitStack() as opened:
                    reader = opened.enter_context(consumer(self._settings))
                    self._look_on(GenerationsReader(reader, self._settings.application_id))
            except (KafkaError, InvalidRecordError, OSError) as error:
                logger.warning("cannot read which generation serves: %s", error)
                time.sleep(LOOK_SECONDS / 2)

    def _look_on(self, reader: GenerationsReader) -> None:
        while True:
            self._asked.clear()
            began = time.monotonic()
            self._last = Look(began, reader.now())
            self._asked.wait(LOOK_SECONDS)

    async def wait_to_work(self, stop: asyncio.Event, on_wait: Callable[[], None]) -> Generation | None:
        """The generation of this worker, as soon as it may work; None when `stop` comes before.

        `on_wait` is called all the while, so that the wait does not look like an event loop that hangs.
        """
        waits = False
        while not stop.is_set():
            on_wait()
            if (look := self._last) is not None:
                generation = self._mine(look.told)
                if generation.may_work(look.told):
                    self.generation = generation
                    return generation
                if not waits:
                    logger.info("waiting: a replay switches to another generation", extra={"told": str(look.told)})
                    waits = True
            await asyncio.sleep(POLL_SECONDS)
        return None

    def may_go_on(self) -> bool:
        """Whether this worker's generation may still work, as far as the last look tells."""
        return self.generation is None or self._last is None or self.generation.may_work(self._last.told)

    async def admit(self) -> None:
        """Wait for a look that begins now, and end the process if its generation may not work.

        Asked when the group has given partitions, before anything is read. A replay first tells that a generation must
        not work, and then waits until its group has no members: so a worker that joined too late to be seen looks
        late enough to see it.
        """
        asked = time.monotonic()
        while self._last is None or self._last.began < asked:
            self._asked.set()
            await asyncio.sleep(POLL_SECONDS)
        if not self.may_go_on():
            leave(ExitCode.GENERATION_CHANGED, "a replay has switched to another generation")

    def _mine(self, told: Generations) -> Generation:
        if self._builds is None:
            return serving(self._settings.application_id, told)
        return Generation(self._settings.application_id, self._builds, is_building=True)
