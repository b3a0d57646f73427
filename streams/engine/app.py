"""The Faust app with the parts of this package put in."""

from __future__ import annotations

import ssl
from typing import Any, cast

import faust
from faust.types.transports import TransportT

from streams.engine.consumer import Consumer
from streams.engine.lease import Lease
from streams.engine.recovery import Recovery
from streams.engine.tables import Table, TableManager
from streams.engine.topic import Topic
from streams.engine.transport import Transport
from streams.settings import Settings
from streams.topics import MAX_RECORD_BYTES

REQUEST_SECONDS = 40.0
"""How long a request to the broker may take; also how long a publish is tried before the worker ends."""
MEBIBYTE = 1024 * 1024
REBALANCE_SECONDS = 60.0
"""How long the group waits for a member that finishes what it has begun before it gives partitions away."""


class App(faust.App):
    """Faust's app on our transport, tables and topics."""

    def __init__(self, settings: Settings, interruptible: frozenset[str] = frozenset()) -> None:
        """`interruptible` names the inputs of agents without a table: a rebalance need not wait for what they do."""
        self.settings = settings
        self.lease = Lease(settings.session_timeout_seconds)
        self.interruptible = interruptible
        super().__init__(settings.application_id, **_security(settings), **_options(settings))

    def _new_transport(self) -> TransportT:
        return Transport(self.conf.broker_consumer, self)

    def _create_directories(self) -> None:
        self.settings.state_dir.mkdir(parents=True, exist_ok=True)
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


def _security(settings: Settings) -> dict[str, Any]:
    return {} if settings.security_protocol == "PLAINTEXT" else {"broker_credentials": ssl.create_default_context()}


def _options(settings: Settings) -> dict[str, Any]:
    session = settings.session_timeout_seconds
    return {
        "broker": [f"kafka://{server.strip()}" for server in settings.broker.split(",")],
        "datadir": str(settings.state_dir),
        "autodiscover": False,
        "web_enabled": False,
        "Table": Table,
        "TableManager": TableManager,
        "Topic": Topic,
        "store": f"{settings.store}://",
        "processing_guarantee": "at_least_once",
        # Standby records that a rebalance drops are never read again: a promoted standby has holes.
        "table_standby_replicas": 0,
        # Workers that start together while topics are missing can hang for ever: they are created before.
        "topic_allow_declare": False,
        "topic_disable_leader": True,
        "topic_partitions": settings.partitions,
        "topic_replication_factor": settings.replication,
        "consumer_auto_offset_reset": "earliest",
        # With the defaults Faust waits more than it works: these gave two to three times the rate.
        "broker_max_poll_records": 5000,
        "consumer_max_fetch_size": 8 * MEBIBYTE,
        "stream_wait_empty": True,
        "broker_session_timeout": session,
        "broker_heartbeat_interval": session / 5,
        "broker_request_timeout": max(REQUEST_SECONDS, session + 5),
        "broker_rebalance_timeout": max(REBALANCE_SECONDS, session),
        "broker_commit_interval": 1.0,
        "producer_max_request_size": MAX_RECORD_BYTES + MEBIBYTE,
        "producer_max_batch_size": MEBIBYTE // 2,
        "producer_linger": 0.005,
        "producer_request_timeout": REQUEST_SECONDS,
        "worker_redirect_stdouts": False,
    }
