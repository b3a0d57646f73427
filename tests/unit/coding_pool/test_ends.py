"""A worker killed, failing or signalled, and what becomes of its coding processes, fork server and resource tracker."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

pytestmark = pytest.mark.timeout(60)
UNIT, ROOT = Path(__file__).parents[1], Path(__file__).parents[3]
WITH_HELPERS = 3
"""The worker, its fork server and its resource tracker."""


class Worker:
    """`killed_worker.py`, and all processes that come from it, known by a mark in their environment."""

    def __init__(self, folder: Path, stage: str) -> None:
        self._mark = f"COMES_FROM={folder}"
        environment = {**os.environ, "PYTHONPATH": f"{UNIT}:{ROOT}", "COMES_FROM": str(folder)}
        command = [sys.executable, "-m", "coding_pool.killed_worker", str(folder), stage]
        self.process = subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL)

    def others(self) -> set[int]:
        """Process ids of all but the worker itself; what has ended has no environment."""
        found = set()
        for environ in Path("/proc").glob("[0-9]*/environ"):
            try:
                if self._mark.encode() in environ.read_bytes().split(b"\0"):
                    found.add(int(environ.parent.name))
            except OSError:
                continue  # it ended while we looked, or belongs to somebody else
        return found - {self.process.pid}


def until(is_so: Callable[[], object]) -> None:
    while not is_so():
        time.sleep(0.02)


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[[str], Worker]]:
    started: list[Worker] = []

    def start_one(stage: str) -> Worker:
        started.append(Worker(tmp_path, stage))
        return started[-1]

    yield start_one
    for worker in started:
        worker.process.kill()
        worker.process.wait()
        for pid in worker.others():
            os.kill(pid, signal.SIGKILL)


def test_nothing_outlives_a_killed_worker_that_codes(tmp_path: Path, start: Callable[[str], Worker]) -> None:
    worker = start("coding")
    until(lambda: (tmp_path / "began").exists() and (tmp_path / "coded").exists())
    assert len(worker.others()) == WITH_HELPERS - 1 + 2
    worker.process.kill()
    worker.process.wait()
    until(lambda: not worker.others())


def test_nothing_outlives_a_killed_worker_whose_processes_load(tmp_path: Path, start: Callable[[str], Worker]) -> None:
    worker = start("loading")
    until(lambda: len(list(tmp_path.iterdir())) == 2)
    assert len(worker.others()) == WITH_HELPERS - 1 + 2
    worker.process.kill()
    worker.process.wait()
    until(lambda: not worker.others())


def test_a_process_just_started_ends_when_its_worker_was_killed(tmp_path: Path, start: Callable[[str], Worker]) -> None:
    worker = start("starting")
    until(lambda: len(list(tmp_path.iterdir())) == 2)
    worker.process.kill()
    worker.process.wait()
    assert {int(path.name) for path in tmp_path.iterdir()} <= worker.others()
    (tmp_path / "go-on").touch()
    until(lambda: not worker.others())


def test_signals_to_all_are_the_workers_business(tmp_path: Path, start: Callable[[str], Worker]) -> None:
    worker = start("starting")
    until(lambda: len(list(tmp_path.iterdir())) == 2)
    others = worker.others()
    for pid in others:
        os.kill(pid, signal.SIGINT)
        os.kill(pid, signal.SIGTERM)
    (tmp_path / "go-on").touch()
    until((tmp_path / "coded").exists)
    assert worker.others() == others
    for pid in others:
        os.kill(pid, signal.SIGTERM)
    worker.process.kill()
    worker.process.wait()
    until(lambda: not worker.others())


def test_a_worker_that_fails_does_not_wait_for_its_processes(start: Callable[[str], Worker]) -> None:
    worker = start("failing")
    assert worker.process.wait() == 1
    until(lambda: not worker.others())
