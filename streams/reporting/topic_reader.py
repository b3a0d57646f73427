"""Reads whole topics, from the first record to the end as it was when asked."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from kafka import KafkaConsumer, TopicPartition
from kafka.partitioner import murmur2

from streams.clients import client_options
from streams.settings import Settings


@contextlib.contextmanager
def consumer(settings: Settings) -> Iterator[Any]:
    """A kafka-python consumer without a group, closed at the end. Raises `KafkaError` when no broker answers."""
    opened = KafkaConsumer(
        **client_options(settings),
        enable_auto_commit=False,
        allow_auto_create_topics=False,
        isolation_level="read_committed",  # what a replay was writing when it was killed does not count
        auto_offset_reset="earliest",
        max_partition_fetch_bytes=32 * 1024 * 1024,
        fetch_max_bytes=64 * 1024 * 1024,
    )
    try:
        yield opened
    finally:
        opened.close()


def partitions_of(reader: Any, topics: Iterable[str]) -> list[TopicPartition]:
    """All partitions of those topics that exist."""
    found = [(topic, reader.partitions_for_topic(topic) or ()) for topic in topics]
    return [TopicPartition(topic, number) for topic, numbers in found for number in sorted(numbers)]


def records(settings: Settings, topics: Iterable[str], *, follow: bool = False) -> Iterator[Any]:
    """The records of whole topics, in order within a partition; with `follow` for ever."""
    with consumer(settings) as reader:
        yield from records_of(reader, partitions_of(reader, topics), follow=follow)


def records_of(reader: Any, parts: Sequence[TopicPartition], *, follow: bool = False) -> Iterator[Any]:
    """The records of whole partitions, in order within each; with `follow` for ever."""
    if not parts:
        return
    reader.assign(parts)
    reader.seek_to_beginning(*parts)
    ends = reader.end_offsets(parts)
    while follow or any(reader.position(part) < ends[part] for part in parts):
        for batch in reader.poll(timeout_ms=500).values():
            yield from batch


def partition_of(key: bytes, partitions: int) -> int:
    """The partition of a key, as Kafka's default partitioner has it."""
    number: int = (murmur2(key) & 0x7FFFFFFF) % partitions
    return number


def latest(settings: Settings, topic: str) -> dict[bytes, Any]:
    """The last record of each key of a compacted topic, without those whose last value is null."""
    last: dict[bytes, Any] = {}
    for record in records(settings, [topic]):
        if record.value is None:
            last.pop(record.key, None)
        else:
            last[record.key] = record
    return last
