"""The service under test: several supervised workers, each with its own port and folder."""

from __future__ import annotations

import contextlib
import subprocess
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any

from streams.broker import free_port
from streams.settings import Settings
from tests.broker.bench import SUPERVISE, SupervisedWorker
from tests.faults.watch import HangError, until

STATE = "state"
"""Name of the folder with a worker's state, within its own."""
STOP_SECONDS = 90.0
"""A supervisor ends so soon after SIGTERM, since it kills a worker that does not."""
# How the lines begin in which the supervisor tells how a worker ended.
ENDED = "the worker ended"
DISORDERLY = "the worker did not stop in order"
DISOBEYED = "the worker did not end in"


class Member(SupervisedWorker):
    """One worker of the service: away, running, paused, or leaving."""

    def __init__(self, settings: Settings, folder: Path, script: str) -> None:
        state = folder / STATE
        state.mkdir(parents=True, exist_ok=True)
        super().__init__(settings.model_copy(update={"state_dir": state, "web_port": free_port()}))
        self.name = folder.name
        self.log = folder / "worker.log"  # not beside the state, whose disk may be full
        self.is_paused = False
        # Killed processes leave their sockets behind; folder names of a run are too long for sockets.
        self._sockets = tempfile.TemporaryDirectory(prefix="daybook-", ignore_cleanup_errors=True)
        self.environment = {"TMPDIR": self._sockets.name}
        self._script = script
        self._leaving_since: float | None = None

    @property
    def is_away(self) -> bool:
        return self._supervisor is None

    @property
    def is_running(self) -> bool:
        return not (self.is_away or self.is_paused or self.is_leaving)

    @property
    def is_leaving(self) -> bool:
        return self._leaving_since is not None

    def join(self) -> None:
        """Start the supervisor, which starts the worker."""
        self.start(self._script)

    def pause(self) -> None:
        super().pause()
        self.is_paused = True

    def resume(self) -> None:
        with contextlib.suppress(ProcessLookupError):  # something ended it while it was paused
            super().resume()
        self.is_paused = False

    def leave(self) -> None:
        """SIGTERM, without waiting; `has_left` tells when it has gone."""
        self.terminate()
        self._leaving_since = time.monotonic()

    def close(self) -> None:
        """Kill what is left of it."""
        if self.is_paused:
            self.resume()
        super().close()
        self._sockets.cleanup()

    def has_left(self) -> bool:
        """Whether it is gone. Raises `HangError` when it does not obey."""
        if self._supervisor is None or self._leaving_since is None:
            return True
        try:
            self._supervisor.wait(0.05)
        except subprocess.TimeoutExpired:
            if time.monotonic() - self._leaving_since > STOP_SECONDS:
                raise HangError(f"{self.name} did not obey SIGTERM in {STOP_SECONDS:.0f} s; see {self.log}") from None
            return False
        self._supervisor, self._leaving_since = None, None
        if any(line["event"].startswith(DISOBEYED) for line in self.told()):
            raise HangError(f"{self.name} was killed since it did not obey SIGTERM; see {self.log}")
        return True

    def exits(self) -> Counter[str]:
        """How often its workers ended by themselves or by a signal, by cause."""
        return Counter(_cause(line) for line in self.told() if line["event"].startswith((ENDED, DISORDERLY)))


class Service:
    """All workers together."""

    def __init__(self, settings: Settings, folder: Path, workers: int, script: str = SUPERVISE) -> None:
        self.settings = settings
        self.members: list[Member] = []
        self._folder = folder
        self._script = script
        for _ in range(workers):
            self.add()

    def add(self) -> Member:
        """One more worker, which is away."""
        folder = self._folder / f"worker-{len(self.members) + 1}"
        self.members.append(Member(self.settings, folder, self._script))
        return self.members[-1]

    def start(self) -> None:
        """Start every worker that is away."""
        for member in self.members:
            if member.is_away:
                member.join()

    def wait_ready(self) -> None:
        """Wait until every worker is ready. Raises `HangError`."""
        for member in self.members:
            until(member.is_ready, f"{member.name} is ready; see {member.log}", 120)

    def stop(self) -> None:
        """Stop every worker in order, all at once. Raises `HangError`."""
        for member in self.members:
            if not member.is_away and not member.is_leaving:
                member.leave()
        for member in self.members:
            until(member.has_left, f"{member.name} has left", STOP_SECONDS + 10)

    def heal(self) -> None:
        """Resume who is paused, let leave who leaves, and start who is away."""
        for member in self.members:
            if member.is_paused:
                member.resume()
            until(member.has_left, f"{member.name} has left", STOP_SECONDS + 10)
        self.start()

    def close(self) -> None:
        """Kill what is left."""
        for member in self.members:
            member.close()

    def exits(self) -> Counter[str]:
        """Ends of workers that were not asked to stop, or did not stop in order, by cause."""
        return sum((member.exits() for member in self.members), Counter[str]())

    def guard_exits(self) -> dict[str, int]:
        """Ends of workers that no fault caused directly, by cause: what the guards did, and crashes."""
        return {cause: count for cause, count in sorted(self.exits().items()) if cause != "killed"}


def _cause(line: dict[str, Any]) -> str:
    """The cause that the supervisor told; another signal than SIGKILL is told as such, and an end after SIGTERM."""
    signal = -line["status"] if line.get("status", 0) < 0 else 0
    cause = f"signal-{signal}" if signal not in {0, 9} else str(line["cause"])
    return f"{cause} on SIGTERM" if line["event"].startswith(DISORDERLY) else cause
