"""What the serving generation holds to be told: its table `mentions`, read back for a few merge keys.

The topic of mentions is kept for 30 days, the table for as long as the events that follow from it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from kafka import TopicPartition

from streams import codec
from streams.auditing.log import MARK
from streams.engine.fence import epoch_of
from streams.generations import Generation
from streams.merging.entry import decode_entry
from streams.merging.expiry import decode_leaving, leaving_of
from streams.merging.overrides import ARTICLE_PREFIX
from streams.merging.state import MergeState
from streams.records import Document, Event, Mention
from streams.reporting.generations import serving_generation
from streams.reporting.topic_reader import consumer, partition_of, partitions_of, records_of
from streams.settings import Settings
from streams.topic_admin import TopicsError, internal_topics
from streams.topics import DOCUMENTS, EVENTS, TABLES

BLOCK = 1000
"""So many records are read at once where the newest are looked for first."""


def published_event(settings: Settings, event_id: str) -> Event | None:
    """The event as it stands on its topic; None when it does not. Raises `KafkaError` without a broker."""
    value: bytes | None = None
    with consumer(settings) as reader:
        for record in records_of(reader, [_place_of(reader, EVENTS.name, event_id.encode(), settings)]):
            if record.key == event_id.encode():
                value = record.value
    return None if value is None else codec.decode(Event, value)


def told_under(settings: Settings, merge_keys: Iterable[str]) -> MergeState:
    """All that is told under these merge keys. Raises `KafkaError` without a broker, `TopicsError` without topics."""
    wanted = tuple(f"{merge_key}|".encode() for merge_key in merge_keys)
    if not wanted:
        return MergeState()
    with consumer(settings) as reader:
        name = table_topic(serving_generation(settings))
        parts = {_place_of(reader, name, key[:-1], settings) for key in wanted}
        records = records_of(reader, sorted(parts))
        values = last_values(records, lambda key, _: key.startswith(wanted) or key + b"|" in wanted)
    return MergeState(decode_entry(value) for value in without_leaving(values).values())


def told_around(settings: Settings, event_id: str) -> tuple[MergeState, Event | None]:
    """All that is told under the merge key of an event, and the event as published; nothing of one that is not known.

    An event that is not on its topic may be remembered by the article that founded it, or may never have been
    published, since an editor had suppressed it before. So all keys are read under which anything is decided, too.
    """
    event = published_event(settings, event_id)
    if event is not None and event.merge_key:
        return told_under(settings, [event.merge_key]), event
    with consumer(settings) as reader:
        name = table_topic(serving_generation(settings))
        parts = partitions_of(reader, [name])
        named, decided = event_id.encode(), f"|{ARTICLE_PREFIX}".encode()
        records = records_of(reader, parts)
        values = last_values(records, lambda key, value: not _is_own(key) and (named in value or decided in key))
    return told_under(settings, {decode_entry(value).told.merge_key for value in values.values()}), event


def texts_of(settings: Settings, mentions: Iterable[Mention]) -> dict[str, Document]:
    """The newest documents of the articles that tell these mentions, as far as they are kept."""
    wanted = {mention.article_id.encode() for mention in mentions}
    found: dict[str, Document] = {}
    with consumer(settings) as reader:
        name = serving_generation(settings).name_of(DOCUMENTS.name)
        by_part: dict[TopicPartition, set[bytes]] = {}
        for key in wanted:
            by_part.setdefault(_place_of(reader, name, key, settings), set()).add(key)
        for part, keys in by_part.items():
            for block in _newest_blocks(reader, part):
                for record in reversed(block):
                    if record.key in keys:
                        keys.remove(record.key)
                        found[record.key.decode()] = codec.decode(Document, record.value)
                if not keys:
                    break
    return found


def table_topic(generation: Generation) -> str:
    """The changelog of table `mentions`."""
    return internal_topics(generation.application_id)[TABLES.index("mentions")].name


def last_values(records: Iterable[Any], wants: Callable[[bytes, bytes], bool]) -> dict[bytes, bytes]:
    """The last value of each wanted key of a table; what a former owner wrote after it was replaced does not count."""
    last: dict[bytes, bytes] = {}
    epochs: dict[int, int] = {}
    for record in records:
        epoch = epoch_of(record.headers)
        is_stale = epoch < epochs.get(record.partition, 0)
        epochs[record.partition] = max(epoch, epochs.get(record.partition, 0))
        if is_stale or record.key is None or record.key.startswith(MARK):
            continue
        last.pop(record.key, None)
        if record.value is not None and wants(record.key, record.value):
            last[record.key] = record.value
    return last


def without_leaving(values: Mapping[bytes, bytes]) -> dict[bytes, bytes]:
    """The entries of articles and decisions alone, without those that are on their way out."""
    kept = {key: value for key, value in values.items() if not _is_own(key)}
    for key, value in values.items():
        if _is_own(key):
            table = {name.decode(): entry for name, entry in kept.items()}
            for name in leaving_of(table, decode_leaving(value)):
                del kept[name.encode()]
    return kept


def _is_own(key: bytes) -> bool:
    """Whether it is the entry of a merge key itself, which says what is on its way out."""
    return key.count(b"|") == 1


def _newest_blocks(reader: Any, part: TopicPartition) -> Iterator[list[Any]]:
    """The records of a partition in blocks, the newest block first."""
    reader.assign([part])
    first, end = reader.beginning_offsets([part])[part], reader.end_offsets([part])[part]
    while end > first:
        start = max(first, end - BLOCK)
        reader.seek(part, start)
        block: list[Any] = []
        while reader.position(part) < end:
            for batch in reader.poll(timeout_ms=500).values():
                block += [record for record in batch if record.offset < end]
        yield block
        end = start


def _place_of(reader: Any, topic: str, key: bytes, settings: Settings) -> TopicPartition:
    number = len(partitions_of(reader, [topic]))
    if not number:
        raise TopicsError(f"topic {topic} is not there: is this the right broker, DAYBOOK_BROKER={settings.broker}?")
    return TopicPartition(topic, partition_of(key, number))
