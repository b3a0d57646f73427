"""Small workers for the tests of the supervisor: programs to run with `python -c`, and what their coding processes do.

Each is told a file, in which it tells how far it is.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, cast

from streams.coding_process import Process
from streams.settings import Settings

if TYPE_CHECKING:
    from streams.coding_process import Processed

UP = "import os, pathlib, signal, sys, time\ntold = pathlib.Path(sys.argv[1])\n"

ENDS = """
import json, os, signal, sys
told = json.loads(os.environ["DAYBOOK_WORKER_RESTARTS"])
with open(sys.argv[1], "a") as out: out.write(json.dumps(told) + "\\n")
status = int(sys.argv[2].split(",")[sum(told.values())])
if status < 0: os.kill(os.getpid(), -status)
sys.exit(status)
"""
"""Writes what it is told of restarts, and ends with the next status of a list."""

DRAINS = UP + (
    "def end(*_):\n    time.sleep(0.3); told.write_text('drained'); sys.exit(int(sys.argv[2]))\n"
    "signal.signal(signal.SIGTERM, end)\ntold.write_text('up')\ntime.sleep(60)\n"
)
"""Finishes something after SIGTERM, and then ends with a status."""

YOUNG = UP + "told.write_text('up')\ntime.sleep(60)\n"
"""Handles no signals yet."""

STUBBORN = UP + (
    "signal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
    "child = os.fork()\nif child: told.write_text(f'{os.getpid()} {child}')\ntime.sleep(60)\n"
)
"""Does not end after SIGTERM, nor does its child; tells their process ids."""

CODES = """
import asyncio, os, pathlib, sys, time
from streams.lifeline import kill_with_parent
from streams.pool import CodingPool
from streams.settings import Settings
from tests.unit.supervised import prepare
kill_with_parent(int(os.environ["DAYBOOK_WORKER_PARENT"]), 69)
async def code():
    pool = CodingPool(Settings(coding_processes=2), prepare)
    await asyncio.gather(*(pool.process(None, b"text", 0) for _ in range(8)))
    under_way = asyncio.create_task(pool.process(None, b"slow", 0))
    pathlib.Path(sys.argv[1]).write_text("up")
    await under_way
asyncio.run(code())
"""
"""Has coding processes, one of them at work."""

SUPERVISE = """
import sys
from streams.settings import load
from streams.supervisor import Supervisor
sys.exit(Supervisor(load(), [sys.executable, "-c", *sys.argv[1:]]).run())
"""
"""A supervisor of the worker that its arguments give."""


def prepare(settings: Settings) -> Process:
    """What the coding processes of `CODES` code with; it loads no pipeline."""
    del settings

    def code(key: bytes | None, value: bytes | None, timestamp_ms: int) -> Processed:
        time.sleep(60 if value == b"slow" else 0.05)
        return cast("Processed", (key, value, timestamp_ms))

    return code
