"""One coding process, and how the worker speaks with it: one record at a time over a pipe.

Imports nothing of Faust, and no spaCy before `load_coder` runs: worker and coding processes both load this module.
"""

from __future__ import annotations

import contextlib
import gc
import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection, wait
from typing import Literal

from streams.lifeline import end_with_starter
from streams.records import InvalidRecordError
from streams.settings import Settings

Outcome = Literal["coded", "skipped", "retracted"]


@dataclass(frozen=True, slots=True)
class Processed:
    """A document ready to send, with what the metrics want to know of it."""

    document: bytes
    key: str
    outcome: Outcome
    """`skipped`: not in English, so read but not coded."""
    mentions: int
    seconds: dict[str, float] = field(default_factory=dict)
    """Seconds spent by stage (`reading`, `coding`)."""


STATUS_SECONDS = 5.0
"""How long the exit status of a process that is gone may take to arrive."""
ONE_THREAD = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "BLIS_NUM_THREADS")
"""What computes the matrix products reads these when loaded: small as they are, threads wait for each other for longer
than the products take, in every coding process at once."""
SIGNALS_OF_THE_WORKER = (signal.SIGINT, signal.SIGTERM)
"""A terminal or a service manager sends them to all processes at once, but coding processes end with the worker."""

Task = tuple[bytes | None, bytes | None, int]
"""A record to code: key, value, and time in milliseconds of Unix time."""
Process = Callable[[bytes | None, bytes | None, int], Processed]
"""Codes one record, given key, value and time; raises `InvalidRecordError`."""
Prepare = Callable[[Settings], Process]
"""Loads what coding needs, in the coding process; a function of a module, so that processes find it."""
Cause = Literal["crashed", "hung", "unprepared"]
"""Why a coding process ended before its time: died, killed for taking too long, or never ready for a record."""


class ProcessEndedError(Exception):
    """The coding process is of no use any more; `cause` says why, the message what is known of it."""

    def __init__(self, cause: Cause, message: str) -> None:
        super().__init__(message)
        self.cause = cause


class CodingProcess:
    """A child of the fork server. One thread at a time may use it, except for `kill`."""

    def __init__(self, settings: Settings, prepare: Prepare) -> None:
        """Start it. Raises `ProcessEndedError` when it cannot be started."""
        context = multiprocessing.get_context("forkserver")  # fork hangs beside Faust's threads
        context.set_forkserver_preload(["__main__", __name__])
        self._connection, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(theirs, settings, prepare), daemon=True)
        self._lock = threading.Lock()
        self._descriptor: int | None = None
        try:
            with _signals_blocked():
                self._process.start()
            # The fork server's word on who is alive is not needed: it may be gone itself.
            self._descriptor = os.pidfd_open(self._process.pid or 0)
        except (OSError, EOFError) as error:
            self._connection.close()
            raise ProcessEndedError("unprepared", f"it could not be started: {error!r}") from error
        finally:
            theirs.close()  # so that the pipe ends when the process does

    @property
    def pid(self) -> int:
        """Its process id."""
        return self._process.pid or 0

    def wait_prepared(self, seconds: float) -> None:
        """Wait until it has loaded what it needs. Raises `ProcessEndedError` when it does not get so far in time."""
        try:
            if not self._connection.poll(seconds):
                raise ProcessEndedError("unprepared", f"it was not ready within {seconds:g} s")
            fault = self._connection.recv()
        except (OSError, EOFError) as error:
            raise ProcessEndedError("unprepared", f"it ended before it was ready{self._status()}") from error
        if fault is not None:
            raise ProcessEndedError("unprepared", fault)

    def code(self, task: Task, seconds: float) -> Processed:
        """One record coded. Raises `InvalidRecordError`, and `ProcessEndedError` when there is no answer in time.

        The process is idle when it gets the record, so the time is all the record's own. An answer that has arrived
        counts, however late this thread comes to look.
        """
        deadline = time.monotonic() + seconds
        stuck = threading.Timer(seconds, self.kill)  # a process that does not read blocks `send`
        stuck.daemon = True
        stuck.start()
        try:
            self._connection.send(task)
            stuck.cancel()
            if not self._connection.poll(max(0.0, deadline - time.monotonic())):
                raise ProcessEndedError("hung", f"no answer within {seconds:g} s")
            answer: Processed | InvalidRecordError = self._connection.recv()
        except (OSError, EOFError) as error:
            if stuck.finished.is_set() and time.monotonic() >= deadline:
                raise ProcessEndedError("hung", f"it took no record within {seconds:g} s") from error
            raise ProcessEndedError("crashed", f"it ended{self._status()}") from error
        finally:
            stuck.cancel()
        if isinstance(answer, InvalidRecordError):
            raise answer
        return answer

    def has_ended(self, seconds: float = 0.0) -> bool:
        """Whether it is gone, after waiting for that for so long at most."""
        return self._descriptor is None or bool(wait([self._descriptor], seconds))

    def kill(self) -> None:
        """Kill it; from any thread, and also when it is gone."""
        with self._lock, contextlib.suppress(ProcessLookupError):
            if self._descriptor is not None:
                signal.pidfd_send_signal(self._descriptor, signal.SIGKILL)

    def end(self, seconds: float = 0.0) -> None:
        """Let it end by itself, which it does when idle, for so long at most; then kill it."""
        self._connection.close()
        if not self.has_ended(seconds):
            self.kill()
            self.has_ended(STATUS_SECONDS)
        self._process.join(STATUS_SECONDS)
        with self._lock:
            if self._descriptor is not None:
                os.close(self._descriptor)
            self._descriptor = None

    def _status(self) -> str:
        """What is known of how it ended."""
        self.has_ended(STATUS_SECONDS)
        self._process.join(STATUS_SECONDS)
        status = self._process.exitcode
        if status is None:
            return ""
        return f" by signal {-status}" if status < 0 else f" with status {status}"


@contextlib.contextmanager
def _signals_blocked() -> Iterator[None]:
    """Whatever this thread starts inside is deaf to the worker's signals from its first instruction on.

    The fork server is started with its first child and hands the mask on to all.
    """
    resource_tracker.ensure_running()  # starting it unblocks the signals, so it must be there before
    before = signal.pthread_sigmask(signal.SIG_BLOCK, SIGNALS_OF_THE_WORKER)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def load_coder(settings: Settings) -> Process:
    """The coder with its pipeline and lexicons; takes seconds."""
    for library in ONE_THREAD:
        os.environ.setdefault(library, "1")
    from streams.articles import ArticleProcessor  # noqa: PLC0415  (only coding processes load spaCy)

    processor = ArticleProcessor(settings)
    gc.collect()
    gc.freeze()  # what is loaded stays: the collector need not look through it again with every few articles
    return processor.process


def _serve(connection: Connection, settings: Settings, prepare: Prepare) -> None:
    """The life of a coding process. An error that is not the record's fault ends it, and its traceback is logged."""
    end_with_starter(1)
    for sign in SIGNALS_OF_THE_WORKER:
        signal.signal(sign, signal.SIG_IGN)
    try:
        process = prepare(settings)
    except Exception as error:  # noqa: BLE001  (whatever it is, the worker is told)
        connection.send(f"{type(error).__name__}: {error}")
        return
    connection.send(None)
    while True:
        try:
            task: Task = connection.recv()
        except (EOFError, ConnectionResetError):
            return  # the worker needs it no more
        answer: Processed | InvalidRecordError
        try:
            answer = process(*task)
        except InvalidRecordError as refused:
            answer = refused
        connection.send(answer)
