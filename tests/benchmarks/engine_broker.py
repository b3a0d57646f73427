"""A Kafka of their own for the benchmarks of the engine: topics, fast filling, and processes to measure."""

from __future__ import annotations

import asyncio
import json
import logging
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeAlias

from aiokafka import AIOKafkaProducer
from aiokafka.partitioner import murmur2
from kafka import KafkaConsumer, TopicPartition
from kafka.admin import MemberToRemove
from kafka.errors import RetriableError
from kafka.structs import OffsetAndMetadata

from streams.broker import EmbeddedBroker, free_port
from streams.settings import Settings
from streams.supervisor import environment_of
from streams.topic_admin import admin_client

PARTITIONS = 8
BATCH_BYTES = 512 * 1024
BROKER_SECONDS = 300.0
COORDINATOR_SECONDS = 60.0
Filling: TypeAlias = Iterable[tuple[int, bytes, bytes]]
"""Partition, key and value of each record."""


class BenchmarkError(Exception):
    """What was to be measured did not happen; the message says what."""


@contextmanager
def benchmark_broker() -> Iterator[Settings]:
    """A broker on a free port and in a temporary folder; the settings name both."""
    logging.getLogger("kafka").setLevel(logging.CRITICAL)  # it tells of each try to reach a broker that starts
    folder = Path(tempfile.mkdtemp(prefix="daybook-bench-"))
    broker = EmbeddedBroker(folder / "broker", free_port())
    try:
        broker.start()
        broker.wait_ready(BROKER_SECONDS)
        yield Settings(broker=broker.bootstrap, partitions=PARTITIONS, state_dir=folder, log_level="error")
    finally:
        broker.stop()
        shutil.rmtree(folder, ignore_errors=True)


@cache
def partition_of(key: bytes) -> int:
    """Where Kafka's clients put a record with this key; remembered, since they compute it in Python."""
    return int(murmur2(key) & 0x7FFFFFFF) % PARTITIONS


def create_topics(settings: Settings, cleanup: dict[str, str]) -> None:
    """Create topics, each with its clean-up policy."""
    options = {"num_partitions": settings.partitions, "replication_factor": settings.replication}
    with admin_client(settings) as admin:
        admin.create_topics(
            {name: {**options, "configs": {"cleanup.policy": policy}} for name, policy in cleanup.items()},
            wait_for_metadata=True,
        )


def commit_start(settings: Settings, topic: str) -> None:
    """Commit offset 0 of each partition for the application, as `daybook topics` does."""
    start = {TopicPartition(topic, number): OffsetAndMetadata(0, "", -1) for number in range(settings.partitions)}
    deadline = time.monotonic() + COORDINATOR_SECONDS
    with admin_client(settings) as admin:
        while True:
            try:
                answers = admin.alter_group_offsets(settings.application_id, start)
            except RetriableError:  # a new broker still makes its offsets topic
                answers = {}
            if answers and not any(getattr(error, "errno", 0) for error in answers.values()):
                return
            if time.monotonic() > deadline:
                raise BenchmarkError(f"cannot commit the first offsets of {topic}: {answers}")
            time.sleep(0.2)


def forget_members(settings: Settings) -> None:
    """Remove the members that killed processes left in the group: the broker would wait a session for them."""
    group = settings.application_id
    with admin_client(settings) as admin:
        left = [MemberToRemove(member["member_id"]) for member in admin.describe_groups([group])[group]["members"]]
        if left:
            admin.remove_group_members(group, left)


def fill(settings: Settings, topic: str, records: Filling) -> int:
    """Publish records in whole batches made here, which is several times faster than one by one; how many."""
    return asyncio.run(_fill(settings, topic, records))


async def _fill(settings: Settings, topic: str, records: Filling) -> int:
    producer = AIOKafkaProducer(
        bootstrap_servers=settings.broker, max_batch_size=BATCH_BYTES, max_request_size=8 * BATCH_BYTES
    )
    await producer.start()
    batches: dict[int, Any] = {}
    sent: list[asyncio.Future[Any]] = []
    number = 0
    try:
        for partition, key, value in records:
            number += 1
            batch = batches.setdefault(partition, producer.create_batch())
            if batch.append(key=key, value=value, timestamp=None) is not None:
                continue
            sent.append(await producer.send_batch(batch, topic, partition=partition))
            batches[partition] = producer.create_batch()
            batches[partition].append(key=key, value=value, timestamp=None)
        for partition, batch in batches.items():
            sent.append(await producer.send_batch(batch, topic, partition=partition))
        await asyncio.gather(*sent)
    finally:
        await producer.stop()
    return number


class EndOffsets:
    """How many records a topic holds, asked again and again; for topics that are not compacted yet."""

    def __init__(self, settings: Settings, topic: str) -> None:
        self._consumer = KafkaConsumer(bootstrap_servers=settings.broker, enable_auto_commit=False)
        self._parts = [TopicPartition(topic, number) for number in range(settings.partitions)]

    def total(self) -> int:
        """The sum over all partitions."""
        return sum(self._consumer.end_offsets(self._parts).values())

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._consumer.close()


@dataclass(frozen=True, slots=True)
class Ready:
    """A measured process became ready."""

    seconds: float
    """From its start, Python's own included."""
    cpu_seconds: float
    """Processor time of all its threads until then, which other work on the machine hardly changes."""
    peak_mib: float
    """Most memory that was resident until then."""
    entries: int
    """Entries that its table then held."""


class Measured:
    """One process of `engine_jobs`; it is killed at the end, as a crash would."""

    def __init__(self, settings: Settings, arguments: Sequence[str]) -> None:
        self._log = settings.state_dir / f"{settings.application_id}.log"
        command = [sys.executable, "-m", "tests.benchmarks.engine_jobs", *arguments, "--parent", str(os.getpid())]
        self._started = time.perf_counter()
        settings.state_dir.mkdir(parents=True, exist_ok=True)
        with self._log.open("ab") as log:
            environment = {**os.environ, **environment_of(settings)}
            self._process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=log, text=True)

    def wait_ready(self) -> Ready:
        """Wait until its tables are recovered; raises `BenchmarkError` when it ends before."""
        told = self._line()
        seconds = time.perf_counter() - self._started
        return Ready(seconds, told["cpu_seconds"], told["peak_mib"], self._line()["entries"])

    def cpu_seconds(self) -> float:
        """Processor time of all its threads so far."""
        fields = Path(f"/proc/{self._process.pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def is_running(self) -> bool:
        """Whether it has not ended."""
        return self._process.poll() is None

    def _line(self) -> dict[str, Any]:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            raise BenchmarkError(f"a measured process ended: {self.last_words()}")
        told: dict[str, Any] = json.loads(line)
        return told

    def last_words(self) -> str:
        """The end of its log."""
        return " | ".join(self._log.read_text(encoding="utf-8", errors="replace").strip().splitlines()[-5:]) or "none"

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._process.kill()
        self._process.wait()
        if self._process.stdout is not None:
            self._process.stdout.close()
