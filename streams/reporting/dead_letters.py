"""The dead letters: what could not be read, with its place and reason; shown, and sent again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from kafka import KafkaProducer

from streams.clients import client_options
from streams.reporting.topic_reader import records
from streams.settings import Settings
from streams.topics import DEAD_LETTERS, MAX_RECORD_BYTES


@dataclass(frozen=True, slots=True)
class DeadLetter:
    """One rejected record as it came, and what the headers tell of it."""

    id: str
    """`topic:partition:offset` on the dead-letter topic, to show or retry it by."""
    headers: dict[str, str]
    key: bytes | None
    value: bytes | None

    @property
    def topic(self) -> str:
        """The topic it was meant for."""
        return self.headers.get("topic") or self.id.split(":")[0].removesuffix(".dlq")

    @property
    def is_whole(self) -> bool:
        """Whether its bytes are all that came; a larger record than topics take was cut."""
        return not {"truncated", "truncated-key"} & self.headers.keys()


def dead_letters(settings: Settings, reason: str | None = None) -> Iterator[DeadLetter]:
    """All dead letters, or those of one reason, oldest first within a partition."""
    for record in records(settings, [topic.name for topic in DEAD_LETTERS]):
        letter = _letter(record)
        if reason in (None, letter.headers.get("error")):
            yield letter


def find(settings: Settings, wanted: set[str]) -> list[DeadLetter]:
    """The dead letters with those ids. Raises `LookupError` that names the missing ones."""
    found = [letter for letter in dead_letters(settings) if letter.id in wanted]
    missing = wanted - {letter.id for letter in found}
    if missing:
        raise LookupError(f"no dead letter {', '.join(sorted(missing))}; `daybook dlq list` shows their ids")
    return found


def retry(settings: Settings, letters: list[DeadLetter]) -> None:
    """Send the original bytes to the topic they were meant for. Raises kafka-python's `KafkaError`."""
    producer = KafkaProducer(
        **client_options(settings),
        acks="all",
        max_request_size=MAX_RECORD_BYTES,
    )
    try:
        sent = [producer.send(letter.topic, key=letter.key, value=letter.value) for letter in letters]
        for future in sent:
            future.get(timeout=30)
    finally:
        producer.close()


def _letter(record: Any) -> DeadLetter:
    headers = {name: (value or b"").decode("utf-8", "replace") for name, value in record.headers or ()}
    return DeadLetter(f"{record.topic}:{record.partition}:{record.offset}", headers, record.key, record.value)
