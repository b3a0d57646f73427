"""The worker that builds a generation, beside those that serve."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from streams.generations import Generation, ReplayError
from streams.lifeline import signal_with_parent
from streams.settings import Settings
from streams.supervisor import KILL_SECONDS, environment_of
from streams.worker import BUILDS_VARIABLE


class Builder:
    """A supervised worker that builds one generation."""

    def __init__(self, process: subprocess.Popen[bytes], log: Path) -> None:
        self._process = process
        self._log = log

    def check(self) -> None:
        """Raises `ReplayError` when it has ended."""
        if (status := self._process.poll()) is not None:
            raise ReplayError(f"the worker that builds the new generation ended with code {status}; see {self._log}")

    def stop(self) -> None:
        """Let it finish what is under way; it commits and ends."""
        self._process.terminate()
        try:
            self._process.wait(KILL_SECONDS + 5)
        except subprocess.TimeoutExpired:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()


@contextlib.contextmanager
def builder_of(settings: Settings, generation: Generation) -> Iterator[Builder]:
    """The builder for as long as this lasts: its log in the state folder, its web server on a free port."""
    settings.state_dir.mkdir(parents=True, exist_ok=True)
    log_file = settings.state_dir / f"replay-{generation.number}.log"
    own = settings.model_copy(update={"web_port": 0})
    with log_file.open("ab") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "streams.cli", "worker"],
            env={**os.environ, **environment_of(own), BUILDS_VARIABLE: str(generation.number)},
            stdout=log,
            stderr=log,
            stdin=subprocess.DEVNULL,
            process_group=0,
            preexec_fn=partial(signal_with_parent, signal.SIGKILL),  # noqa: PLW1509  (one thread; crash-only)
        )
    builder = Builder(process, log_file)
    try:
        yield builder
    finally:
        builder.stop()
