"""Editors' decisions on their topic: read back, and published."""

from __future__ import annotations

from collections.abc import Iterable

from kafka import KafkaProducer

from streams import codec
from streams.clients import client_options
from streams.editing.standing import newest
from streams.records import InvalidRecordError, Override
from streams.reporting.topic_reader import records
from streams.settings import Settings
from streams.topics import OVERRIDES

PUBLISH_SECONDS = 30


def decisions(settings: Settings) -> list[Override]:
    """The newest record of each decision, in the order in which they were made; what does not decode is left out.

    Raises `KafkaError` without a broker.
    """
    return newest(_told(settings))


def publish(settings: Settings, made: Iterable[Override]) -> None:
    """The decisions are on the topic when this returns. Raises kafka-python's `KafkaError`."""
    producer = KafkaProducer(**client_options(settings), acks="all")
    try:
        sent = [producer.send(OVERRIDES.name, key=one.id.encode(), value=codec.encode(one)) for one in made]
        for future in sent:
            future.get(timeout=PUBLISH_SECONDS)
    finally:
        producer.close()


def _told(settings: Settings) -> Iterable[Override]:
    for record in records(settings, [OVERRIDES.name]):
        try:
            yield codec.decode(Override, record.value or b"")
        except InvalidRecordError:
            continue  # a dead letter, which `daybook dlq` shows
