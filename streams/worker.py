"""One worker process: the Faust app in a loop of its own, with its HTTP server; `python -m streams.worker`.

Coding processes load this module too (multiprocessing imports the main module), so Faust is imported only by running.
"""

from __future__ import annotations

import asyncio
import gc
import json
import os
from typing import NoReturn

from streams.engine.exits import ExitCode, end_process
from streams.lifeline import kill_with_parent
from streams.settings import Settings, load

RESTARTS_VARIABLE = "DAYBOOK_WORKER_RESTARTS"
"""Environment variable by which the supervisor tells its restarts so far: JSON, cause to number."""
PARENT_VARIABLE = "DAYBOOK_WORKER_PARENT"
"""Environment variable with the supervisor's process id; the worker ends with it."""
BUILDS_VARIABLE = "DAYBOOK_WORKER_BUILDS"
"""Environment variable by which a replay tells its worker which generation it builds; else a worker serves."""
STOP_SECONDS = 45.0
"""How long finishing what is under way may take after SIGTERM."""
COLLECT_AFTER = (50_000, 20, 100)
"""The garbage collector's thresholds. State is millions of objects that live for months: with the usual ones a fifth of
MERGE's time on a big day goes into looking through them again."""


def run_worker(settings: Settings) -> int:
    """Run one worker until SIGTERM or SIGINT; the exit code. Crashes end the process with one of `ExitCode`."""
    collect_seldom()
    os.environ.setdefault("PROMETHEUS_DISABLE_CREATED_SERIES", "true")  # read when the library is imported
    from streams import log  # noqa: PLC0415  (see the top)
    from streams.worker_life import live  # noqa: PLC0415

    log.set_up(settings)
    restarts = json.loads(os.environ.get(RESTARTS_VARIABLE, "{}"))
    builds = os.environ.get(BUILDS_VARIABLE)
    return asyncio.run(live(settings, restarts, STOP_SECONDS, int(builds) if builds else None))


def collect_seldom() -> None:
    """Have this process look for garbage as seldom as a worker does."""
    gc.set_threshold(*COLLECT_AFTER)


def main() -> NoReturn:
    """The process that the supervisor starts; its settings come by the environment."""
    if parent := os.environ.get(PARENT_VARIABLE):
        kill_with_parent(int(parent), ExitCode.ORPHANED)
    end_process(run_worker(load()))


if __name__ == "__main__":
    main()
