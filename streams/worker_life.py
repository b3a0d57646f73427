"""One worker's life: put together, started, observed once a second, stopped."""

from __future__ import annotations

import asyncio
import contextlib
import faulthandler
import logging
import signal
import sys
from pathlib import Path

from streams.app import WorkerParts, create_app
from streams.engine.crashes import code_of
from streams.engine.exits import ExitCode, end_process, leave
from streams.engine.proven import UnprovenFaustError, check_faust
from streams.engine.watchdog import Sight, Watchdog
from streams.generation_watch import GenerationWatch
from streams.health import Health, HealthServer
from streams.metrics import Metrics
from streams.settings import Settings
from streams.state_folder import claim

logger = logging.getLogger(__name__)

OBSERVE_SECONDS = 1.0


async def live(settings: Settings, restarts: dict[str, int], stop_seconds: float, builds: int | None = None) -> int:
    """Run until SIGTERM or SIGINT, or until a replay switches to another generation; the exit code.

    `restarts` are those so far, by cause; `stop_seconds` is how long finishing what is under way may take; `builds` is
    the generation that the worker builds for a replay, if it does.
    """
    _check_faust(settings)
    metrics, health = Metrics(restarts), Health(progress_seconds=settings.stall_seconds)
    server = _served(settings, metrics, health)  # before a folder is claimed, for the port may be taken
    stop = _stop_signal()
    watch = GenerationWatch(settings, builds)
    watch.start()
    generation = await watch.wait_to_work(stop, lambda: health.observe(is_ready=False, lag={}))
    if generation is None:
        return ExitCode.STOPPED
    claimed = settings.model_copy(update={"state_dir": _claimed(generation.state_folder(settings.state_dir))})
    code = await _work(create_app(claimed, generation, metrics, health, watch.admit), watch, stop, stop_seconds)
    server.stop()
    return code


async def _work(parts: WorkerParts, watch: GenerationWatch, stop: asyncio.Event, stop_seconds: float) -> ExitCode:
    """Run the app until there is a reason to stop, and stop it; the exit code tells the reason."""
    starting = asyncio.create_task(parts.app.start())
    watchdog = Watchdog(parts.health.progress_seconds)
    watchdog.start()
    while not stop.is_set() and watch.may_go_on():
        _observe(parts)
        watchdog.tell(_sight(parts))
        _check_alive(parts, starting)
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), OBSERVE_SECONDS)
    logger.info("stopping: finishing what is under way")
    watchdog.end()
    code = ExitCode.STOPPED if stop.is_set() else ExitCode.GENERATION_CHANGED
    await _stop(parts, starting, stop_seconds, code)
    return code


def _stop_signal() -> asyncio.Event:
    """What SIGTERM and SIGINT set; SIGUSR1 tells where the tasks are."""
    stop = asyncio.Event()
    for sign in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(sign, stop.set)
    asyncio.get_running_loop().add_signal_handler(signal.SIGUSR1, _tell_tasks)
    return stop


def _tell_tasks() -> None:
    """SIGUSR1: say on standard error where each task and each thread is, to study a worker that hangs."""
    for task in asyncio.all_tasks():
        task.print_stack(file=sys.stderr)
    faulthandler.dump_traceback(all_threads=True)


def _check_faust(settings: Settings) -> None:
    try:
        check_faust()
    except UnprovenFaustError as error:
        if not settings.unproven_faust:
            leave(ExitCode.UNPROVEN_FAUST, f"{error}; DAYBOOK_UNPROVEN_FAUST=true runs it all the same")
        logger.warning("%s", error)


def _claimed(state_dir: Path) -> Path:
    try:
        return claim(state_dir)
    except OSError as error:
        leave(code_of(error, ExitCode.FAILED), f"no folder for state in {state_dir}: {error.strerror}")


def _served(settings: Settings, metrics: Metrics, health: Health) -> HealthServer:
    try:
        server = HealthServer(settings.web_host, settings.web_port, health, metrics)
    except OSError as taken:
        address = f"{settings.web_host}:{settings.web_port}"
        leave(ExitCode.PORT_TAKEN, f"cannot listen on {address} ({taken.strerror}); set DAYBOOK_WEB_PORT")
    server.start()
    return server


def _check_alive(parts: WorkerParts, starting: asyncio.Task[None]) -> None:
    if parts.app.crashed:
        reason = parts.app.crash_reason
        leave(code_of(reason, ExitCode.FAILED), f"the stream engine crashed: {reason!r}")
    if starting.done() and (error := starting.exception()) is not None:
        leave(code_of(error, ExitCode.FAILED), f"the stream engine did not start: {error!r}")


async def _stop(parts: WorkerParts, starting: asyncio.Task[None], seconds: float, code: ExitCode) -> None:
    try:
        async with asyncio.timeout(seconds):
            if not starting.done():
                end_process(code)  # hardly an input is taken yet, and what is comes again
            await parts.app.stop()
            await parts.pool.close(seconds=1.0)  # what is still being coded was cut short, and comes again
    except TimeoutError:
        leave(ExitCode.FAILED, f"not everything under way was finished in {seconds:.0f} s; it is read again")


def _sight(parts: WorkerParts) -> Sight:
    """Whether there is work, and what changes when it goes on."""
    app = parts.app
    has_work = not app.is_ready() or any(app.engine_consumer.lag(stage.input.name) for stage in parts.stages)
    return Sight(has_work, (*app.progress(), parts.pool.activity))


def _observe(parts: WorkerParts) -> None:
    """Tell health and metrics how things stand."""
    app, metrics = parts.app, parts.metrics
    consumer = app.engine_consumer
    is_ready = app.is_ready()
    lag = {stage.name: consumer.lag(stage.input.name) for stage in parts.stages} if is_ready else {}
    inputs = {stage.input.name for stage in parts.stages}
    assigned = [tp for tp in consumer.assignment() if tp.topic in inputs] if is_ready else []
    if is_ready != parts.health.is_ready:
        told = "ready: %d input partitions assigned, tables recovered" if is_ready else "not ready: %d input partitions"
        logger.info(told, len(assigned))
    parts.health.observe(is_ready=is_ready, lag=lag)
    for topic, records in consumer.deleted_unread.items():
        metrics.deleted_unread.labels(topic).set(records)
    metrics.assigned_partitions.set(len(assigned))
    for stage, records in lag.items():
        metrics.lag.labels(stage).set(records)
