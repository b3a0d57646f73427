"""The one writer of a replay: whoever opens it last is the only one that can write.

A replay that was stopped and wakes must not write after another has taken over. Kafka fences the producers of one
transactional id, so all that a replay writes is written in transactions of that id, small ones: they are for the
fence, not for atomicity.
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterable, Iterator
from typing import Any

from kafka import KafkaProducer
from kafka.errors import InvalidProducerEpochError, KafkaError, ProducerFencedError

from streams import codec
from streams.clients import client_options
from streams.generations import ReplayError
from streams.records import Generations
from streams.replaying.outputs import Placed
from streams.reporting.generations import generations
from streams.settings import Settings
from streams.topics import GENERATIONS, MAX_RECORD_BYTES

BATCH = 1000
"""Records of one transaction."""
SEND_SECONDS = 60.0
VISIBLE_SECONDS = 30.0
FENCED = (InvalidProducerEpochError, ProducerFencedError)
"""The client raises the second as such once, and afterwards names it in an error of its own."""


class ReplayWriter:
    """Writes to public topics and tells which generation serves."""

    def __init__(self, settings: Settings, producer: Any) -> None:
        self._settings = settings
        self._producer = producer

    def tell(self, told: Generations) -> None:
        """Tell all workers; returns when whoever asks is answered so."""
        key = self._settings.application_id.encode()
        with self._transaction() as sent:
            sent.append(self._producer.send(GENERATIONS.name, key=key, value=codec.encode(told)))
        deadline = time.monotonic() + VISIBLE_SECONDS
        while generations(self._settings) != told:
            if time.monotonic() > deadline:
                raise ReplayError(
                    f"what was written to {GENERATIONS.name} cannot be read: is another replay under way?"
                )
            time.sleep(0.1)

    def publish(self, placed: Iterable[Placed]) -> int:
        """Publish; how many records it were."""
        number = 0
        for batch in _batches(placed):
            with self._transaction() as sent:
                sent.extend(map(self._send, batch))
            number += len(batch)
        return number

    def _send(self, one: Placed) -> Any:
        change = one.change
        return self._producer.send(
            one.topic, key=change.key, value=change.value, headers=list(change.headers), partition=one.partition
        )

    @contextlib.contextmanager
    def _transaction(self) -> Iterator[list[Any]]:
        """One transaction; the futures of what is sent in it go into the list, so that their errors are seen."""
        sent: list[Any] = []
        try:
            self._producer.begin_transaction()
            yield sent
            self._producer.flush()
            for future in sent:
                future.get(SEND_SECONDS)
            self._producer.commit_transaction()
        except KafkaError as error:
            if isinstance(error, FENCED) or any(kind.__name__ in str(error) for kind in FENCED):
                raise ReplayError("another replay has taken over from this one") from error
            raise


@contextlib.contextmanager
def replay_writer(settings: Settings) -> Iterator[ReplayWriter]:
    """The writer, closed at the end; from its opening on no earlier one can write. Raises `KafkaError`."""
    producer = KafkaProducer(
        **client_options(settings),
        transactional_id=f"{settings.application_id}-replay",
        linger_ms=20,
        max_request_size=MAX_RECORD_BYTES,
    )
    try:
        producer.init_transactions()
        yield ReplayWriter(settings, producer)
    finally:
        producer.close(timeout=10)


def _batches(placed: Iterable[Placed]) -> Iterator[list[Placed]]:
    batch: list[Placed] = []
    for one in placed:
        batch.append(one)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch
