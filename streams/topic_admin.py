"""Creates the topics of `streams/topics.py` on the broker, and verifies those that exist.

Workers that start while topics are missing can hang for ever, so everything is made before: inputs, outputs, dead
letters and the tables' changelogs. Each input partition also gets a committed offset of 0:
a partition without one is not sought at a rebalance, and what was fetched and dropped there would be lost.
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from kafka import KafkaAdminClient, TopicPartition
from kafka.admin import ConfigResource
from kafka.errors import RetriableError
from kafka.structs import OffsetAndMetadata

from streams.clients import client_options
from streams.generations import Generation
from streams.reporting.generations import serving_generation
from streams.settings import Settings
from streams.topics import DAY_MS, MAX_RECORD_BYTES, TABLES, Topic

COORDINATOR_SECONDS = 30.0
CHANGELOG_LAG_MS = 60 * 60 * 1000
"""What a worker wrote that had been replaced must not take the newer entry away before its owner has seen it."""


class TopicsError(Exception):
    """A topic is not as it must be; the message says which and what to do."""


@dataclass(frozen=True, slots=True)
class TopicState:
    """One topic on the broker after `ensure_topics`."""

    name: str
    partitions: int
    created: bool


def internal_topics(application_id: str) -> tuple[Topic, ...]:
    """The topics that the worker keeps for itself, by Faust's names."""
    return tuple(
        Topic(
            f"{application_id}-{table}-changelog",
            "entry key",
            None,
            f"state of table {table}",
            "internal",
            "compact",
            -1,
            compaction_lag_ms=CHANGELOG_LAG_MS,
        )
        for table in TABLES
    )


@contextlib.contextmanager
def admin_client(settings: Settings) -> Iterator[Any]:
    """A kafka-python admin client, closed at the end. Raises `KafkaError` when no broker answers."""
    admin = KafkaAdminClient(**client_options(settings))
    try:
        yield admin
    finally:
        admin.close()


def topics_of(generation: Generation) -> tuple[Topic, ...]:
    """All topics that a generation uses, its changelogs included."""
    return (*generation.topics, *internal_topics(generation.application_id))


def ensure_topics(settings: Settings, generation: Generation | None = None) -> list[TopicState]:
    """Create what is missing, verify what exists, and give each input partition a committed offset.

    `generation` is the serving one if none is given.

    Raises `TopicsError` for a topic with other partitions or clean-up than it must have, `KafkaError` without a broker.
    """
    generation = generation or serving_generation(settings)
    wanted = topics_of(generation)
    with admin_client(settings) as admin:
        existing = {found["name"]: found for found in admin.describe_topics() if not found.get("error_code")}
        missing = {topic.name: _options(topic, settings) for topic in wanted if topic.name not in existing}
        if missing:
            admin.create_topics(missing, wait_for_metadata=True)
        _verify(admin, [topic for topic in wanted if topic.name in existing], existing, settings)
        _commit_start(admin, settings, generation)
    return [TopicState(topic.name, settings.partitions, topic.name in missing) for topic in wanted]


def _options(topic: Topic, settings: Settings) -> dict[str, Any]:
    configs = {
        "cleanup.policy": topic.cleanup,
        "retention.ms": str(topic.retention_ms),
        "max.message.bytes": str(MAX_RECORD_BYTES),
        **_changelog_configs(topic),
        "min.insync.replicas": str(least_in_sync(settings.replication)),
    }
    return {
        "num_partitions": settings.partitions,
        "replication_factor": settings.replication,
        "configs": configs,
    }


def least_in_sync(replicas: int) -> int:
    """How many of a topic's replicas must have a record before it is acknowledged: half of them, rounded up.

    With one (Kafka's default) a record that only the leader has would be acknowledged, and lost with the leader. With
    two of three any one node may be away. Two replicas cannot have both: there the service goes on with one.
    """
    return (replicas + 1) // 2


def _verify(admin: Any, topics: list[Topic], existing: dict[str, Any], settings: Settings) -> None:
    if not topics:
        return
    described = admin.describe_configs([ConfigResource("TOPIC", topic.name) for topic in topics], config_filter="all")
    configs: dict[str, Any] = next(iter(described.values()), {})
    for topic in topics:
        partitions, wanted = len(existing[topic.name]["partitions"]), settings.partitions
        if partitions != wanted:
            message = f"topic {topic.name} has {partitions} partitions, the settings say {wanted}"
            raise TopicsError(f"{message}: set `partitions` to {partitions}, or use another broker")
        _keep_changelog(admin, topic, configs.get(topic.name, {}))
        cleanup = str(configs.get(topic.name, {}).get("cleanup.policy", {}).get("value", topic.cleanup))
        if cleanup != topic.cleanup:
            message = f"topic {topic.name} has cleanup.policy={cleanup}, it must be {topic.cleanup}"
            raise TopicsError(f"{message}: alter it with kafka-configs")


def _keep_changelog(admin: Any, topic: Topic, configs: dict[str, Any]) -> None:
    """Give a changelog that was made otherwise what the engine relies on."""
    wanted = _changelog_configs(topic)
    if any(int(configs.get(name, {}).get("value", 0)) < int(value) for name, value in wanted.items()):
        admin.alter_configs([ConfigResource("TOPIC", topic.name, wanted)])


def _changelog_configs(topic: Topic) -> dict[str, str]:
    if not topic.compaction_lag_ms:
        return {}
    return {"min.compaction.lag.ms": str(topic.compaction_lag_ms), "delete.retention.ms": str(DAY_MS)}


def _commit_start(admin: Any, settings: Settings, generation: Generation) -> None:
    """Commit offset 0 where nothing is committed. A new broker still makes its offsets topic, and is asked again."""
    deadline = time.monotonic() + COORDINATOR_SECONDS
    while True:
        try:
            _commit_start_once(admin, settings, generation)
        except RetriableError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.2)
        else:
            return


def _commit_start_once(admin: Any, settings: Settings, generation: Generation) -> None:
    group = generation.application_id
    parts = [TopicPartition(topic.name, number) for topic in generation.inputs for number in range(settings.partitions)]
    committed = admin.list_group_offsets({group: parts})[group]
    fresh = [part for part in parts if part not in committed or committed[part].offset < 0]
    if not fresh:
        return
    answers = admin.alter_group_offsets(group, {part: OffsetAndMetadata(0, "", -1) for part in fresh})
    for part, error in answers.items():
        if getattr(error, "errno", 0):
            if issubclass(error, RetriableError):
                raise error
            place = f"{part.topic} partition {part.partition}"
            raise TopicsError(f"cannot commit the first offset of {place} for group {group}: {error.__name__}")
