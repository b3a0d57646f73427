"""Sends the workload in slices over the time of a scenario, so that work is under way while faults happen."""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Sequence

from kafka import KafkaProducer
from kafka.errors import KafkaTimeoutError

from streams.clients import client_options
from streams.settings import Settings
from streams.topics import MAX_RECORD_BYTES
from tests.faults.watch import HangError
from tests.faults.workload import Record, slices

FOREVER_MS = 2**31 - 1
SLICE_SECONDS = 0.5
FINISH_SECONDS = 300.0
CLOSE_SECONDS = 10.0


class Sender(threading.Thread):
    """One producer in a thread. While the broker is away it waits; order is kept and nothing is sent twice."""

    def __init__(self, settings: Settings, records: Sequence[Record], seconds: float) -> None:
        super().__init__(name="sender", daemon=True)
        self._records = records
        self._parts = max(1, round(seconds / SLICE_SECONDS))
        self._in_hurry = threading.Event()
        self._error: Exception | None = None
        self._producer = KafkaProducer(
            **client_options(settings), linger_ms=5, max_request_size=MAX_RECORD_BYTES,
            delivery_timeout_ms=FOREVER_MS, max_block_ms=FOREVER_MS,
        )  # fmt: skip

    def finish(self) -> None:
        """Send what is left at once, and wait until all is acknowledged. Raises `HangError` or what went wrong."""
        self._in_hurry.set()
        self.join(FINISH_SECONDS)
        if self.is_alive():
            raise HangError(f"the workload was not sent within {FINISH_SECONDS:.0f} s")
        if self._error is not None:
            raise self._error

    def close(self) -> None:
        """Send nothing more."""
        self._in_hurry.set()
        with contextlib.suppress(KafkaTimeoutError):  # what is not sent by now need not be
            self._producer.close(timeout=0)
        self.join(CLOSE_SECONDS)

    def run(self) -> None:
        """Send slice by slice, each at its time."""
        try:
            self._send_all()
        except Exception as error:  # noqa: BLE001  (told by `finish`, in the thread that can act on it)
            self._error = error

    def _send_all(self) -> None:
        start = time.monotonic()
        for number, part in enumerate(slices(self._records, self._parts)):
            self._in_hurry.wait(max(0.0, start + number * SLICE_SECONDS - time.monotonic()))
            sent = [
                self._producer.send(
                    record.topic,
                    key=record.key,
                    value=record.value,
                    timestamp_ms=record.timestamp_ms,
                    headers=list(record.headers),
                )
                for record in part
            ]
            self._producer.flush()
            for future in sent:
                future.get()
