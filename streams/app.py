"""Wires the worker's parts together; no logic, and nothing happens at import."""

from __future__ import annotations

import ssl
from dataclasses import dataclass
from typing import Any

from streams.agents.coding import Coding
from streams.agents.counting import Counting
from streams.agents.merging import Merging
from streams.agents.revising import Revising
from streams.agents.stage import Context, Stage
from streams.dead_letters import RateLimit
from streams.engine.app import MEBIBYTE, App
from streams.health import Health
from streams.metrics import Metrics
from streams.pool import CodingPool
from streams.settings import Settings
from streams.topics import MAX_RECORD_BYTES


@dataclass(frozen=True, slots=True)
class WorkerParts:
    """A worker put together, not yet started."""

    app: App
    stages: tuple[Stage, ...]
    pool: CodingPool
    metrics: Metrics
    health: Health


def engine_app(settings: Settings) -> App:
    """The app without agents, on the broker and in the folder of the settings."""
    return App(
        settings.application_id,
        session_seconds=settings.session_timeout_seconds,
        store=settings.store,
        interruptible=frozenset({Coding.topic.name}),
        **faust_options(settings),
    )


def faust_options(settings: Settings) -> dict[str, Any]:
    """Where the broker is and what its topics are like, as Faust's settings."""
    security = {} if settings.security_protocol == "PLAINTEXT" else {"broker_credentials": ssl.create_default_context()}
    return {
        "broker": [f"kafka://{server.strip()}" for server in settings.broker.split(",")],
        "datadir": str(settings.state_dir),
        "topic_partitions": settings.partitions,
        "topic_replication_factor": settings.replication,
        "producer_max_request_size": MAX_RECORD_BYTES + MEBIBYTE,
        **security,
    }


def create_app(settings: Settings, metrics: Metrics, health: Health) -> WorkerParts:
    """The Faust app with its four agents; call it inside the event loop that will run it."""
    app = engine_app(settings)
    context = Context(app, settings, metrics, health, RateLimit(settings.dead_letters_per_minute))
    pool = CodingPool(settings)
    stages = (Coding(context, pool), Revising(context), Merging(context), Counting(context))
    for stage in stages:
        channel = app.topic(
            stage.topic.name,
            key_type=bytes,
            value_type=bytes,
            key_serializer="raw",
            value_serializer="raw",
            partitions=settings.partitions,
        )
        app.agent(channel, name=stage.name)(stage.run)
    return WorkerParts(app, stages, pool, metrics, health)
