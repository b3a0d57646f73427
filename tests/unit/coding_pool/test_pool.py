"""The pool with real processes, which crash, refuse and are left alone."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from streams.pool import CodingPool
from streams.records import InvalidRecordError
from streams.settings import Settings

from .coders import process

pytestmark = pytest.mark.timeout(60)
ROOT = str(Path(__file__).parents[1])


def pool() -> CodingPool:
    return CodingPool(Settings(coding_processes=2), process)


def test_only_the_article_that_crashes_its_process_is_refused() -> None:
    async def run() -> list[object]:
        coding = pool()
        values = [b"slow", b"one", b"crash", b"slow", b"two", b"invalid"]
        try:
            return list(await asyncio.gather(*(coding.process(None, v, 0) for v in values), return_exceptions=True))
        finally:
            await coding.close()

    slow, one, crashed, slow_too, two, invalid = asyncio.run(run())
    assert [getattr(done, "document", None) for done in (slow, one, slow_too, two)] == [
        b"slow",
        b"one",
        b"slow",
        b"two",
    ]
    assert isinstance(crashed, InvalidRecordError)
    assert crashed.reason == "crashes-coder"
    assert isinstance(invalid, InvalidRecordError)
    assert (invalid.reason, str(invalid)) == ("too-long", "a long one")


def test_processes_end_with_a_killed_worker() -> None:
    script = """
import asyncio, sys, time
from coding_pool.coders import process
from streams.pool import CodingPool
from streams.settings import Settings

async def run():
    pool = CodingPool(Settings(coding_processes=1), process)
    print((await pool.process(None, b"x", 0)).key, flush=True)
    time.sleep(60)

if __name__ == "__main__":
    asyncio.run(run())
"""
    environment = {**os.environ, "PYTHONPATH": ROOT}
    worker = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, env=environment)
    assert worker.stdout is not None
    child = int(worker.stdout.readline())
    assert Path(f"/proc/{child}").exists()
    worker.send_signal(signal.SIGKILL)
    worker.wait()
    deadline = time.monotonic() + 10
    while Path(f"/proc/{child}").exists():
        assert time.monotonic() < deadline, "the coding process outlives its worker"
        time.sleep(0.05)
    worker.stdout.close()
