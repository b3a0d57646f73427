"""How far the worker is: what each stage has committed, against the end of its input."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from kafka import TopicPartition

from streams.generations import Generation
from streams.reporting.generations import serving_generation
from streams.reporting.topic_reader import consumer
from streams.settings import Settings
from streams.topic_admin import admin_client


@dataclass(frozen=True, slots=True)
class StageProgress:
    """One stage's input."""

    topic: str
    committed: int
    end: int

    @property
    def lag(self) -> int:
        """Records not yet finished."""
        return self.end - self.committed


def stages(settings: Settings, generation: Generation) -> list[StageProgress]:
    """The progress of each stage of a generation in the order of the flow.

    An input is committed only after its outputs are acknowledged, and the ends are read stage by stage in the order of
    the flow. So when no stage has lag, everything that was fed has reached the counts.
    """
    group = generation.application_id
    progress = []
    with admin_client(settings) as admin, consumer(settings) as reader:
        for topic in generation.inputs:
            parts = [TopicPartition(topic.name, number) for number in range(settings.partitions)]
            offsets = admin.list_group_offsets({group: parts})[group]
            committed = sum(max(offsets[part].offset, 0) for part in parts if part in offsets)
            progress.append(StageProgress(topic.name, committed, sum(reader.end_offsets(parts).values())))
    return progress


def wait_until_done(
    settings: Settings, *, alive: Callable[[], bool], on_progress: Callable[[list[StageProgress]], None] | None = None
) -> bool:
    """Wait until no stage of the serving generation has lag; False when `alive` says that the worker is gone before."""
    generation = serving_generation(settings)
    while True:
        progress = stages(settings, generation)
        if on_progress:
            on_progress(progress)
        if all(stage.lag == 0 for stage in progress):
            return True
        if not alive():
            return False
        time.sleep(0.5)
