"""The whole worker with full tables: from its start to ready, and to the first records that meet these tables."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
import urllib.request
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from kafka import KafkaConsumer, TopicPartition
from rich.console import Console
from rich.table import Table

from streams import codec, topics
from streams.broker import free_port
from streams.settings import Settings
from streams.supervisor import environment_of
from streams.topic_admin import ensure_topics
from tests.benchmarks.engine_broker import (
    PARTITIONS,
    BenchmarkError,
    EndOffsets,
    benchmark_broker,
    fill,
    partition_of,
)
from tests.benchmarks.engine_entries import Samples, samples
from tests.benchmarks.engine_jobs import peak_mib
from tests.benchmarks.engine_rate import STORES

WAIT_SECONDS = 600.0


@dataclass(frozen=True, slots=True)
class Worker:
    """A worker under its supervisor."""

    settings: Settings
    log: Path

    def is_ready(self) -> bool:
        """Whether /readyz says so."""
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.settings.web_port}/readyz", timeout=5) as answer:
                return bool(answer.status == 200)
        except OSError:  # not listening yet; a 503 is one of them too
            return False

    def peak_mib(self) -> float:
        """Most memory of the worker itself, without its coding processes."""
        return peak_mib(self._pids()[-1])

    def starts(self) -> int:
        """How often it was started."""
        return len(self._pids())

    def _pids(self) -> list[int]:
        lines = [json.loads(line) for line in self.log.read_text().splitlines() if line.startswith("{")]
        return [line["pid"] for line in lines if line["event"] == "worker started"]


def main(entries: int, console: Console) -> None:
    """Print the seconds to each step, for each store."""
    coded = samples()
    shown = Table(title=f"the whole worker with {entries:,} entries in each of the tables mentions and contributions")
    for column in ("store", "ready", "first event", "first count", "all partitions", "peak MiB"):
        shown.add_column(column, justify="left" if column == "store" else "right")
    shown.caption = (
        "seconds from the start to /readyz 200; from one record of the fullest partition to its event and to its "
        "count; from one record for every other partition to the last of them finished"
    )
    with benchmark_broker() as base:
        settings = base.model_copy(update={"web_port": free_port(), "log_format": "json", "log_level": "info"})
        ensure_topics(settings)
        for table, filling in (("mentions", coded.merging), ("contributions", coded.counting)):
            console.print(f"filling the changelog of {table}", style="dim")
            fill(settings, f"{settings.application_id}-{table}-changelog", filling(entries))
        for number, store in enumerate(STORES):
            console.print(f"worker with the {store} store", style="dim")
            own = settings.model_copy(update={"store": store})
            records = one_for_each_partition(coded, entries * (number + 2))
            shown.add_row(store, *_measured(own, records))
    console.print(shown)


def one_for_each_partition(coded: Samples, start: int) -> list[tuple[int, bytes, bytes]]:
    """A mentions record of a new article for each partition that has entries, the fullest first."""
    fullness = Counter(partition_of(told.merge_key.encode()) for told in coded.mentions)
    found: dict[int, tuple[int, bytes, bytes]] = {}
    for number in range(start, start + len(coded.mentions)):
        told = coded.mentions_record(number)
        if not all(one.status in {"happened", "ongoing"} and not one.negated for one in told.mentions):
            continue  # its event may not be counted, and the count is waited for
        key = told.merge_key.encode()
        found.setdefault(partition_of(key), (partition_of(key), key, codec.encode(told)))
    return [found[partition] for partition, _ in fullness.most_common() if partition in found]


def _measured(settings: Settings, records: list[tuple[int, bytes, bytes]]) -> tuple[str, ...]:
    with _started(settings) as worker:
        ready = _seconds(worker.is_ready, f"ready; see {worker.log}")
        with (
            EndOffsets(settings, topics.EVENTS.name) as events,
            EndOffsets(settings, topics.ACTOR_COUNTS.name) as counts,
        ):
            told, counted = events.total(), counts.total()
            sent = time.perf_counter()
            fill(settings, topics.MENTIONS.name, records[:1])
            _seconds(lambda: events.total() > told, "the first event")
            event = time.perf_counter() - sent
            _seconds(lambda: counts.total() > counted, "the first count")
            count = time.perf_counter() - sent
        rest = time.perf_counter()
        fill(settings, topics.MENTIONS.name, records[1:])
        _seconds(lambda: not lag(settings), "no lag")
        everywhere = time.perf_counter() - rest
        if worker.starts() != 1:
            raise BenchmarkError(f"the worker was started again; see {worker.log}")
        return *(f"{one:.1f}" for one in (ready, event, count, everywhere)), f"{worker.peak_mib():,.0f}"


@contextmanager
def _started(settings: Settings) -> Iterator[Worker]:
    log = settings.state_dir / f"worker-{settings.store}.log"
    with log.open("wb") as errors:
        environment = {**os.environ, **environment_of(settings)}
        process = subprocess.Popen([sys.executable, "-m", "streams.cli", "worker"], env=environment, stderr=errors)
    try:
        yield Worker(settings, log)
    finally:
        process.terminate()
        process.wait()


def _seconds(is_so: Callable[[], bool], what: str) -> float:
    start = time.perf_counter()
    while not is_so():
        if time.perf_counter() > start + WAIT_SECONDS:
            raise BenchmarkError(f"not within {WAIT_SECONDS:.0f} s: {what}")
        time.sleep(0.05)
    return time.perf_counter() - start


def lag(settings: Settings) -> int:
    """Records of the stages with tables that are not finished, by the committed offsets."""
    consumer = KafkaConsumer(
        bootstrap_servers=settings.broker, group_id=settings.application_id, enable_auto_commit=False
    )
    names = (topics.MENTIONS.name, topics.CONTRIBUTIONS.name)
    parts = [TopicPartition(name, number) for name in names for number in range(PARTITIONS)]
    ends = sum(consumer.end_offsets(parts).values())
    committed = sum(consumer.committed(part) or 0 for part in parts)
    consumer.close()
    return int(ends - committed)
