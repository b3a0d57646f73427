"""One worker process: the Faust app in a loop of its own, with its HTTP server; `python -m streams.worker`.

Coding processes load this module too (multiprocessing imports the main module), so Faust is imported only by running.
"""

from __future__ import annotations

import asyncio
import json
import logging
import os
import signal
from typing import TYPE_CHECKING, NoReturn

from streams.engine.exits import ExitCode, end_process, leave
from streams.lifeline import kill_with_parent
from streams.settings import Settings, load

if TYPE_CHECKING:
    from streams.app import WorkerParts

logger = logging.getLogger(__name__)

RESTARTS_VARIABLE = "DAYBOOK_WORKER_RESTARTS"
"""Environment variable by which the supervisor tells its restarts so far: JSON, cause to number."""
PARENT_VARIABLE = "DAYBOOK_WORKER_PARENT"
"""Environment variable with the supervisor's process id; the worker ends with it."""
OBSERVE_SECONDS = 1.0
STOP_SECONDS = 45.0
"""How long finishing what is under way may take after SIGTERM."""


def run_worker(settings: Settings) -> int:
    """Run one worker until SIGTERM or SIGINT; the exit code. Crashes end the process with one of `ExitCode`."""
    from streams import log  # noqa: PLC0415  (see the top)

    log.set_up(settings)
    os.environ.setdefault("PROMETHEUS_DISABLE_CREATED_SERIES", "true")  # read when the library is imported
    restarts = json.loads(os.environ.get(RESTARTS_VARIABLE, "{}"))
    return asyncio.run(_run(settings, restarts))


async def _run(settings: Settings, restarts: dict[str, int]) -> int:
    from streams.app import create_app  # noqa: PLC0415  (see the top)
    from streams.health import HealthServer  # noqa: PLC0415
    from streams.metrics import Metrics  # noqa: PLC0415

    parts = create_app(settings, Metrics(restarts))
    try:
        server = HealthServer(settings.web_host, settings.web_port, parts.health, parts.metrics)
    except OSError as taken:
        address = f"{settings.web_host}:{settings.web_port}"
        leave(ExitCode.PORT_TAKEN, f"cannot listen on {address} ({taken.strerror}); set DAYBOOK_WEB_PORT")
    server.start()
    stop = asyncio.Event()
    for sign in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(sign, stop.set)
    starting = asyncio.create_task(parts.app.start())
    while not stop.is_set():
        _observe(parts)
        if parts.app.crashed:
            leave(ExitCode.FAILED, f"the stream engine crashed: {parts.app.crash_reason!r}")
        if starting.done() and (error := starting.exception()) is not None:
            leave(ExitCode.FAILED, f"the stream engine did not start: {error!r}")
        try:
            await asyncio.wait_for(stop.wait(), OBSERVE_SECONDS)
        except TimeoutError:
            continue
    logger.info("stopping: finishing what is under way")
    await _stop(parts, starting)
    server.stop()
    return ExitCode.STOPPED


async def _stop(parts: WorkerParts, starting: asyncio.Task[None]) -> None:
    try:
        async with asyncio.timeout(STOP_SECONDS):
            if not starting.done():
                end_process(ExitCode.STOPPED)  # hardly an input is taken yet, and what is comes again
            await parts.app.stop()
            await parts.pool.close()
    except TimeoutError:
        leave(ExitCode.FAILED, f"not everything under way was finished in {STOP_SECONDS:.0f} s; it is read again")


def _observe(parts: WorkerParts) -> None:
    """Tell health and metrics how things stand."""
    app, metrics = parts.app, parts.metrics
    consumer = app.engine_consumer
    is_ready = app.is_ready()
    lag = {stage.name: consumer.lag(stage.topic.name) for stage in parts.stages} if is_ready else {}
    inputs = {stage.topic.name for stage in parts.stages}
    assigned = [tp for tp in consumer.assignment() if tp.topic in inputs] if is_ready else []
    if is_ready != parts.health.is_ready:
        told = "ready: %d input partitions assigned, tables recovered" if is_ready else "not ready: %d input partitions"
        logger.info(told, len(assigned))
    parts.health.observe(is_ready=is_ready, lag=lag)
    metrics.assigned_partitions.set(len(assigned))
    for stage, records in lag.items():
        metrics.lag.labels(stage).set(records)


def main() -> NoReturn:
    """The process that the supervisor starts; its settings come by the environment."""
    if parent := os.environ.get(PARENT_VARIABLE):
        kill_with_parent(int(parent), ExitCode.ORPHANED)
    end_process(run_worker(load()))


if __name__ == "__main__":
    main()
