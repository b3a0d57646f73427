"""A log as the broker keeps it, and workers that read it, write their tables, send, finish, and crash.

A task is one partition of one stage. It reads ahead of what is acknowledged. A crash keeps any part of the writes
that were not acknowledged, and any part of the outputs that might have been on their way; the memory is rebuilt from
what was kept, and inputs come again from the committed offset.
"""

from __future__ import annotations

import random
import zlib
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from streams import topics
from streams.counting import articles, count
from streams.counting.entry import CountEntry
from streams.counting.entry import decode_entry as decode_count
from streams.counting.entry import encode_entry as encode_count
from streams.counting.moment import Moment
from streams.counting.sums import CountState
from streams.merging import merge
from streams.merging.entry import MentionsEntry
from streams.merging.entry import decode_entry as decode_mentions
from streams.merging.entry import encode_entry as encode_mentions
from streams.merging.overrides import told_of
from streams.merging.state import MergeState
from streams.records import ArticleRead, Contributions, Document, Mentions, Override
from streams.revising import revise
from streams.revising.revise import ArticleEntry
from streams.stages import Send

Writes = dict[str, bytes]


class Stage(Protocol):
    """A stage under test: one partition's memory, rebuilt from the table's bytes."""

    input: str

    def __init__(self, table: Writes) -> None: ...

    def process(self, record: Any, offset: int) -> tuple[Writes, Sequence[Send]]: ...


class Revise:
    input = topics.DOCUMENTS.name

    def __init__(self, table: Writes) -> None:
        self.table: dict[str, ArticleEntry] = {key: revise.decode_entry(value) for key, value in table.items()}

    def process(self, record: Document, offset: int) -> tuple[Writes, Sequence[Send]]:
        decision = revise.handle(self.table, record)
        self.table.update(decision.writes)
        return {key: revise.encode_entry(entry) for key, entry in decision.writes.items()}, decision.sends


class Merge:
    input = topics.MENTIONS.name

    def __init__(self, table: Writes) -> None:
        self.state = self.state_of([decode_mentions(value) for value in table.values()])

    def state_of(self, entries: list[MentionsEntry]) -> MergeState:
        return MergeState(entries)

    def process(self, record: Mentions, offset: int) -> tuple[Writes, Sequence[Send]]:
        decision = merge.handle(self.state, record, offset)
        return {key: encode_mentions(entry) for key, entry in decision.writes.items()}, decision.sends


class Count:
    input = topics.CONTRIBUTIONS.name

    def __init__(self, table: Writes) -> None:
        self.state = CountState(decode_count(value) for value in table.values())

    def process(self, record: Contributions, offset: int) -> tuple[Writes, Sequence[Send]]:
        counted = count.handle(self.state, record, Moment(offset, f"at {offset}"))
        writes: dict[str, CountEntry] = counted.writes
        sends = count.sends_of(self.state, counted.subjects)
        return {key: encode_count(entry) for key, entry in writes.items()}, sends


class CountArticles:
    input = topics.ARTICLES_READ.name

    def __init__(self, table: Writes) -> None:
        self.state = articles.ArticleState(articles.decode_entry(value) for value in table.values())

    def process(self, record: ArticleRead, offset: int) -> tuple[Writes, Sequence[Send]]:
        writes, subject = articles.handle(self.state, record, Moment(offset, f"at {offset}"))
        return {key: articles.encode_entry(entry) for key, entry in writes.items()}, articles.sends_of(
            self.state, [subject]
        )


class Decide:
    input = topics.OVERRIDES.name

    def __init__(self, table: Writes) -> None:
        """It keeps nothing."""

    def process(self, record: Override, offset: int) -> tuple[Writes, Sequence[Send]]:
        told = told_of(record)
        return {}, (Send(topics.MENTIONS.name, told.merge_key, told),)


STAGES: tuple[type[Stage], ...] = (Revise, Merge, Count, CountArticles, Decide)


class Broker:
    """The topics, each with its partitions, each a list of (key, record)."""

    def __init__(self, partitions: int) -> None:
        self.partitions = partitions
        self.topics: dict[str, list[list[tuple[str, Any]]]] = {}

    def log(self, topic: str) -> list[list[tuple[str, Any]]]:
        return self.topics.setdefault(topic, [[] for _ in range(self.partitions)])

    def append(self, send: Send) -> None:
        self.log(send.topic)[zlib.crc32(send.key.encode()) % self.partitions].append((send.key, send.record))

    def last_values(self, topic: str) -> dict[str, Any]:
        last = {key: record for partition in self.log(topic) for key, record in partition}
        return {key: record for key, record in last.items() if record is not None}


@dataclass
class Item:
    """One input that was read and is not finished."""

    writes: list[tuple[str, bytes | None]]
    sends: deque[Send]
    acknowledged: int = 0


