"""Waits until a generation has gone through what is on its inputs, and until nobody works for one."""

from __future__ import annotations

import time
from collections.abc import Callable

from kafka import TopicPartition
from kafka.errors import RetriableError

from streams.generations import Generation, ReplayError
from streams.reporting.topic_reader import consumer
from streams.settings import Settings
from streams.topic_admin import COORDINATOR_SECONDS, admin_client

POLL_SECONDS = 0.5
QUICK_SECONDS = 10.0
"""Whoever goes through all its inputs in so short a time has caught up, also where articles never cease to come."""

OnProgress = Callable[[str, int, int], None]
"""Told the input topic, the records finished, and how many there are."""


def catch_up(settings: Settings, generation: Generation, on_progress: OnProgress) -> None:
    """Wait until the generation is as far as the articles; `on_progress` may raise when nobody is left to wait for."""
    while True:
        start = time.monotonic()
        go_through(settings, generation, on_progress)
        if time.monotonic() - start < QUICK_SECONDS:
            return


def go_through(settings: Settings, generation: Generation, on_progress: OnProgress) -> None:
    """Wait until what is on the inputs now has reached the outputs.

    An input is committed only after its outputs are acknowledged. So when a stage has finished what was there, the
    ends of the next are read, and hold all that follows from it.
    """
    group = generation.application_id
    with admin_client(settings) as admin, consumer(settings) as reader:
        for topic in generation.inputs:
            parts = [TopicPartition(topic.name, number) for number in range(settings.partitions)]
            ends = reader.end_offsets(parts)
            while True:
                offsets = admin.list_group_offsets({group: parts})[group]
                committed = {part: max(offsets[part].offset, 0) if part in offsets else 0 for part in parts}
                finished = sum(min(committed[part], ends[part]) for part in parts)
                on_progress(topic.name, finished, sum(ends.values()))
                if finished == sum(ends.values()):
                    break
                time.sleep(POLL_SECONDS)


def wait_unmanned(settings: Settings, generation: Generation, seconds: float) -> None:
    """Wait until no worker of the generation is a member of its group. Raises `ReplayError` when some stay.

    A worker that was killed, or is stopped, is a member until its session ends; after it, its lease keeps it from
    publishing.
    """
    deadline = time.monotonic() + seconds
    while number := members(settings, generation):
        if time.monotonic() > deadline:
            told = f"{number} workers of generation {generation.number} (group {generation.application_id}) still run"
            raise ReplayError(f"{told} after {seconds:.0f} s: stop them, and call `daybook replay` again")
        time.sleep(POLL_SECONDS)


def members(settings: Settings, generation: Generation) -> int:
    """How many workers of the generation the group counts. Raises `KafkaError`."""
    group, deadline = generation.application_id, time.monotonic() + COORDINATOR_SECONDS
    while True:
        try:
            with admin_client(settings) as admin:
                return len(admin.describe_groups([group])[group]["members"])
        except RetriableError:  # a broker that has just started names no coordinator yet
            if time.monotonic() > deadline:
                raise
            time.sleep(POLL_SECONDS)
