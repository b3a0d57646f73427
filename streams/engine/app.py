"""The Faust app with the parts of this package put in."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, Literal, cast

import faust
from faust.types.transports import TransportT

from streams.engine.consumer import Consumer
from streams.engine.lease import Lease
from streams.engine.recovery import Recovery
from streams.engine.tables import Table, TableManager
from streams.engine.topic import Topic
from streams.engine.transport import Transport

REQUEST_SECONDS = 40.0
"""How long a request to the broker may take; also how long a publish is tried before the worker ends."""
MEBIBYTE = 1024 * 1024
REBALANCE_SECONDS = 60.0
"""How long the group waits for a member that finishes what it has begun before it gives partitions away."""
TEN_YEARS = 10 * 365 * 24 * 3600.0
Admit = Callable[[], Awaitable[None]]
PARTS = {"Table": Table, "TableManager": TableManager, "Topic": Topic}


async def always() -> None:
    """No reason not to work."""


class App(faust.App):
    """Faust's app on our transport, tables and topics."""

    def __init__(
        self,
        name: str,
        *,
        session_seconds: float = 30.0,
        store: Literal["memory", "rocksdb"] = "memory",
        interruptible: frozenset[str] = frozenset(),
        admit: Admit = always,
        **options: Any,
    ) -> None:
        """`session_seconds` is how long a silent worker keeps its partitions; `options` are Faust's own settings.

        `interruptible` names the inputs of agents without a table: a rebalance need not wait for what they do.
        `admit` is awaited whenever the group has given partitions, before anything is read; it may end the process.
        Topics and changelogs must exist before the app starts, and input topics must not be compacted.
        """
        self.lease = Lease(session_seconds)
        self.interruptible = interruptible
        self.admit = admit
        self.store_kind = store
        super().__init__(name, **{**safe_options(session_seconds), **PARTS, **options}, store=f"{store}://")

    def _new_transport(self) -> TransportT:
        return Transport(self.conf.broker_consumer, self)

    def _create_directories(self) -> None:
        Path(self.conf.datadir).mkdir(parents=True, exist_ok=True)
        super()._create_directories()

    @property
    def engine_consumer(self) -> Consumer:
        """The consumer, by its own type."""
        return cast("Consumer", self.consumer)

    def is_ready(self) -> bool:
        """Whether the group has assigned its partitions and the tables of ours are recovered.

        A worker beyond the number of partitions has none, and is ready as a stand-by.
        """
        return bool(self.tables.actives_ready and not self.rebalancing)

    def progress(self) -> tuple[int, int, int]:
        """What changes whenever the app moves: committed offsets, changelog offsets read, the group's generation."""
        committed = sum(offset or 0 for offset in self.engine_consumer.committed_offsets())
        recovery = cast("Recovery", self.tables.recovery)  # type: ignore[attr-defined]
        recovered = sum(recovery.active_offsets[tp] or 0 for tp in list(recovery.active_offsets))
        return committed, recovered, self.consumer_generation_id


def safe_options(session_seconds: float) -> dict[str, Any]:
    """Faust's settings with which nothing is lost, as far as settings can."""
    return {
        "autodiscover": False,
        "web_enabled": False,
        "processing_guarantee": "at_least_once",
        # Standby records that a rebalance drops are never read again: a promoted standby has holes.
        "table_standby_replicas": 0,
        # Workers that start together while topics are missing can hang for ever: they are created before.
        "topic_allow_declare": False,
        "topic_disable_leader": True,
        "consumer_auto_offset_reset": "earliest",
        # With the defaults Faust waits more than it works: these gave two to three times the rate.
        "broker_max_poll_records": 5000,
        "consumer_max_fetch_size": 8 * MEBIBYTE,
        "stream_wait_empty": True,
        "broker_session_timeout": session_seconds,
        "broker_heartbeat_interval": session_seconds / 5,
        "broker_request_timeout": max(REQUEST_SECONDS, session_seconds + 5),
        "broker_rebalance_timeout": max(REBALANCE_SECONDS, session_seconds),
        # A worker without partitions never polls, and would leave the group for it; being stuck is the watchdog's case.
        "broker_max_poll_interval": TEN_YEARS,
        "broker_commit_interval": 1.0,
        "producer_max_batch_size": MEBIBYTE // 2,
        "producer_linger": 0.005,
        "producer_request_timeout": REQUEST_SECONDS,
        "worker_redirect_stdouts": False,
    }
