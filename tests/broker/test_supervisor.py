"""The supervised worker as an orchestrator treats it: stopped at bad moments, orphaned, and without its broker."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from streams import topics
from streams.broker import free_port, is_ready
from streams.topic_admin import internal_topics
from tests.broker.bench import Bench, descendants, wait_for
from tests.broker.worlds import article

pytestmark = [pytest.mark.broker, pytest.mark.timeout(240)]


@pytest.fixture
def worker(bench: Bench) -> Iterator[Bench]:
    """A worker of its own for each test; what a failed test leaves is killed."""
    worker = bench.another()
    yield worker
    worker.close()


def has_started(worker: Bench) -> bool:
    return bool(worker.worker_pids())


def serves(worker: Bench) -> bool:
    return worker.get("/healthz")[0] != 0


def is_recovering(worker: Bench) -> bool:
    """Whether the worker has begun to read its changelogs; the stream engine says so when it tells everything."""
    return any("Restoring state from changelog" in line["event"] for line in worker.told())


def is_gone(pid: int) -> bool:
    return not Path(f"/proc/{pid}").exists()


def test_a_broker_that_is_stopped_in_its_tracks_is_not_ready(bench: Bench) -> None:
    assert is_ready(bench.settings.broker)
    assert is_ready(f"127.0.0.1:{free_port()},{bench.settings.broker}")
    assert bench.broker.pid is not None
    os.kill(bench.broker.pid, signal.SIGSTOP)
    try:
        wait_for(lambda: not is_ready(bench.settings.broker), "the last of the broker's threads has stopped, too")
    finally:
        os.kill(bench.broker.pid, signal.SIGCONT)
    assert is_ready(bench.settings.broker)


@pytest.mark.parametrize("far_enough", [has_started, serves])
def test_sigterm_to_a_worker_that_starts_ends_it_in_order(worker: Bench, far_enough: object) -> None:
    assert callable(far_enough)
    worker.start()
    wait_for(lambda: bool(far_enough(worker)), "the worker has come so far")
    assert worker.get("/readyz")[0] != 200
    assert worker.stop() == 0
    assert len(worker.worker_pids()) == 1


def test_sigterm_in_the_middle_of_a_recovery_ends_the_worker_in_order(worker: Bench) -> None:
    articles, *_ = internal_topics(worker.settings.application_id)
    value = os.urandom(1000)
    worker.send(articles.name, [(b"%d" % number, value) for number in range(100_000)])
    worker.start(log_level="debug")
    wait_for(lambda: is_recovering(worker), "the worker recovers")
    assert worker.get("/readyz")[0] == 503, "it is not yet done"
    assert worker.stop() == 0


def test_sigterm_to_a_worker_that_lost_its_broker_while_it_starts_ends_it_in_order(worker: Bench) -> None:
    worker.start()
    wait_for(lambda: serves(worker), "the worker starts")
    worker.broker.kill()
    try:
        assert worker.stop() == 0
    finally:
        worker.broker.start()
        worker.broker.wait_ready()


def test_sigterm_to_a_worker_with_nothing_under_way_ends_it_in_order_also_without_its_broker(worker: Bench) -> None:
    worker.start()
    worker.wait_ready()
    worker.broker.kill()
    try:
        assert worker.stop() == 0
        assert len(worker.worker_pids()) == 1
    finally:
        worker.broker.start()
        worker.broker.wait_ready()


def test_sigterm_while_the_supervisor_waits_for_the_broker_ends_it_in_order(worker: Bench) -> None:
    worker.broker.stop()
    try:
        worker.start()
        wait_for(lambda: any("waiting for the broker" in line["event"] for line in worker.told()), "it waits")
        assert worker.stop() == 0
        assert not worker.worker_pids()
    finally:
        worker.broker.start()
        worker.broker.wait_ready()


def test_a_killed_supervisor_takes_worker_and_coding_processes_with_it(worker: Bench) -> None:
    worker.send(topics.ARTICLES.name, [article("visit")])
    worker.start()
    wait_for(lambda: worker.metric('daybook_articles_total{outcome="coded"}') == 1, "an article is coded")
    (pid,) = worker.worker_pids()
    started = [pid, *descendants({pid})]
    assert len(started) >= 3, "worker, fork server, coding process"
    worker.kill_supervisor()
    wait_for(lambda: all(map(is_gone, started)), "none of them is left")
