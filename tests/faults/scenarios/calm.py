"""Nothing is done to any worker, so no guard may end one: eight that start at once, a slow article, an hour of work."""

from __future__ import annotations

import time

from streams.settings import Settings
from streams.topics import INPUTS
from tests.faults import faulty_worker
from tests.faults.faulty_worker import SLOW_BEGUN, SLOW_DONE, SLOW_SECONDS
from tests.faults.scene import Scenario, Scene
from tests.faults.service import Service
from tests.faults.watch import position_of, until

EIGHT = 8
SHARE_SECONDS = 300.0
"""So long eight workers may take to start at once on a small machine with other work."""

AS_SHIPPED = {
    name: Settings.model_fields[name].default
    for name in ("session_timeout_seconds", "article_seconds", "stall_seconds")
}
"""A small machine that starts eight at once is slow for longer than the suite's short limits."""


def eight_at_once(scene: Scene) -> None:
    """Eight workers on eight partitions, all started at the same moment, with work under way"""
    until(lambda: assigned(scene.service) == [len(INPUTS)] * EIGHT, "each worker has one partition", SHARE_SECONDS)
    scene.service.wait_ready()
    scene.note("eight workers are ready, each with a partition of every stage")
    scene.wait_for_work()
    scene.pause(15.0, 20.0)


def assigned(service: Service) -> list[float]:
    """How many input partitions each worker has."""
    return [member.metric("daybook_assigned_partitions") for member in service.members]


def slow_article(scene: Scene) -> None:
    """Two workers; coding one article takes two minutes, and meanwhile a third worker joins and leaves"""
    until(lambda: times(scene, SLOW_BEGUN) > 0, "the slow article is being coded", 180)
    scene.note("the slow article is being coded")
    scene.pause(5.0, 10.0)
    third = scene.service.add()
    third.join()
    scene.note(f"{third.name} joins")
    scene.wait_ready(third)
    scene.pause(10.0, 20.0)
    assert not times(scene, SLOW_DONE), "the rebalance was to happen while the article is coded"
    third.leave()
    scene.note(f"{third.name} leaves")
    until(third.has_left, f"{third.name} has left", 100)
    until(lambda: has_no_lag(scene), "the slow article is coded, and what waited for it", 4 * SLOW_SECONDS)
    scene.note(f"the slow article is coded; begun {times(scene, SLOW_BEGUN)}, done {times(scene, SLOW_DONE)} times")


def times(scene: Scene, what: str) -> int:
    """How often a coder has begun, or was done with, the slow article."""
    return sum(1 for _ in scene.folder.glob(f"worker-*/**/{what}-*"))


def has_no_lag(scene: Scene) -> bool:
    """Whether all that was sent so far has gone all the way."""
    position = position_of(scene.settings)
    return position is not None and not position.lag


def hour(scene: Scene) -> None:
    """Two workers and a steady trickle of records for an hour, or for `--hour-minutes`"""
    scene.service.wait_ready()
    time.sleep(scene.seconds)


SCENARIOS = (
    Scenario(
        "eight-at-once", eight_at_once, workers=EIGHT, calm=True,
        settings=AS_SHIPPED,
    ),
    Scenario(
        "slow-article", slow_article, workers=2, script=faulty_worker.supervise("slow-article"), calm=True,
        settings={"article_seconds": 180, "stall_seconds": 200},
    ),
    Scenario("hour", hour, workers=2, seconds=3600.0, calm=True),
)  # fmt: skip
