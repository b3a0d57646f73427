"""The broker's topics as an audit reads them, and whether the service is at rest meanwhile."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from kafka import TopicPartition

from streams.auditing.log import Log, LogRecord, Part
from streams.engine.fence import epoch_of
from streams.expiring.stream_time import day_of
from streams.generations import Generation, serving
from streams.origin import origin_of
from streams.reporting.generations import generations
from streams.reporting.progress import StageProgress, stages
from streams.reporting.topic_reader import consumer, partition_of, partitions_of
from streams.settings import Settings
from streams.topic_admin import TopicsError, internal_topics
from streams.topics import ACTOR_COUNTS, ARTICLE_COUNTS, EVENTS, LATE, LOCATION_COUNTS, TABLES

OUTPUTS = (EVENTS, ACTOR_COUNTS, LOCATION_COUNTS, ARTICLE_COUNTS, LATE)
POLL_SECONDS = 0.5


@dataclass(frozen=True, slots=True)
class Moment:
    """How far everything is at one moment. Two that are equal: nothing was fed, finished or published between them."""

    stages: tuple[StageProgress, ...]
    published: int
    """Sum of the ends of the output topics. Changelogs are left out: marks may be written there at any time."""

    @property
    def lag(self) -> int:
        """Inputs not yet finished, of all stages together."""
        return sum(stage.lag for stage in self.stages)


@contextlib.contextmanager
def audited_log(settings: Settings) -> Iterator[Log]:
    """The log of the serving generation, to audit it as far as it goes now.

    Raises `TopicsError` when a topic is missing or a replay switches, `KafkaError` without a broker.
    """
    generation = _audited(settings)
    changelogs = dict(zip(TABLES, (topic.name for topic in internal_topics(generation.application_id)), strict=True))
    with consumer(settings) as reader:
        names = [*changelogs.values(), *(topic.name for topic in (*generation.inputs, *OUTPUTS))]
        _check_topics(reader, names, settings)
        ends = reader.end_offsets(partitions_of(reader, names))

        def place_of(part: Part) -> TopicPartition:
            name = part.topic if part.topic in changelogs.values() else generation.name_of(part.topic)
            return TopicPartition(name, part.number)

        yield Log(
            partitions=settings.partitions,
            read=lambda part: _read(reader, place_of(part), ends[place_of(part)]),
            partition_of=lru_cache(maxsize=1 << 16)(lambda key: partition_of(key, settings.partitions)),
            changelogs=changelogs,
            horizon_days=settings.horizon_days,
            first_revision=generation.revision(0),
        )


def _audited(settings: Settings) -> Generation:
    told = generations(settings)
    if told.switch != "none":
        raise TopicsError(f"a replay switches to generation {told.building}: `daybook replay` finishes it")
    return serving(settings.application_id, told)


def _check_topics(reader: Any, topics: list[str], settings: Settings) -> None:
    for topic in topics:
        found = len(partitions_of(reader, [topic]))
        if found != settings.partitions:
            there = f"has {found} partitions" if found else "is not there"
            message = f"topic {topic} {there}, the settings say {settings.partitions} partitions"
            raise TopicsError(f"{message}: is this the right broker, DAYBOOK_BROKER={settings.broker}?")


def wait_at_rest(settings: Settings, deadline: float, on_wait: Callable[[int], None]) -> Moment | None:
    """The moment when no stage has lag; None when that is not so before `deadline`, of the monotonic clock.

    `on_wait` is told the lag if it has to wait. Raises `KafkaError` without a broker.
    """
    moment = now(settings)
    if moment.lag:
        on_wait(moment.lag)
    while moment.lag:
        if time.monotonic() > deadline:
            return None
        time.sleep(POLL_SECONDS)
        moment = now(settings)
    return moment


def now(settings: Settings) -> Moment:
    """How far everything is. Raises `KafkaError` without a broker."""
    progress = tuple(stages(settings, serving(settings.application_id, generations(settings))))
    with consumer(settings) as reader:
        ends = reader.end_offsets(partitions_of(reader, [topic.name for topic in OUTPUTS]))
    return Moment(progress, sum(ends.values()))


def _read(reader: Any, place: TopicPartition, end: int) -> Iterator[LogRecord]:
    """The records of one partition from the first to the end as it was."""
    reader.assign([place])
    reader.seek_to_beginning(place)
    while reader.position(place) < end:
        for batch in reader.poll(timeout_ms=500).values():
            for record in batch:
                if record.offset < end:
                    day = day_of(origin_of(record.headers, record.timestamp))
                    yield LogRecord(record.offset, record.key, record.value, epoch_of(record.headers), day)
