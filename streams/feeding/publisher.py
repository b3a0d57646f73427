"""Publishes articles to `news.articles.v1`, in order, at least once, and remembers what was acknowledged."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable
from typing import Any

from kafka import KafkaProducer

from streams.broker import is_ready
from streams.clients import client_options
from streams.feeding.ledger import Note
from streams.feeding.memory import Memory
from streams.feeding.sources import Item
from streams.settings import Settings
from streams.topics import ARTICLES, MAX_RECORD_BYTES

IN_FLIGHT_BYTES = 64 * 1024 * 1024
IN_FLIGHT_RECORDS = 2000
PATIENCE_SECONDS = 3.0
FOREVER_MS = 2**31 - 1


def wait_for_broker(settings: Settings, say: Callable[[str], None]) -> None:
    """Return as soon as a broker answers; say once that it is waited for."""
    said = False
    while not is_ready(settings.broker, settings.security_protocol):
        if not said:
            say(f"no broker answers at {settings.broker}; waiting for it (start one with `daybook broker`)")
            said = True
        time.sleep(1.0)
    if said:
        say("the broker answers; going on")


class Publisher:
    """A feeder's connection. While the broker is away it waits, says so, and goes on; nothing is lost."""

    def __init__(self, settings: Settings, memory: Memory, say: Callable[[str], None]) -> None:
        self.memory = memory
        self._settings, self._say = settings, say
        self._producer = KafkaProducer(
            **client_options(settings),
            enable_idempotence=True,
            acks="all",
            linger_ms=20,
            batch_size=1024 * 1024,
            compression_type="lz4",
            max_request_size=MAX_RECORD_BYTES,
            delivery_timeout_ms=FOREVER_MS,
            max_block_ms=FOREVER_MS,
        )
        self._pending: deque[tuple[Any, int, Note | None]] = deque()
        """What is not acknowledged yet, with its size; no future where a note only waits for those before."""
        self._pending_bytes = 0

    def send(self, item: Item, note: Note | None) -> bool:
        """Send it, and remember `note` when it is acknowledged; False for what is too large for the topic.

        Raises kafka-python's `KafkaError` when the broker refuses a record for good.
        """
        if len(item.value) + len(item.key) > MAX_RECORD_BYTES - 1024:
            size, most = f"{len(item.value):,} bytes", f"{MAX_RECORD_BYTES:,}"
            self._say(f"{item.origin}: {size}; a record holds at most {most}; left out")
            return False
        self._expect(self._producer.send(ARTICLES.name, key=item.key, value=item.value), len(item.value), note)
        return True

    def remember(self, note: Note) -> None:
        """Remember what needs no record, as soon as all before it is acknowledged."""
        self._expect(None, 0, note)

    def finish(self) -> None:
        """Wait until all is acknowledged. Raises kafka-python's `KafkaError`."""
        self._drain(0, 0)

    def close(self) -> None:
        """Close the connection and the ledger."""
        self._producer.close(timeout=10)
        self.memory.ledger.close()

    def _expect(self, future: Any, size: int, note: Note | None) -> None:
        self._pending.append((future, size, note))
        self._pending_bytes += size
        if note is not None:
            self.memory.expect(note)
        if len(self._pending) > IN_FLIGHT_RECORDS or self._pending_bytes > IN_FLIGHT_BYTES:
            self._drain(IN_FLIGHT_RECORDS // 2, IN_FLIGHT_BYTES // 2)

    def _drain(self, records: int, volume: int) -> None:
        """Wait until no more than so many records and bytes are un-acknowledged."""
        acknowledged: list[Note] = []
        try:
            while self._pending and (len(self._pending) > records or self._pending_bytes > volume):
                future, size, note = self._pending[0]
                if future is not None:
                    self._wait(future)
                self._pending.popleft()
                self._pending_bytes -= size
                if note is not None:
                    acknowledged.append(note)
        finally:
            self.memory.acknowledge(acknowledged)

    def _wait(self, future: Any) -> None:
        patience = time.monotonic() + PATIENCE_SECONDS
        while not future.is_done:
            time.sleep(0.005)
            if time.monotonic() > patience:
                wait_for_broker(self._settings, self._say)
                patience = time.monotonic() + PATIENCE_SECONDS
        future.get(timeout=1)
