"""Faults of a replay: whoever takes part is killed while it builds, and while it switches; then it is called again."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from functools import partial

from streams.generations import Generation
from streams.lifeline import signal_with_parent
from streams.reporting.generations import generations
from streams.supervisor import environment_of
from tests.broker.bench import pids_in
from tests.faults.faulty_replay import PUBLISHING, STOPPING
from tests.faults.scene import Scenario, Scene
from tests.faults.watch import HangError, position_of, until

REPLAY_SECONDS = 600.0
BUILT = 2
"""The generation that the replays of a run build."""
RECORDS_UNTIL_FAULT = 20


class Replay:
    """One call of `daybook replay`; with a fault it is killed by itself."""

    def __init__(self, scene: Scene, fault: str = "") -> None:
        command = ["-m", "tests.faults.faulty_replay", fault] if fault else ["-m", "streams.cli", "replay"]
        self.log = scene.folder / "replay.log"
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, *command],
                env={**os.environ, **environment_of(scene.settings)},
                stdout=log,
                stderr=log,
                preexec_fn=partial(signal_with_parent, signal.SIGKILL),  # noqa: PLW1509  (nothing stays behind)
            )

    def kill(self) -> None:
        """Kill -9; the worker that builds ends with it."""
        self._process.kill()
        self._process.wait()

    def wait_killed(self) -> None:
        """Wait for the fault. Raises `HangError` when it does not come."""
        self._wait(-signal.SIGKILL)

    def wait_done(self) -> None:
        """Wait until it has switched. Raises `HangError` when it does not."""
        self._wait(0)

    def _wait(self, wanted: int) -> None:
        try:
            status = self._process.wait(REPLAY_SECONDS)
        except subprocess.TimeoutExpired:
            self.kill()
            raise HangError(f"the replay did not end in {REPLAY_SECONDS:.0f} s; see {self.log}") from None
        if status != wanted:
            raise HangError(f"the replay ended with {status} instead of {wanted}; see {self.log}")


def replay_build(scene: Scene) -> None:
    """Two workers and a replay; while it builds, it is killed, then a worker and the builder; called again each time"""
    scene.service.wait_ready()
    scene.wait_for_work()
    first = Replay(scene)
    _wait_building(scene)
    first.kill()
    scene.note("kill -9 of the replay while it builds")
    second = Replay(scene)
    log = scene.folder / f"replay-{BUILT}.log"
    lives = len(pids_in(log))
    until(lambda: len(pids_in(log)) > lives, f"the builder is started again; see {log}", 120)
    _wait_building(scene)
    os.kill(pids_in(log)[-1], signal.SIGKILL)
    scene.note("kill -9 of the worker that builds")
    scene.kill(scene.service.members[0], "while the replay builds")
    second.wait_done()
    scene.note("the replay is done")
    _play_on(scene)


def replay_switch(scene: Scene) -> None:
    """Two workers and a replay; killed when they must end, then in the middle of publishing; called again each time"""
    scene.service.wait_ready()
    scene.wait_for_work()
    Replay(scene, STOPPING).wait_killed()
    scene.note("kill -9 of the replay that told the workers to end")
    scene.kill_if_there(scene.chance.choice(scene.service.members), "which ends for the replay")
    Replay(scene, PUBLISHING).wait_killed()
    scene.note("kill -9 of the replay in the middle of publishing")
    assert generations(scene.settings).switch == "publishing"
    scene.kill_if_there(scene.chance.choice(scene.service.members), "which waits for the replay")
    Replay(scene).wait_done()
    scene.note("the replay is done")
    _play_on(scene)


def _wait_building(scene: Scene) -> None:
    """Wait until the builder is at work: some records more are finished."""
    built = Generation(scene.settings.application_id, BUILT, is_building=True)

    def finished() -> int:
        position = position_of(scene.settings, built)
        return 0 if position is None else position.finished

    before = finished()
    until(lambda: finished() >= before + RECORDS_UNTIL_FAULT, "the builder is at work", REPLAY_SECONDS)


def _play_on(scene: Scene) -> None:
    """The new generation serves, and one of its workers is killed at work."""
    assert generations(scene.settings).serving == BUILT
    scene.generation = Generation(scene.settings.application_id, BUILT)
    scene.service.wait_ready()
    scene.wait_for_work()
    scene.kill(scene.chance.choice(scene.service.members), "after the replay")


SCENARIOS = (
    Scenario("replay-build", replay_build, workers=2, seconds=150.0, articles_only=True),
    Scenario("replay-switch", replay_switch, workers=2, seconds=150.0, articles_only=True),
)
