"""The simulated log with time: the agents themselves over tables in memory, fed with records that have days.

Only Kafka is left out. An agent's table, its consumer's committed offset and what it publishes are those of a `Task`,
which crashes as all others do. What is sent remembers the input that it follows from.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Coroutine, Mapping, Sequence
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any, TypeVar, cast

from streams.agents.coalescing import CoalescingStage
from streams.agents.counting import Counting
from streams.agents.counting_articles import CountingArticles
from streams.agents.merging import Merging
from streams.agents.overriding import Overriding
from streams.agents.revising import Revising
from streams.agents.stage import Context, Stage
from streams.dead_letters import RateLimit
from streams.engine.outbox import Outgoing
from streams.expiring.stream_time import MS_OF_A_DAY
from streams.generations import Generation
from streams.health import Health
from streams.metrics import Metrics
from streams.origin import ORIGIN_HEADER
from streams.settings import Settings
from streams.stages import Send
from tests.unit.simulation.simulated_log import Item, Task

HORIZON_DAYS = 10
SETTINGS = Settings(horizon_days=HORIZON_DAYS)
METRICS = Metrics()
Result = TypeVar("Result")


@dataclass(frozen=True)
class Timed:
    """One record as it stands on a topic."""

    value: bytes | None
    day: int
    """Of the article that it comes from."""
    follows: tuple[int, int] = (0, 0)
    """Partition and offset of the input that it was sent for."""


class MemoryTable:
    """A table whose entries are here, and whose writes are noted."""

    def __init__(self) -> None:
        self.values: dict[str, bytes] = {}
        self.writes: list[tuple[str, bytes | None]] = []

    def entries(self, partition: int) -> Mapping[str, bytes]:
        return self.values

    def generation(self, partition: int) -> int:
        return 0

    def put(self, partition: int, key: str, value: bytes) -> None:
        self.values[key] = value
        self.writes.append((key, value))

    def remove(self, partition: int, key: str) -> None:
        self.values.pop(key, None)
        self.writes.append((key, None))


def now(work: Coroutine[Any, Any, Result]) -> Result:
    """The result of what waits for nothing but its turn."""
    while True:
        try:
            work.send(None)
        except StopIteration as end:
            result: Result = end.value
            return result


class AgingTask(Task):
    """One partition of one agent."""

    def rebuild(self) -> None:
        self.table = MemoryTable()
        self.table.values.update(self.durable)
        consumer = SimpleNamespace(settled=lambda _: self.settled)
        app = SimpleNamespace(Table=lambda *_, **__: self.table, engine_consumer=consumer)
        context = Context(cast("Any", app), SETTINGS, Generation("daybook"), METRICS, Health(), RateLimit(1))
        self.working = AGENTS[self.stage.input](context)

    @property
    def settled(self) -> int:
        """Inputs below this offset do not come again."""
        return self.committed

    def drain(self) -> None:
        """Goes on without a crash, and commits now and then, until nothing is left to do."""
        while not self.idle:
            self.read()
            while self.acknowledge() or self.send() or self.finish():
                pass
            self.commit()

    def process(self, entry: tuple[str, Any]) -> Item:
        key, record = entry
        message = SimpleNamespace(
            key=key.encode(),
            value=record.value,
            partition=self.partition,
            offset=self.position,
            timestamp=0.0,
            headers=[(ORIGIN_HEADER, str(record.day * MS_OF_A_DAY).encode())],
        )
        self.table.writes.clear()
        output = now(cast("Any", now(self.working.output(message))))
        collected = self.working.collect(output.marks).sends if isinstance(self.working, CoalescingStage) else ()
        sends: Sequence[Outgoing] = [*output.sends, *collected]
        follows = self.partition, self.position
        return Item(
            list(self.table.writes),
            deque(Send(one.topic, (one.key or b"").decode(), Timed(one.value, _day_of(one), follows)) for one in sends),
        )


WORKING: tuple[type[Stage], ...] = (Revising, Merging, Counting, CountingArticles, Overriding)
AGENTS = {one.topic.name: one for one in WORKING}


def _day_of(sent: Outgoing) -> int:
    return int(dict(sent.headers)[ORIGIN_HEADER]) // MS_OF_A_DAY
