"""What all agents share: the loop, the dead letters, the metrics, and the way out."""

from __future__ import annotations

import abc
import logging
import time
from collections.abc import Awaitable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, ClassVar

from faust.exceptions import NotReady

from streams import dead_letters
from streams.dead_letters import RateLimit
from streams.engine.app import App
from streams.engine.crashes import code_of
from streams.engine.exits import ExitCode, leave
from streams.engine.outbox import Headers, Outbox, Outgoing, Output, Sink, Work
from streams.generations import Generation
from streams.health import Health
from streams.metrics import Metrics
from streams.origin import ORIGIN_HEADER, origin_of
from streams.records import InvalidRecordError
from streams.settings import Settings
from streams.topics import Topic, dead_letters_of

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Context:
    """What every stage needs of the worker."""

    app: App
    settings: Settings
    generation: Generation
    metrics: Metrics
    health: Health
    dead_letter_limit: RateLimit


class Stage(abc.ABC):
    """One stage as a Faust agent: inputs in, and through the outbox in order."""

    name: ClassVar[str]
    topic: ClassVar[Topic]
    capacity: ClassVar[int] = 1000
    """Inputs under way at once."""
    is_internal: ClassVar[bool] = True
    """Inputs are records of ours: one that cannot be decoded stops the worker for good."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.app = context.app
        self.input = context.generation.own(self.topic)
        """The topic as this worker's generation has it."""
        self._outbox: Sink | None = None

    @abc.abstractmethod
    async def output(self, message: Any) -> Awaitable[Output]:
        """What this input leads to. Called in order; what it returns may still be under way."""

    def outbox(self) -> Sink:
        """The outbox of this stage; called within the event loop."""
        return Outbox(self, self.capacity)

    async def run(self, stream: Any) -> None:
        """The agent: take each input, and let the outbox finish it."""
        # The stage keeps it: work under way outlives this coroutine when the worker stops, and tasks are weakly held.
        outbox = self._outbox = self.outbox()
        manual = stream.noack()
        try:
            async for event in manual.events():
                output = await self.output(event.message)
                await outbox.put(event.message.partition, Work(output, self._finisher(manual, event)))
        except Exception as error:  # noqa: BLE001  (crash-only: whatever it is, the worker must not go on)
            self.fail(error)
        if not self.app.should_stop:
            self.fail(RuntimeError("the stream ended while the worker goes on"))

    async def publish(self, record: Outgoing) -> Awaitable[Any]:
        """Hand a record to the producer."""
        sent: Awaitable[Any] = await self.app.producer.send(
            self.context.generation.name_of(record.topic), record.key, record.value, None, None, list(record.headers)
        )
        return sent

    def fail(self, error: BaseException) -> None:
        """End the worker: an input cannot be finished, and nothing behind it may be.

        When the worker stops, the producer is gone before a slow article is coded: that one is read again.
        """
        if self.app.should_stop and isinstance(error, NotReady):
            return
        logger.error("stage %s failed", self.name, exc_info=error)
        leave(code_of(error, ExitCode.AGENT_FAILED), f"stage {self.name}: {error!r}")

    def dead_letter(self, message: Any, error: InvalidRecordError) -> Output:
        """The output for an input that cannot be read. Ends the worker when there are too many."""
        if not self.context.dead_letter_limit.allows(time.monotonic()):
            limit = self.context.dead_letter_limit.per_minute
            leave(ExitCode.TOO_MANY_DEAD_LETTERS, f"more than {limit} dead letters in a minute; the last: {error}")
        place = dead_letters.Place(self.input, message.partition, message.offset)
        kept = dead_letters.fitted(message.key, message.value)
        headers = (*dead_letters.headers_of(place, self.name, error, datetime.now(UTC)), *kept.headers)
        told = f"{self.input.name}[{message.partition}] offset {message.offset}: {error}"
        logger.warning("dead letter: %s", told, extra={"stage": self.name, "reason": error.reason})

        def done() -> None:
            self.context.metrics.dead_letters.labels(self.topic.name, error.reason).inc()
            if self.is_internal:
                leave(ExitCode.UNREADABLE_INTERNAL_RECORD, f"an internal record cannot be decoded: {told}")

        return Output(sends=(Outgoing(dead_letters_of(self.topic).name, kept.key, kept.value, headers),), done=done)

    def _finisher(self, stream: Any, event: Any) -> Any:
        async def finish() -> None:
            await stream.ack(event)
            self.context.metrics.last_processed.labels(self.name).set_to_current_time()
            self.context.health.progress(self.name)

        return finish


def origin_ms(message: Any) -> int:
    """When the article was published that this record comes from, in milliseconds of Unix time."""
    return origin_of(message.headers, timestamp_ms(message))


def timestamp_ms(message: Any) -> int:
    """The record's own time, in milliseconds of Unix time."""
    return round((message.timestamp or 0) * 1000)


def origin_headers(origin: int) -> Headers:
    """Headers that carry the article's time on."""
    return ((ORIGIN_HEADER, str(origin).encode()),)


async def immediately(output: Output) -> Output:
    """An output that is known already, as something to await."""
    return output
