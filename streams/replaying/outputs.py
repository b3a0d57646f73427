"""Reads the outputs of a generation that is being built beside the public ones."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from kafka import TopicPartition

from streams.generations import Generation
from streams.replaying.differences import Change, Kept, Key, Letter, Tally, changes, stamp, unknown_letters
from streams.reporting.topic_reader import consumer, records
from streams.settings import Settings
from streams.topics import INPUTS, TOPICS, Topic, dead_letters_of

COMPARED = tuple(topic for topic in TOPICS if topic.scope == "output" and topic.cleanup == "compact")
"""Outputs of which the last value of each key stands."""
LETTERS = tuple(dead_letters_of(topic) for topic in INPUTS if topic.scope == "shared")
"""Dead letters of what every generation reads; those of internal topics are about records of one generation."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A record to publish on a public topic."""

    topic: str
    partition: int | None
    """Where its key is; None lets the partitioner choose."""
    change: Change


def differing(settings: Settings, built: Generation, topic: Topic, tally: Tally) -> Iterator[Placed]:
    """What makes a public topic equal to the built one, partition by partition, which bounds what is kept in memory."""
    with consumer(settings) as reader:
        for number in range(settings.partitions):
            public = {key: stamp(kept.value) for key, kept in _last(reader, topic.name, number).items()}
            new = _last(reader, built.name_of(topic.name), number)
            for change in changes(public, new, tally):
                yield Placed(topic.name, number, change)


def new_letters(settings: Settings, built: Generation, topic: Topic) -> list[Letter]:
    """The dead letters of the built generation that the public topic lacks."""
    public = (_letter(record) for record in records(settings, [topic.name]))
    return list(unknown_letters(public, (_letter(record) for record in records(settings, [built.name_of(topic.name)]))))


def compared(settings: Settings, built: Generation) -> dict[str, Tally]:
    """How the outputs of the built generation differ from the public ones, by topic."""
    tallies = {topic.name: Tally() for topic in COMPARED}
    for topic in COMPARED:
        for _ in differing(settings, built, topic, tallies[topic.name]):
            pass
    return tallies


def _last(reader: Any, topic: str, number: int) -> dict[Key, Kept]:
    """The last record of each key of a partition; tombstones left out."""
    part = TopicPartition(topic, number)
    reader.assign([part])
    reader.seek_to_beginning(part)
    end = reader.end_offsets([part])[part]
    last: dict[Key, Kept] = {}
    while reader.position(part) < end:
        for batch in reader.poll(timeout_ms=500).values():
            for record in batch:
                if record.value is None:
                    last.pop(record.key, None)
                else:
                    last[record.key] = Kept(record.value, tuple(record.headers or ()))
    return last


def _letter(record: Any) -> Letter:
    return Letter(record.key, record.value, tuple(record.headers or ()))
