"""Publishes items to `news.articles.v1`, in order, at least once, and remembers what was acknowledged."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from kafka import KafkaProducer

from streams.broker import is_ready
from streams.clients import client_options
from streams.feeding.ledger import Ledger
from streams.feeding.sources import Item
from streams.settings import Settings
from streams.topics import ARTICLES, MAX_RECORD_BYTES

IN_FLIGHT_BYTES = 64 * 1024 * 1024
IN_FLIGHT_RECORDS = 2000
PATIENCE_SECONDS = 3.0
FOREVER_MS = 2**31 - 1


@dataclass(slots=True)
class Fed:
    """What a feed did."""

    published: int = 0
    known: int = 0
    """Published before with the same content, and not sent again."""
    refused: int = 0
    """Too large for the topic."""


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

    def __init__(self, settings: Settings, ledger: Ledger, say: Callable[[str], None]) -> None:
        self._settings, self._ledger, self._say = settings, ledger, say
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
        self._pending: deque[tuple[Any, Item]] = deque()
        self._pending_bytes = 0
        self._last: dict[bytes, Item] = {}
        """What was sent last under each key and is not yet in the ledger."""

    def publish(self, items: Iterable[Item], *, again: bool = False) -> Fed:
        """Send what the ledger does not know, or everything with `again`; return when all is acknowledged.

        Raises kafka-python's `KafkaError` when the broker refuses a record for good.
        """
        fed = Fed()
        for item in items:
            if not again and self._is_known(item):
                fed.known += 1
            elif len(item.value) + len(item.key) > MAX_RECORD_BYTES - 1024:
                fed.refused += 1
                self._say(
                    f"{item.origin}: {len(item.value):,} bytes; a record holds at most {MAX_RECORD_BYTES:,}; left out"
                )
            else:
                self._send(item)
                fed.published += 1
        self._drain(0, 0)
        return fed

    def close(self) -> None:
        """Close the connection."""
        self._producer.close(timeout=10)

    def _is_known(self, item: Item) -> bool:
        last = self._last.get(item.key)
        return self._ledger.knows(item) if last is None else item.adds_nothing_to(last.content, last.fetched)

    def _send(self, item: Item) -> None:
        self._pending.append((self._producer.send(ARTICLES.name, key=item.key, value=item.value), item))
        self._pending_bytes += len(item.value)
        self._last[item.key] = item
        if len(self._pending) > IN_FLIGHT_RECORDS or self._pending_bytes > IN_FLIGHT_BYTES:
            self._drain(IN_FLIGHT_RECORDS // 2, IN_FLIGHT_BYTES // 2)

    def _drain(self, records: int, volume: int) -> None:
        """Wait until no more than so many records and bytes are un-acknowledged."""
        acknowledged: list[Item] = []
        while self._pending and (len(self._pending) > records or self._pending_bytes > volume):
            future, item = self._pending[0]
            self._wait(future)
            self._pending.popleft()
            self._pending_bytes -= len(item.value)
            acknowledged.append(item)
        self._ledger.add(acknowledged)
        if not self._pending:
            self._last.clear()

    def _wait(self, future: Any) -> None:
        patience = time.monotonic() + PATIENCE_SECONDS
        while not future.is_done:
            time.sleep(0.005)
            if time.monotonic() > patience:
                wait_for_broker(self._settings, self._say)
                patience = time.monotonic() + PATIENCE_SECONDS
        future.get(timeout=1)
