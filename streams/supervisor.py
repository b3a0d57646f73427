"""The supervisor: runs the worker as a child process and starts it again when it ends.

Workers are crash-only, so this is where a worker's life goes on: after any exit but those that a person must look at,
after a pause that grows while it keeps failing, and only once a broker answers.
"""

from __future__ import annotations

import json
import logging
import os
import signal
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from types import FrameType
from urllib.parse import urlsplit

from streams import log
from streams.engine.exits import FINAL, ExitCode, cause_of
from streams.settings import Settings
from streams.worker import PARENT_VARIABLE, RESTARTS_VARIABLE, STOP_SECONDS

logger = logging.getLogger(__name__)

FIRST_PAUSE_SECONDS = 1.0
LONGEST_PAUSE_SECONDS = 60.0
STEADY_SECONDS = 120.0
"""A worker that ran for so long was well: the next pause is short again."""
KILL_SECONDS = STOP_SECONDS + 15.0
"""A worker that is still there so long after SIGTERM is killed."""
BROKER_POLL_SECONDS = 2.0


def supervise(settings: Settings) -> int:
    """Run the worker until SIGTERM or SIGINT, or until it ends for good; the exit code to hand on."""
    log.set_up(settings)
    return Supervisor(settings, [sys.executable, "-m", "streams.worker"]).run()


class Supervisor:
    """One worker process at a time, started again with growing pauses."""

    def __init__(self, settings: Settings, command: list[str]) -> None:
        self._settings = settings
        self._command = command
        self._restarts: Counter[str] = Counter()
        self._pause = FIRST_PAUSE_SECONDS
        self._child: subprocess.Popen[bytes] | None = None
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
            if self._asked_to_stop:
                # A worker that ends by the signal itself had not come so far as to have anything under way.
                return ExitCode.STOPPED if status in {ExitCode.STOPPED, -signal.SIGTERM} else ExitCode.FAILED
            if status in FINAL:
                logger.critical("the worker ended for good; a person has to look", extra={"cause": cause_of(status)})
                return status
            self._note(status, time.monotonic() - started)

    def _run_once(self) -> int:
        child = self._child = subprocess.Popen(self._command, env=self._environment())  # noqa: S603
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
            child.wait(KILL_SECONDS)
        except subprocess.TimeoutExpired:
            logger.critical("the worker did not end in %d s after SIGTERM: killed", KILL_SECONDS)
            child.kill()
            child.wait()

    def _note(self, status: int, lived: float) -> None:
        cause = cause_of(status)
        self._restarts[cause] += 1
        if lived > STEADY_SECONDS:
            self._pause = FIRST_PAUSE_SECONDS
        told = {"cause": cause, "status": status, "lived_seconds": round(lived, 1), "pause_seconds": self._pause}
        logger.warning("the worker ended and is started again after a pause", extra=told)
        self._sleep(self._pause, lambda: self._asked_to_stop)
        self._pause = min(self._pause * 2, LONGEST_PAUSE_SECONDS)

    def _wait_for_broker(self) -> None:
        told = False
        while not self._asked_to_stop and not broker_listens(self._settings.broker):
            if not told:
                logger.warning("waiting for the broker at %s", self._settings.broker)
                told = True
            self._sleep(BROKER_POLL_SECONDS, lambda: self._asked_to_stop)

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


def broker_listens(servers: str) -> bool:
    """Whether one of the bootstrap servers (host:port, separated by commas) takes connections."""
    for server in servers.split(","):
        address = urlsplit(f"//{server.strip()}")
        try:
            with socket.create_connection((address.hostname or "127.0.0.1", address.port or 9092), timeout=2):
                return True
        except OSError:
            continue
    return False