@dataclass
class Task:
    """One partition of one stage. The two switches break rule 5."""

    broker: Broker
    stage: type[Stage]
    partition: int
    outputs_first: bool = False
    finish_first: bool = False
    durable: Writes = field(default_factory=dict)
    committed: int = 0
    finished: int = 0

    def __post_init__(self) -> None:
        self.start()

    def start(self) -> None:
        self.finished = self.position = self.committed
        self.window: deque[Item] = deque()
        self.rebuild()

    def rebuild(self) -> None:
        """The memory, from what is kept."""
        self.memory = self.stage(self.durable)

    @property
    def log(self) -> list[tuple[str, Any]]:
        return self.broker.log(self.stage.input)[self.partition]

    @property
    def idle(self) -> bool:
        return self.position == len(self.log) and not self.window

    def read(self) -> bool:
        if self.position == len(self.log):
            return False
        self.window.append(self.process(self.log[self.position]))
        self.position += 1
        if self.finish_first:
            self.committed = self.position
        return True

    def process(self, entry: tuple[str, Any]) -> Item:
        """What the input at the position leads to."""
        writes, sends = self.memory.process(entry[1], self.position)
        return Item(list(writes.items()), deque(sends))

    def acknowledge(self) -> bool:
        """The broker acknowledges the next write, in order."""
        for item in self.window:
            if item.acknowledged < len(item.writes):
                self.keep(*item.writes[item.acknowledged])
                item.acknowledged += 1
                return True
        return False

    def keep(self, key: str, value: bytes | None) -> None:
        """The broker has this write; None removes the entry."""
        if value is not None:
            self.durable[key] = value
        elif key in self.durable:
            del self.durable[key]

    def send(self) -> bool:
        """The next output goes out, if every earlier write is acknowledged."""
        for item in self.window:
            if item.acknowledged < len(item.writes) and not self.outputs_first:
                return False
            if item.sends:
                self.broker.append(item.sends.popleft())
                return True
        return False

    def finish(self) -> bool:
        if not self.window or self.window[0].sends or self.window[0].acknowledged < len(self.window[0].writes):
            return False
        self.window.popleft()
        self.finished += 1
        return True

    def commit(self) -> None:
        self.committed = max(self.committed, self.finished)

    @property
    def halfway(self) -> bool:
        """Some input is written and not all of it sent, or the other way round: where a crash hurts most."""
        return any((item.acknowledged == len(item.writes)) != (not item.sends) for item in self.window)

    def crash(self, rng: random.Random) -> None:
        """The memory is gone, and each write and output on its way arrives or does not."""
        written, sent = rng.choice((0.0, 0.5, 1.0)), rng.choice((0.0, 0.5, 1.0))
        self.lose(lambda _: rng.random() < written, lambda _: rng.random() < sent)

    def lose(self, written: Callable[[str], bool], sent: Callable[[str], bool]) -> None:
        """A crash after which only the writes and outputs arrive whose keys these say."""
        on_its_way = True
        for item in self.window:
            on_its_way = on_its_way and item.acknowledged == len(item.writes)
            for send in item.sends if on_its_way or self.outputs_first else ():
                if sent(send.key):
                    self.broker.append(send)
            for key, value in item.writes[item.acknowledged :]:
                if written(key):
                    self.keep(key, value)
        self.start()

    def drain(self) -> None:
        """Goes on without a crash until nothing is left to do."""
        while self.read() or self.acknowledge() or self.send() or self.finish():
            pass


def run(
    documents: Sequence[Document],
    seed: int,
    stages: Sequence[type[Stage]] = STAGES,
    *,
    finish_first: bool = False,
    may_crash: bool = True,
    overrides: Sequence[Override] = (),
) -> Broker:
    """The broker after all documents went through every stage, in an order, with crashes, that the seed decides."""
    rng = random.Random(seed)
    broker = Broker(partitions=rng.choice((1, 2, 3)))
    for document in documents:
        broker.append(Send(topics.DOCUMENTS.name, document.article_id, document))
    for override in overrides:
        broker.append(Send(topics.OVERRIDES.name, override.id, override))
    tasks = [Task(broker, stage, n, finish_first=finish_first) for stage in stages for n in range(broker.partitions)]
    crashes = rng.choice((0.0, 0.03, 0.1)) if may_crash else 0.0
    prone = rng.choice([stages, *((stage,) for stage in stages)])  # a crash upstream would repair one downstream
    # Each schedule has its own habits: one acknowledges at once and sends late, another reads far ahead.
    actions = (Task.read, Task.acknowledge, Task.send, Task.finish)
    habits = [rng.choice((1, 4, 16)) for _ in actions]
    commits_at_once = rng.random() < 0.5
    for _ in range(rng.randrange(0, 60 * len(documents) + 1)):
        task = rng.choice([task for task in tasks if not task.idle] or tasks)
        if task.stage in prone and rng.random() < (crashes if task.halfway else crashes / 8):
            task.crash(rng)
        else:
            rng.choices(actions, habits)[0](task)
        if commits_at_once or rng.random() < 0.1:
            task.commit()
    while not all(task.idle for task in tasks):
        for task in tasks:
            task.drain()
    return broker
