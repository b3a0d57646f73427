"""Wires the worker's parts together; no logic, and nothing happens at import."""

from __future__ import annotations

from dataclasses import dataclass

from streams.agents.coding import Coding
from streams.agents.counting import Counting
from streams.agents.merging import Merging
from streams.agents.revising import Revising
from streams.agents.stage import Context, Stage
from streams.dead_letters import RateLimit
from streams.engine.app import App
from streams.health import Health
from streams.metrics import Metrics
from streams.pool import CodingPool
from streams.settings import Settings


@dataclass(frozen=True, slots=True)
class WorkerParts:
    """A worker put together, not yet started."""

    app: App
    stages: tuple[Stage, ...]
    pool: CodingPool
    metrics: Metrics
    health: Health


def create_app(settings: Settings, metrics: Metrics, health: Health) -> WorkerParts:
    """The Faust app with its four agents; call it inside the event loop that will run it."""
    app = App(settings, interruptible=frozenset({Coding.topic.name}))
    context = Context(app, metrics, health, RateLimit(settings.dead_letters_per_minute))
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
