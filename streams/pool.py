"""The pool of coding processes: they read and code articles beside the worker, and it survives them.

Each process has one article at a time, so when one dies or hangs it is known which article it was: that one is tried
again in a new process, and no other is touched.
"""

from __future__ import annotations

import asyncio
import atexit
import contextlib
import logging
import queue
import threading
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field

from streams.coding_process import Cause, CodingProcess, Prepare, Processed, ProcessEndedError, Task, load_coder
from streams.records import InvalidRecordError
from streams.settings import Settings

logger = logging.getLogger(__name__)

TRIES = 3
"""An article under which so many coding processes died or hung goes to the dead letters."""
GIVEN_UP_IN_A_ROW = 5
"""So many such articles, with none coded in between, are not to blame: coding does not work here."""
PREPARE_TRIES = 3
"""So many processes, one after another, that were never ready for an article: coding does not work here."""
PREPARE_SECONDS = 240.0
"""Loading pipeline and lexicons takes seconds, on a loaded machine a minute."""
CLOSE_SECONDS = 20.0
"""How long closing waits for the articles under way."""
END_SECONDS = 5.0
"""How long a process with nothing to do may take to end by itself."""


class CodingUnavailableError(Exception):
    """Coding processes fail whatever the article: the worker must end, and be started again after a pause."""


class _ClosedError(Exception):
    """The pool was closed while this article was under way."""


@dataclass(slots=True, eq=False)
class _Job:
    task: Task
    done: Future[Processed] = field(default_factory=Future)


@dataclass(slots=True, eq=False)
class _Slot:
    """Room for one coding process, and the thread that keeps it busy."""

    thread: threading.Thread | None = None
    process: CodingProcess | None = None

    def kill(self) -> None:
        process = self.process
        if process is not None:
            process.kill()


class CodingPool:
    """Codes articles in `settings.coding_processes` processes, each kept busy by a thread of its own."""

    def __init__(self, settings: Settings, prepare: Prepare = load_coder) -> None:
        """`prepare` gives a coding process what it codes with. Threads and processes are started when needed."""
        self._settings = settings
        self._prepare = prepare
        self._slots: list[_Slot] = []
        self._jobs: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._is_closing = False
        self._lock = threading.Lock()
        self._given_up_in_a_row = 0
        self._on_end: Callable[[Cause], object] = lambda _: None
        self.activity = 0
        """Grows with each process started, ready, dead or killed, and with each try begun and finished."""
        self.started = 0
        """Processes started so far."""
        self.ended: Counter[Cause] = Counter()
        """Processes that ended before their time, by cause."""

    def on_end(self, told: Callable[[Cause], object]) -> None:
        """Have `told` called whenever a process ends before its time; in a thread of the pool."""
        self._on_end = told

    async def process(self, key: bytes | None, value: bytes | None, timestamp_ms: int) -> Processed:
        """One record coded. Records are begun in the order of the calls.

        Raises `InvalidRecordError`, with reason `crashes-coder` or `hangs-coder` for one that ends its processes, and
        `CodingUnavailableError`. Is cancelled when the pool is closed before the record is done.
        """
        if self._is_closing:
            raise asyncio.CancelledError
        if not self._slots:
            self._start_threads()
        job = _Job((key, value, timestamp_ms))
        self._jobs.put(job)
        try:
            return await asyncio.wrap_future(job.done)
        except _ClosedError:
            raise asyncio.CancelledError from None

    async def close(self, seconds: float = CLOSE_SECONDS) -> None:
        """End the processes after what they are doing, or in so many seconds; articles not begun are cancelled."""
        self._is_closing = True  # in the event loop, so that no article comes after the last
        await asyncio.to_thread(self._end_all, seconds)

    def _start_threads(self) -> None:
        # Daemons, and ended at exit: a worker that ends by an error must not wait for its processes.
        atexit.register(self._end_all, 0.0)
        for number in range(self._settings.coding_processes):
            slot = _Slot()
            slot.thread = threading.Thread(target=self._work, args=(slot,), name=f"coding-{number}", daemon=True)
            self._slots.append(slot)
            slot.thread.start()

    def _end_all(self, seconds: float) -> None:
        self._is_closing = True
        atexit.unregister(self._end_all)
        with contextlib.suppress(queue.Empty):
            while True:
                if (job := self._jobs.get_nowait()) is not None:
                    job.done.cancel()
        deadline = time.monotonic() + seconds
        for _ in self._slots:
            self._jobs.put(None)
        for thread in [slot.thread for slot in self._slots if slot.thread is not None]:
            thread.join(max(0.0, deadline - time.monotonic()))
            while thread.is_alive():
                for slot in self._slots:
                    slot.kill()
                thread.join(0.1)

    # What follows runs in the threads of the slots.

    def _work(self, slot: _Slot) -> None:
        while (job := self._jobs.get()) is not None:
            if not job.done.set_running_or_notify_cancel():
                continue
            try:
                job.done.set_result(self._code(slot, job.task))
            except Exception as error:  # noqa: BLE001  (whatever it is, the one who waits is told)
                job.done.set_exception(error)
        if slot.process is not None:
            slot.process.end(END_SECONDS)

    def _code(self, slot: _Slot, task: Task) -> Processed:
        for _ in range(TRIES):
            process = self._prepared(slot)
            self._move()
            try:
                done = process.code(task, self._settings.article_seconds)
            except ProcessEndedError as ended:
                self._lose(slot, ended)
                last = ended
            except InvalidRecordError:
                self._move()
                raise
            else:
                self._move()
                with self._lock:
                    self._given_up_in_a_row = 0
                return done
        raise self._given_up(last)

    def _prepared(self, slot: _Slot) -> CodingProcess:
        """The slot's process, ready for an article; a new one when there is none."""
        if slot.process is not None:
            if not slot.process.has_ended():
                return slot.process
            self._lose(slot, ProcessEndedError("crashed", "it ended while it had nothing to do"))
        for _ in range(PREPARE_TRIES):
            try:
                slot.process = CodingProcess(self._settings, self._prepare)
                self._move(started=1)
                slot.process.wait_prepared(PREPARE_SECONDS)
            except ProcessEndedError as ended:
                self._lose(slot, ended)
                last = ended
            else:
                self._move()
                return slot.process
        raise CodingUnavailableError(f"{PREPARE_TRIES} coding processes were never ready; the last: {last}")

    def _lose(self, slot: _Slot, ended: ProcessEndedError) -> None:
        """Clear up after a process. Raises `_ClosedError` when it had to end."""
        if slot.process is not None:
            slot.process.end()
            slot.process = None
        if self._is_closing:
            raise _ClosedError
        logger.warning("a coding process was lost: %s", ended, extra={"cause": ended.cause})
        self._move(ended=ended.cause)
        self._on_end(ended.cause)

    def _given_up(self, last: ProcessEndedError) -> Exception:
        with self._lock:
            in_a_row = self._given_up_in_a_row = self._given_up_in_a_row + 1
        if in_a_row >= GIVEN_UP_IN_A_ROW:
            return CodingUnavailableError(f"{in_a_row} articles one after another ended their processes; {last}")
        told = f"{TRIES} coding processes were lost under this article; the last: {last}"
        return InvalidRecordError("hangs-coder" if last.cause == "hung" else "crashes-coder", told)

    def _move(self, started: int = 0, ended: Cause | None = None) -> None:
        with self._lock:
            self.activity += 1
            self.started += started
            if ended is not None:
                self.ended[ended] += 1
