"""A real Kafka on free ports and in a temporary folder, so that several people may run these tests at once."""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from streams.broker import EmbeddedBroker, free_port
from streams.settings import Settings
from streams.topic_admin import ensure_topics
from tests.broker.bench import Bench


@contextlib.contextmanager
def fresh_bench(folder: Path) -> Iterator[Bench]:
    """A fresh broker with all topics in this folder; no worker yet."""
    logging.getLogger("kafka").setLevel(logging.CRITICAL)  # it tells of each try to reach a broker that starts
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
        ensure_topics(settings)
        bench = Bench(settings, broker)
        yield bench
        bench.close()


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    """One broker for the tests of a module."""
    with fresh_bench(tmp_path_factory.mktemp("daybook")) as bench:
        yield bench
