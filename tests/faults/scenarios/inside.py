"""Faults inside a worker: an exception in an agent, coding processes that die or hang."""

from __future__ import annotations

from tests.faults import faulty_worker
from tests.faults.scene import Scenario, Scene
from tests.faults.watch import until

LIVES = 3


def agents_raise(scene: Scene) -> None:
    """Two workers; in each of their first lives an exception in an agent, of another stage each time"""
    for member in scene.service.members:
        until(lambda: member.exits()["agent-failed"] >= LIVES, f"the agents of {member.name} have raised", 180)  # noqa: B023
        scene.note(f"exceptions in {member.name}")


def coders_die(scene: Scene) -> None:
    """Two workers, whose coding processes die with an article in hand"""
    _wait_for_faults(scene, "dead")


def coders_hang(scene: Scene) -> None:
    """Two workers, whose coding processes never come back from an article"""
    _wait_for_faults(scene, "hanging")


def _wait_for_faults(scene: Scene, what: str) -> None:
    for member in scene.service.members:
        folder = member.settings.state_dir  # a worker keeps its files in a folder below
        until(lambda: any(folder.rglob("faulty-*")), f"a coding process of {member.name} is {what}", 180)  # noqa: B023
        scene.note(f"a coding process of {member.name} is {what}")


SCENARIOS = (
    Scenario("agents-raise", agents_raise, workers=2, script=faulty_worker.supervise("agents-raise")),
    Scenario("coders-die", coders_die, workers=2, script=faulty_worker.supervise("coders-die")),
    Scenario("coders-hang", coders_hang, workers=2, script=faulty_worker.supervise("coders-hang")),
)
