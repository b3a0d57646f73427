"""Disks run full in the middle of the work: the cause is told, and once there is room everything goes on exactly."""

from __future__ import annotations

import json
import logging
import random
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from streams import codec, topics
from streams.broker import EmbeddedBroker, free_port
from streams.records import DayCount
from streams.settings import Settings
from streams.topic_admin import ensure_topics
from tests.broker.bench import Bench, wait_for
from tests.broker.worlds import COUNT_TOPICS, counts_of, counts_without_broker, document
from tests.faults.disk import SmallDisk

pytestmark = [
    pytest.mark.broker,
    pytest.mark.faults,
    pytest.mark.timeout(900),
    pytest.mark.skipif(not SmallDisk.available(), reason="a small disk must be mounted, which is not allowed here"),
]
READY_SECONDS = 240.0  # the machine may have other work
CHANCE = random.Random(7)
DOCUMENTS = [document(f"a{number * 7 % 400}", number // 60, CHANCE) for number in range(2400)]


@contextmanager
def bench_in(folder: Path, **changes: object) -> Iterator[Bench]:
    """A broker with all documents, its data and the worker's state in folders of their own; no worker yet."""
    logging.getLogger("kafka").setLevel(logging.CRITICAL)  # it tells of each try to reach a broker that starts
    broker = EmbeddedBroker(folder / "broker", free_port())
    settings = Settings(
        broker=broker.bootstrap, partitions=4, state_dir=folder / "state", web_port=free_port(),
        session_timeout_seconds=6, coding_processes=1, count_interval_seconds=0.5, log_format="json",
    ).model_copy(update=changes)  # fmt: skip
    bench = Bench(settings, broker)
    bench.log = folder / "worker.log"  # not on the disk that runs full: it must tell of it
    try:
        broker.start()
        broker.wait_ready(READY_SECONDS)
        ensure_topics(settings)
        bench.send(topics.DOCUMENTS.name, [(one.article_id.encode(), codec.encode(one)) for one in DOCUMENTS])
        yield bench
    finally:
        bench.close()
        broker.stop()


def counts(bench: Bench) -> dict[tuple[str, str, str], DayCount]:
    return counts_of([value for topic in COUNT_TOPICS for value in bench.latest(topic).values()])


def causes(bench: Bench) -> list[str]:
    """Why workers ended so far, by the supervisor's log."""
    lines = [json.loads(line) for line in bench.log.read_text().splitlines() if line.startswith("{")]
    return [line["cause"] for line in lines if line["logger"] == "streams.supervisor" and "cause" in line]


def test_counts_are_exact_after_the_broker_s_disk_was_full(tmp_path: Path) -> None:
    with SmallDisk(tmp_path / "broker" / "data", 144) as disk, bench_in(tmp_path) as bench:
        bench.start()
        bench.wait_ready()
        assert bench.lag() > 0, "it is filled in the middle of the work"
        disk.fill()
        wait_for(lambda: not bench.broker.is_running(), "Kafka halts when it cannot write")
        assert "No space left on device" in bench.broker.log.read_text()
        wait_for(lambda: "waiting for the broker" in bench.log.read_text(), "the worker has ended, and nobody is busy")
        assert causes(bench) == ["publish-failed"]
        disk.free()
        bench.broker.stop()
        bench.broker.start()
        bench.broker.wait_ready(READY_SECONDS)
        bench.wait_ready()
        bench.wait_idle(READY_SECONDS)
        assert counts(bench) == counts_without_broker(DOCUMENTS)
        assert bench.stop() == 0


@pytest.mark.parametrize(("store", "ended"), [("memory", False), ("rocksdb", True)])
def test_counts_are_exact_after_the_worker_s_disk_was_full(tmp_path: Path, store: str, *, ended: bool) -> None:
    with SmallDisk(tmp_path / "state", 64) as disk, bench_in(tmp_path, store=store) as bench:
        bench.start()
        bench.wait_ready()
        assert bench.lag() > 0, "it is filled in the middle of the work"
        disk.fill()
        if ended:
            wait_for(lambda: bool(causes(bench)), "the worker ends")
            assert set(causes(bench)) == {"disk-full"}
            assert "No space left on device" in bench.log.read_text()
            disk.free()
            bench.wait_ready()
        bench.wait_idle(READY_SECONDS)
        assert counts(bench) == counts_without_broker(DOCUMENTS)
        assert bool(causes(bench)) is ended, "the memory store keeps nothing on disk"
        assert bench.stop() == 0
