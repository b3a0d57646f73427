"""One worker process: the Faust app in a loop of its own, with its HTTP server; `python -m streams.worker`.

Coding processes load this module too (multiprocessing imports the main module), so Faust is imported only by running.
"""

from __future__ import annotations

import asyncio
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
STOP_SECONDS = 45.0
"""How long finishing what is under way may take after SIGTERM."""


def run_worker(settings: Settings) -> int:
    """Run one worker until SIGTERM or SIGINT; the exit code. Crashes end the process with one of `ExitCode`."""
    os.environ.setdefault("PROMETHEUS_DISABLE_CREATED_SERIES", "true")  # read when the library is imported
    from streams import log  # noqa: PLC0415  (see the top)
    from streams.worker_life import live  # noqa: PLC0415

    log.set_up(settings)
    restarts = json.loads(os.environ.get(RESTARTS_VARIABLE, "{}"))
    return asyncio.run(live(settings, restarts, STOP_SECONDS))


def main() -> NoReturn:
    """The process that the supervisor starts; its settings come by the environment."""
    if parent := os.environ.get(PARENT_VARIABLE):
        kill_with_parent(int(parent), ExitCode.ORPHANED)
    end_process(run_worker(load()))


if __name__ == "__main__":
    main()
