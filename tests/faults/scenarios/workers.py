"""Faults of workers: killed, stopped in order, paused past their session, joining and leaving."""

from __future__ import annotations

import time

from tests.faults.scene import Scenario, Scene
from tests.faults.service import Member
from tests.faults.watch import until

PAUSE_SECONDS = (10.0, 15.0)
"""Longer than the session of 6 seconds: the others take over meanwhile."""
MIX_SECONDS = 75.0


def kill(scene: Scene) -> None:
    """One worker, killed with -9 five times, sometimes while it recovers"""
    (member,) = scene.service.members
    for _ in range(5):
        if scene.chance.random() < 0.7:
            scene.wait_ready(member)
            scene.pause(0.0, 2.0)
            scene.wait_for_work()
        else:
            scene.pause(1.5, 4.0)
        lives = len(member.worker_pids())
        scene.kill(member)
        until(lambda lives=lives: len(member.worker_pids()) > lives, f"{member.name} is started again", 120)  # type: ignore[misc]


def terminate(scene: Scene) -> None:
    """One worker, stopped with SIGTERM and started again, three times"""
    (member,) = scene.service.members
    for _ in range(3):
        scene.wait_ready(member)
        scene.pause(0.0, 3.0)
        scene.wait_for_work()
        scene.service.stop()
        scene.note(f"SIGTERM of {member.name}")
        scene.pause(0.0, 2.0)
        member.join()


def pause(scene: Scene) -> None:
    """Three workers, one after the other stopped with SIGSTOP past its session and woken with SIGCONT"""
    for _ in range(3):
        scene.service.wait_ready()
        scene.wait_for_work()
        member = scene.chance.choice(scene.service.members)
        member.pause()
        scene.note(f"SIGSTOP of {member.name}")
        scene.pause(*PAUSE_SECONDS)
        member.resume()
        scene.note(f"SIGCONT of {member.name}")
        scene.pause(1.0, 5.0)


def join_and_leave(scene: Scene) -> None:
    """Three workers and eight partitions; workers leave and join at random"""
    for _ in range(10):
        members = scene.service.members
        member = scene.chance.choice(members)
        if member.is_away:
            member.join()
            scene.note(f"{member.name} joins")
        elif sum(one.is_running for one in members) > 1:
            member.leave()
            scene.note(f"{member.name} leaves")
            until(member.has_left, f"{member.name} has left", 100)
        scene.pause(0.5, 5.0)


def mix(scene: Scene) -> None:
    """Three workers; kill -9 of workers and supervisors, SIGTERM, SIGSTOP and joining, at random"""
    play_mix(scene, MIX_SECONDS)


def play_mix(scene: Scene, seconds: float) -> None:
    """The random mix for so many seconds."""
    wakes: dict[str, float] = {}
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        for member in scene.service.members:
            if member.is_paused and time.monotonic() > wakes[member.name]:
                member.resume()
                scene.note(f"SIGCONT of {member.name}")
        member = scene.chance.choice(scene.service.members)
        if member.is_leaving:
            member.has_left()
        elif member.is_away:
            member.join()
            scene.note(f"{member.name} joins")
        elif member.is_running and member.worker_pids():
            scene.wait_for_work(scene.chance.choice((0.0, 3.0, 10.0)))
            wakes[member.name] = time.monotonic() + scene.chance.uniform(*PAUSE_SECONDS)
            _harm(scene, member)
        scene.pause(0.5, 4.0)


def _harm(scene: Scene, member: Member) -> None:
    harm = scene.chance.choice(("kill", "kill", "kill supervisor", "leave", "pause", "pause"))
    try:
        if harm == "kill":
            member.kill_worker()
        elif harm == "kill supervisor":
            member.kill_supervisor()
        elif harm == "leave":
            member.leave()
        else:
            member.pause()
    except ProcessLookupError:  # its worker has just ended and is started again after a pause
        return
    scene.note(f"{harm} {member.name}")


def restart_all(scene: Scene) -> None:
    """Three workers, all stopped and started together, twice"""
    for _ in range(2):
        scene.service.wait_ready()
        scene.pause(0.0, 3.0)
        scene.wait_for_work()
        scene.service.stop()
        scene.note("the whole service stops")
        scene.pause(0.0, 3.0)
        scene.service.start()
        scene.note("the whole service starts")


SCENARIOS = (
    Scenario("kill", kill),
    Scenario("terminate", terminate),
    Scenario("pause", pause, workers=3, seconds=60),
    Scenario("join-and-leave", join_and_leave, workers=3),
    Scenario("mix", mix, workers=3, seconds=MIX_SECONDS),
    Scenario("restart-all", restart_all, workers=3),
)
