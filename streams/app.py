"""Wires the worker's parts together; no logic, and nothing happens at import."""

from __future__ import annotations

import ssl
import sys
from dataclasses import dataclass
from typing import Any

from streams.agents.coding import Coding
from streams.agents.counting import Counting
from streams.agents.counting_articles import CountingArticles
from streams.agents.merging import Merging
from streams.agents.overriding import Overriding
from streams.agents.revising import Revising
from streams.agents.stage import Context, Stage
from streams.dead_letters import RateLimit
from streams.engine.app import MEBIBYTE, Admit, App, always
from streams.generations import Generation
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


def engine_app(settings: Settings, generation: Generation | None = None, admit: Admit = always) -> App:
    """The app without agents, on the broker and in the folder of the settings; of generation 1 if none is given."""
    return App(
        (generation or Generation(settings.application_id)).application_id,
        session_seconds=settings.session_timeout_seconds,
        store=settings.store,
        interruptible=frozenset({Coding.topic.name}),
        admit=admit,
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


def create_app(
    settings: Settings, generation: Generation, metrics: Metrics, health: Health, admit: Admit
) -> WorkerParts:
    """The Faust app with its agents; call it inside the event loop that will run it.

    `admit` is awaited whenever the worker gets partitions, and ends it if its generation may not work.
    """
    app = engine_app(settings, generation, admit)
    context = Context(app, settings, generation, metrics, health, _dead_letter_limit(settings, generation))
    pool = CodingPool(settings)
    stages = (
        Coding(context, pool),
        Revising(context),
        CountingArticles(context),
        Overriding(context),
        Merging(context),
        Counting(context),
    )
    for stage in stages:
        channel = app.topic(
            stage.input.name,
            key_type=bytes,
            value_type=bytes,
            key_serializer="raw",
            value_serializer="raw",
            partitions=settings.partitions,
        )
        app.agent(channel, name=stage.name)(stage.run)
    return WorkerParts(app, stages, pool, metrics, health)


def _dead_letter_limit(settings: Settings, generation: Generation) -> RateLimit:
    """None for a replay: it meets in an hour the bad articles of a year, which tells nothing of the deployment."""
    return RateLimit(sys.maxsize if generation.is_building else settings.dead_letters_per_minute)
