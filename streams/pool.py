"""Coding processes: a fork server's children that read and code articles beside the worker.

Imports nothing of Faust: the children load this module. They end with the worker, also when it is killed.
"""

from __future__ import annotations

import asyncio
import logging
import multiprocessing
import os
import signal
from collections.abc import Callable
from concurrent.futures import Executor, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import TYPE_CHECKING

from streams.lifeline import end_with
from streams.records import InvalidRecordError
from streams.settings import Settings

if TYPE_CHECKING:
    from streams.articles import ArticleProcessor, Processed

logger = logging.getLogger(__name__)

CRASHES_ALLOWED = 3
"""An article under which a coding process died this often goes to the dead letters."""

Process = Callable[[bytes | None, bytes | None, int], "Processed"]
"""Codes one record, given key, value and time in milliseconds; a function of a module, so that processes find it."""

# Of a coding process; never set in the worker.
_settings: Settings | None = None
_processor: ArticleProcessor | None = None


class CodingPool:
    """Codes articles in `settings.coding_processes` processes; survives their crashes.

    When a process dies nobody can tell which of the articles in flight killed it. So each of them is tried again alone,
    in a process of its own, and only the guilty one runs out of tries.
    """

    def __init__(self, settings: Settings, process: Process | None = None) -> None:
        """`process` codes one record in a coding process; by default `ArticleProcessor.process`."""
        self._settings = settings
        self._process = process or _process
        self._shared: ProcessPoolExecutor | None = None
        self._alone: ProcessPoolExecutor | None = None
        self._alone_lock = asyncio.Lock()
        self._suspects = 0

    async def process(self, key: bytes | None, value: bytes | None, timestamp_ms: int) -> Processed:
        """One record coded. Raises `InvalidRecordError`, with reason `crashes-coder` when it kills its processes."""
        if self._shared is None:
            self._shared = self._start(self._settings.coding_processes)
        shared = self._shared
        try:
            return await self._run(shared, key, value, timestamp_ms)
        except BrokenProcessPool:
            if self._shared is shared:
                logger.warning("a coding process died; the articles in flight are tried again one by one")
                self._shared = None
                shared.shutdown(wait=False, cancel_futures=True)
        return await self._retry(key, value, timestamp_ms)

    async def _retry(self, key: bytes | None, value: bytes | None, timestamp_ms: int) -> Processed:
        self._suspects += 1
        try:
            async with self._alone_lock:
                for _ in range(CRASHES_ALLOWED - 1):
                    if self._alone is None:
                        self._alone = self._start(1)
                    try:
                        return await self._run(self._alone, key, value, timestamp_ms)
                    except BrokenProcessPool:
                        self._alone = None
        finally:
            self._suspects -= 1
            if not self._suspects and self._alone is not None:
                self._alone.shutdown(wait=False)
                self._alone = None
        raise InvalidRecordError("crashes-coder", f"{CRASHES_ALLOWED} coding processes died under this article")

    async def close(self) -> None:
        """End the processes after what they are doing."""
        for pool in (self._shared, self._alone):
            if pool is not None:
                await asyncio.to_thread(pool.shutdown, wait=True, cancel_futures=True)
        self._shared = self._alone = None

    def _start(self, processes: int) -> ProcessPoolExecutor:
        context = multiprocessing.get_context("forkserver")  # fork hangs beside Faust's threads
        return ProcessPoolExecutor(processes, context, initializer=_start_child, initargs=(os.getpid(), self._settings))

    async def _run(self, pool: Executor, key: bytes | None, value: bytes | None, timestamp_ms: int) -> Processed:
        return await asyncio.get_running_loop().run_in_executor(pool, self._process, key, value, timestamp_ms)


def _start_child(worker: int, settings: Settings) -> None:
    """Prepare a coding process: it outlives no worker, and leaves signals to it."""
    global _settings  # noqa: PLW0603  (each coding process has its own)
    _settings = settings
    end_with(worker, 1)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)


def _process(key: bytes | None, value: bytes | None, timestamp_ms: int) -> Processed:
    global _processor  # noqa: PLW0603  (loaded with the first article)
    if _settings is None:
        raise RuntimeError("this is no coding process")
    if _processor is None:
        from streams.articles import ArticleProcessor  # noqa: PLC0415  (only coding processes load spaCy)

        _processor = ArticleProcessor(_settings)
    return _processor.process(key, value, timestamp_ms)
