"""A simulated service at rest, as an audit reads it: topics with all records, changelogs with all writes."""

from __future__ import annotations

import random
import zlib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any, cast

from streams import codec, topics
from streams.auditing.audit import audit
from streams.auditing.findings import Finding
from streams.auditing.log import Log, LogRecord, Part
from streams.records import Document
from streams.stages import Send
from tests.unit.simulation.simulated_log import STAGES, Broker, Stage, Task

CHANGELOGS = {table: f"daybook-{table}-changelog" for table in topics.TABLES}
FENCE = LogRecord(0, b"\x00fence", b"\x01 no entry")
"""A mark of the worker on a changelog."""


class Changelog(dict[str, bytes]):
    """A table's durable entries that remember every write, in order."""

    def __init__(self) -> None:
        super().__init__()
        self.writes: list[tuple[str, bytes | None]] = []

    def __setitem__(self, key: str, value: bytes) -> None:
        super().__setitem__(key, value)
        self.writes.append((key, value))

    def __delitem__(self, key: str) -> None:
        super().__delitem__(key)
        self.writes.append((key, None))

    def update(self, *entries: Any, **others: bytes) -> None:
        for key, value in dict(*entries, **others).items():
            self[key] = value


class Service:
    """Documents on their topic, and the tasks that take them on."""

    task: type[Task] = Task
    horizon_days = 120

    def __init__(self, documents: Sequence[Document], partitions: int = 2, stages: Sequence[type[Stage]] = STAGES):
        self.broker = Broker(partitions)
        numbers = range(partitions)
        self.tasks = [self.task(self.broker, stage, n, durable=Changelog()) for stage in stages for n in numbers]
        for document in documents:
            self.feed(document)

    def feed(self, document: Document) -> None:
        self.publish(topics.DOCUMENTS, document.article_id, document)

    def publish(self, topic: topics.Topic, key: str, record: object | None) -> None:
        self.broker.append(Send(topic.name, key, record))

    def withhold(self, topic: topics.Topic, key: str) -> None:
        """Every record of the key is gone from the topic."""
        for partition in self.broker.log(topic.name):
            partition[:] = [entry for entry in partition if entry[0] != key]

    def changelog(self, table: str, key: str) -> Changelog:
        """The changelog that the entry was ever written to."""
        stage = topics.TABLES.index(table) * self.broker.partitions
        held = [cast("Changelog", task.durable) for task in self.tasks[stage : stage + self.broker.partitions]]
        return next(changelog for changelog in held if key in {name for name, _ in changelog.writes})

    def entries(self, table: str) -> dict[str, bytes]:
        stage = topics.TABLES.index(table) * self.broker.partitions
        held = [task.durable for task in self.tasks[stage : stage + self.broker.partitions]]
        return {key: value for changelog in held for key, value in changelog.items()}

    def live(self, seed: int) -> None:
        """Go on for a while as the seed decides, crashes included."""
        rng = random.Random(seed)
        habits = [rng.choice((1, 4, 16)) for _ in range(4)]
        crashes = rng.choice((0.0, 0.02, 0.1))
        for _ in range(rng.randrange(600)):
            task = rng.choice([task for task in self.tasks if not task.idle] or self.tasks)
            if rng.random() < crashes:
                task.crash(rng)
            else:
                rng.choices((Task.read, Task.acknowledge, Task.send, Task.finish), habits)[0](task)
            if rng.random() < 0.3:
                task.commit()

    def rest(self) -> None:
        """Go on until nothing is left to do."""
        while not all(task.idle for task in self.tasks):
            for task in self.tasks:  # upstream first, but for decisions
                task.drain()

    def log(self) -> Log:
        partitions = self.broker.partitions
        return Log(partitions, self._read, lambda key: zlib.crc32(key) % partitions, CHANGELOGS, self.horizon_days)

    def audit(self, limit: int = 5) -> tuple[Finding, ...]:
        return audit(self.log(), limit)

    def _read(self, part: Part) -> Iterator[LogRecord]:
        tables = {topic: table for table, topic in CHANGELOGS.items()}
        if part.topic in tables:
            stage = topics.TABLES.index(tables[part.topic]) * self.broker.partitions
            yield FENCE
            for offset, (key, value) in enumerate(cast("Changelog", self.tasks[stage + part.number].durable).writes, 1):
                yield LogRecord(offset, key.encode(), value)
            return
        for offset, (key, record) in enumerate(self.broker.log(part.topic)[part.number]):
            yield self.told(offset, key, record)

    def told(self, offset: int, key: str, record: Any) -> LogRecord:
        """One record of a topic as an audit reads it."""
        value = record if record is None or isinstance(record, bytes) else codec.encode(record)
        return LogRecord(offset, key.encode(), value)


def violated(findings: Sequence[Finding]) -> dict[str, list[str]]:
    """The violated invariants, each with the subjects of its first violations."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for finding in findings:
        if finding.violated:
            found[finding.invariant.name] = [violation.subject for violation in finding.first]
    return dict(found)
