"""The supervisor: runs the worker as a child process and starts it again when it ends.

Workers are crash-only, so this is where a worker's life goes on: after any exit but those that a person must look at,
after a pause that grows while it keeps failing, and only once a broker answers.
"""

from __future__ import annotations

import json
import logging
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from types import FrameType

from streams import log
from streams.broker import is_ready
from streams.engine.exits import FINAL, ExitCode, cause_of
from streams.settings import Settings
from streams.worker import PARENT_VARIABLE, RESTARTS_VARIABLE, STOP_SECONDS

logger = logging.getLogger(__name__)

KILL_SECONDS = STOP_SECONDS + 15.0
"""A worker that is still there so long after SIGTERM is killed."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """How long the supervisor waits; all in seconds."""

    first_pause: float = 1.0
    longest_pause: float = 60.0
    steady: float = 120.0
    """A worker that ran for so long was well: the next pause is short again."""
    kill: float = KILL_SECONDS
    broker_poll: float = 2.0
    """Between two looks for a broker that is away."""


DEFAULT_BOUNDS = Bounds()


def next_pause(last: float | None, lived: float, bounds: Bounds) -> float:
    """The pause before a worker is started again that lived so long, given the pause before; None at the first exit."""
    if last is None or lived >= bounds.steady:
        return bounds.first_pause
    return min(last * 2, bounds.longest_pause)


def supervise(settings: Settings) -> int:
    """Run the worker until SIGTERM or SIGINT, or until it ends for good; the exit code to hand on."""
    log.set_up(settings)
    return Supervisor(settings, [sys.executable, "-m", "streams.worker"]).run()


class Supervisor:
    """One worker process at a time, started again with growing pauses."""

    def __init__(self, settings: Settings, command: list[str], bounds: Bounds = DEFAULT_BOUNDS) -> None:
        """`command` is the worker; its exit status says why it ended (`ExitCode`)."""
        self._settings = settings
        self._command = command
        self._bounds = bounds
        self._restarts: Counter[str] = Counter()
        self._pause: float | None = None
        self._asked_to_stop = False

    def run(self) -> int:
        """Supervise until told to stop or until the worker ends for good."""
        for sign in (signal.SIGTERM, signal.SIGINT):
            signal.signal(sign, self._on_signal)
        while True:
            self._wait_for_broker()
            if self._asked_to_stop:
                return ExitCode.STOPPED
            started = time.monotonic()
            status = self._run_once()
            if status in FINAL:
                logger.critical("the worker ended for good; a person has to look", extra={"cause": cause_of(status)})
                return status
            if self._asked_to_stop:
                return self._stopped(status)
            self._rest(status, time.monotonic() - started)

    def _run_once(self) -> int:
        # In a process group of its own, so that Ctrl-C comes to the supervisor alone, and a worker that does not end
        # can be killed together with its coding processes.
        child = subprocess.Popen(self._command, env=self._environment(), process_group=0)  # noqa: S603
        logger.info("worker started", extra={"pid": child.pid})
        while (status := child.poll()) is None:
            if self._asked_to_stop:
                self._end(child)
            self._sleep(0.2, lambda: child.poll() is not None)
        return status

    def _end(self, child: subprocess.Popen[bytes]) -> None:
        """Let the worker finish what is under way, but not for ever."""
        child.send_signal(signal.SIGTERM)
        try:
            child.wait(self._bounds.kill)
        except subprocess.TimeoutExpired:
            logger.critical("the worker did not end in %.0f s after SIGTERM: killed", self._bounds.kill)
            os.killpg(child.pid, signal.SIGKILL)
            child.wait()

    @staticmethod
    def _stopped(status: int) -> int:
        """The exit code of a supervisor that was told to stop and whose worker ended so."""
        # A worker that ends by the signal itself had not come so far as to have anything under way.
        if status in {ExitCode.STOPPED, ExitCode.GENERATION_CHANGED, -signal.SIGTERM}:
            return ExitCode.STOPPED
        logger.error("the worker did not stop in order", extra={"cause": cause_of(status), "status": status})
        return ExitCode.FAILED

    def _rest(self, status: int, lived: float) -> None:
        """Wait before the next start: a pause, and before that for the broker, should it be away.

        An outage of the broker is no crash loop, however often the worker ends in it: the pause does not grow by it.
        """
        cause = cause_of(status)
        self._restarts[cause] += 1
        told = {"cause": cause, "status": status, "lived_seconds": round(lived, 1)}
        if self._broker_answers():
            pause = self._pause = next_pause(self._pause, lived, self._bounds)
            told["pause_seconds"] = pause
            logger.warning("the worker ended and is started again after a pause", extra=told)
        else:
            pause = self._bounds.first_pause
            logger.warning("the worker ended and is started again when the broker is back", extra=told)
            self._wait_for_broker()
        self._sleep(pause, lambda: self._asked_to_stop)

    def _wait_for_broker(self) -> None:
        waited = False
        while not self._asked_to_stop and not self._broker_answers():
            if not waited:
                logger.warning("waiting for the broker at %s", self._settings.broker)
                waited = True
            self._sleep(self._bounds.broker_poll, lambda: self._asked_to_stop)
        if waited and not self._asked_to_stop:
            logger.info("the broker answers")

    def _broker_answers(self) -> bool:
        return is_ready(self._settings.broker, self._settings.security_protocol)

    def _environment(self) -> dict[str, str]:
        told = {RESTARTS_VARIABLE: json.dumps(self._restarts), PARENT_VARIABLE: str(os.getpid())}
        return {**os.environ, **environment_of(self._settings), **told}

    def _on_signal(self, number: int, frame: FrameType | None) -> None:  # noqa: ARG002  (the signature is Python's)
        self._asked_to_stop = True

    @staticmethod
    def _sleep(seconds: float, is_over: Callable[[], bool]) -> None:
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline and not is_over():
            time.sleep(0.05)


def environment_of(settings: Settings) -> dict[str, str]:
    """The settings as the environment variables that give them to another process."""
    return {f"DAYBOOK_{name.upper()}": str(value) for name, value in settings.model_dump(mode="json").items()}
