"""How far the service has come, and when it counts as hung."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from kafka import TopicPartition
from kafka.admin import OffsetSpec
from kafka.errors import KafkaError

from streams.generations import Generation
from streams.reporting.generations import serving_generation
from streams.settings import Settings
from streams.topic_admin import admin_client
from tests.broker.bench import SupervisedWorker

READY_SECONDS = 120.0
"""A worker that is not ready so long after the last fault hangs."""
PROGRESS_SECONDS = 90.0
"""A service with all workers ready, with lag, that finishes nothing for so long hangs."""
RECOVERY_SECONDS = 600.0
"""A service that is not done so long after the last fault hangs, whatever else it does."""
POLL_SECONDS = 0.5


class HangError(Exception):
    """Something that must come did not come in time; the message says what."""


@dataclass(frozen=True, slots=True)
class Position:
    """Input records of all stages, by the group's committed offsets."""

    finished: int
    lag: int


def position_of(settings: Settings, generation: Generation | None = None) -> Position | None:
    """Where a generation of the service is, by default the first; None while the broker does not answer.

    The ends are read after the commits, and an input is finished only after its outputs are on their topics: so no lag
    means that everything has gone all the way.
    """
    asked = generation or Generation(settings.application_id)
    group = asked.application_id
    parts = [TopicPartition(topic.name, number) for topic in asked.inputs for number in range(settings.partitions)]
    try:
        with admin_client(settings) as admin:
            committed = admin.list_group_offsets({group: parts})[group]
            ends = admin.list_partition_offsets(dict.fromkeys(parts, OffsetSpec.LATEST))
    except KafkaError:
        return None
    finished = sum(max(committed[part].offset, 0) for part in parts if part in committed)
    return Position(finished, sum(ends[part].offset for part in parts) - finished)


def until(is_so: Callable[[], bool], what: str, seconds: float) -> None:
    """Wait for a condition. Raises `HangError`."""
    deadline = time.monotonic() + seconds
    while not is_so():
        if time.monotonic() > deadline:
            raise HangError(f"not within {seconds:.0f} s: {what}")
        time.sleep(0.2)


def wait_recovered(settings: Settings, workers: Sequence[SupervisedWorker]) -> None:
    """Wait until all workers are ready and no input is left. Raises `HangError`."""
    start = changed = unready = time.monotonic()
    generation = serving_generation(settings)
    last: Position | None = None
    while True:
        now = time.monotonic()
        waiting = [worker for worker in workers if not worker.is_ready()]
        position = position_of(settings, generation)
        if position and not position.lag and not waiting:
            return
        if waiting:
            changed = now
        else:
            unready = now
        if position and (last is None or position.finished != last.finished):
            changed, last = now, position
        if now - unready > READY_SECONDS:
            raise HangError(f"not ready for {READY_SECONDS:.0f} s: {[str(worker.log) for worker in waiting]}")
        if now - changed > PROGRESS_SECONDS:
            raise HangError(f"no progress for {PROGRESS_SECONDS:.0f} s with all workers ready: {position}")
        if now - start > RECOVERY_SECONDS:
            raise HangError(f"not done {RECOVERY_SECONDS:.0f} s after the last fault: {position}")
        time.sleep(POLL_SECONDS)
