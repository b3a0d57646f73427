"""A real Kafka on free ports and in a temporary folder, so that several people may run these tests at once."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from kafka.errors import KafkaError

from streams.broker import EmbeddedBroker, free_port
from streams.settings import Settings
from streams.topic_admin import ensure_topics
from tests.broker.bench import Bench


def create_topics(settings: Settings) -> None:
    """Create the topics; a new broker's group coordinator may still be moving in when it first answers."""
    deadline = time.monotonic() + 30
    while True:
        try:
            ensure_topics(settings)
        except KafkaError as error:
            if not error.retriable or time.monotonic() > deadline:
                raise
            time.sleep(0.3)
        else:
            return


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    """A fresh broker with all topics; no worker yet."""
    folder: Path = tmp_path_factory.mktemp("daybook")
    broker = EmbeddedBroker(folder / "broker", free_port())
    settings = Settings(
        broker=broker.bootstrap,
        partitions=4,
        state_dir=folder,
        web_port=free_port(),
        session_timeout_seconds=6,
        coding_processes=1,
        count_interval_seconds=0.5,
        log_format="json",
    )
    with broker:
        create_topics(settings)
        bench = Bench(settings, broker)
        yield bench
        bench.close()
