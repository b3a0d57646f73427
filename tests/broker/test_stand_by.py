"""More workers than partitions: the one without any is a healthy stand-by, and takes over."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from streams import topics
from streams.broker import EmbeddedBroker, free_port
from streams.settings import Settings
from streams.topic_admin import ensure_topics
from tests.broker.bench import Bench, wait_for
from tests.broker.worlds import article

pytestmark = [pytest.mark.broker, pytest.mark.timeout(240)]


@pytest.fixture
def workers(tmp_path: Path) -> Iterator[list[Bench]]:
    """Three workers, not started, on a broker with two partitions a topic."""
    broker = EmbeddedBroker(tmp_path / "broker", free_port())
    settings = Settings(
        broker=broker.bootstrap,
        partitions=2,
        state_dir=tmp_path,
        session_timeout_seconds=6,
        coding_processes=1,
        count_interval_seconds=0.5,
        log_format="json",
    )
    with broker:
        ensure_topics(settings)
        workers = [Bench(settings, broker).another() for _ in range(3)]
        yield workers
        for worker in workers:
            worker.close()


def assigned(worker: Bench) -> float:
    return worker.metric("daybook_assigned_partitions")


def test_a_worker_without_partitions_is_ready_and_healthy_and_takes_over(workers: list[Bench]) -> None:
    for worker in workers:
        worker.start()
    inputs = 2 * len(topics.INPUTS)
    wait_for(
        lambda: all(worker.is_ready() for worker in workers) and sum(map(assigned, workers)) == inputs,
        "all are ready, and nothing is left over",
    )
    assert sorted(map(assigned, workers)) == [0, inputs / 2, inputs / 2], "each has the same partition of all topics"
    stand_by, *active = sorted(workers, key=assigned)
    assert stand_by.get("/healthz")[0] == 200
    for worker in active:
        assert worker.stop() == 0
    wait_for(lambda: stand_by.is_ready() and assigned(stand_by) == inputs, "the stand-by has everything")
    stand_by.send(topics.ARTICLES.name, [article("visit")])
    wait_for(lambda: stand_by.metric('daybook_articles_total{outcome="coded"}') == 1, "it works")
    assert len(stand_by.worker_pids()) == 1, "it never ended"
    assert stand_by.stop() == 0
