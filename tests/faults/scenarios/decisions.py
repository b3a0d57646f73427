"""Faults while editors decide: killed with a decision in hand, and rebalances among decisions and corrections."""

from __future__ import annotations

from tests.faults import faulty_worker
from tests.faults.faulty_worker import DECISION_LIVES
from tests.faults.scene import Scenario, Scene
from tests.faults.watch import until

CHANGES = 8


def kill_decided(scene: Scene) -> None:
    """Two workers, each killed with -9 right after it read an editor's decision, then right after MERGE took one in"""
    for member in scene.service.members:
        until(lambda: member.exits()["killed"] >= DECISION_LIVES, f"{member.name} was killed with a decision", 240)  # noqa: B023
        scene.note(f"{DECISION_LIVES} times kill -9 of {member.name} with a decision in hand")


def rebalance_decided(scene: Scene) -> None:
    """Two workers, of which one leaves, joins or is killed again and again while decisions and corrections come"""
    for _ in range(CHANGES):
        scene.wait_for_work(5.0)
        member = scene.chance.choice(scene.service.members)
        away = [one for one in scene.service.members if one.is_away]
        if away:
            away[0].join()
            scene.note(f"{away[0].name} joins")
            scene.wait_ready(away[0])
        elif scene.chance.random() < 0.7:
            member.leave()
            until(member.has_left, f"{member.name} has left", 100)
            scene.note(f"{member.name} left")
        else:
            scene.kill_if_there(member)
        scene.pause(0.5, 3.0)


SCENARIOS = (
    Scenario("kill-decided", kill_decided, workers=2, script=faulty_worker.supervise("decided")),
    Scenario("rebalance-decided", rebalance_decided, workers=2, seconds=60.0),
)
