"""Which generation serves: the last record of the application on `news.generations.v1`."""

from __future__ import annotations

from typing import Any

from streams import codec
from streams.generations import Generation, serving
from streams.records import Generations
from streams.reporting.topic_reader import consumer, partitions_of
from streams.settings import Settings
from streams.topics import GENERATIONS


class GenerationsReader:
    """Reads what is told of generations again and again, each time only what is new."""

    def __init__(self, reader: Any, application: str) -> None:
        """`reader` is a kafka-python consumer of its own."""
        self._reader = reader
        self._key = application.encode()
        self._told = Generations()

    def now(self) -> Generations:
        """What is told up to now; of a service that was never replayed, that generation 1 serves."""
        reader = self._reader
        parts = reader.assignment()
        if not parts:
            parts = partitions_of(reader, [GENERATIONS.name])
            if not parts:
                return self._told
            reader.assign(parts)
            reader.seek_to_beginning(*parts)
        ends = reader.end_offsets(list(parts))
        while any(reader.position(part) < ends[part] for part in parts):
            for batch in reader.poll(timeout_ms=500).values():
                for record in batch:
                    if record.key == self._key and record.value is not None:
                        self._told = codec.decode(Generations, record.value)
        return self._told


def generations(settings: Settings) -> Generations:
    """What is told of generations now. Raises `KafkaError` without a broker."""
    with consumer(settings) as reader:
        return GenerationsReader(reader, settings.application_id).now()


def serving_generation(settings: Settings) -> Generation:
    """The generation whose outputs are public. Raises `KafkaError` without a broker."""
    return serving(settings.application_id, generations(settings))
