"""Where a scenario plays: the broker, the service, chance, and the list of what was done to them."""

from __future__ import annotations

import contextlib
import json
import random
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from streams.broker import EmbeddedBroker, free_port
from streams.generations import Generation
from streams.settings import Settings
from tests.broker.bench import SUPERVISE
from tests.faults.cluster import Cluster
from tests.faults.disk import SmallDisk
from tests.faults.service import Member, Service
from tests.faults.watch import position_of, until

WORK_SECONDS = 10.0
Broker = EmbeddedBroker | Cluster
MakeBroker = Callable[[Path], Broker]


@dataclass(slots=True)
class Scene:
    """One run of a scenario."""

    settings: Settings
    folder: Path
    broker: Broker
    service: Service
    chance: random.Random
    disk: SmallDisk | None = None
    """The disk that the scenario asked for."""
    seconds: float = 0.0
    """Over so many seconds the workload is sent."""
    generation: Generation | None = None
    """The generation that serves; the first when none."""
    faults: int = 0
    last_fault: float = field(default_factory=time.monotonic)
    """When anything was last done to broker or service; seconds of the monotonic clock."""

    def note(self, what: str) -> None:
        """Remember something that was done, with its time, in `faults.jsonl`."""
        self.faults += 1
        self.last_fault = time.monotonic()
        with (self.folder / "faults.jsonl").open("a", encoding="utf-8") as file:
            file.write(json.dumps({"time": datetime.now(UTC).isoformat(), "fault": what}) + "\n")

    def pause(self, least: float, most: float) -> None:
        """Let the service go on for a random time, in seconds."""
        time.sleep(self.chance.uniform(least, most))

    def wait_for_work(self, seconds: float = WORK_SECONDS) -> None:
        """Wait until the service is in the middle of its work, so that the next fault is too; not longer than so."""
        deadline = time.monotonic() + seconds
        first = position_of(self.settings, self.generation)
        while time.monotonic() < deadline:
            now = position_of(self.settings, self.generation)
            if first and now and now.lag and now.finished > first.finished:
                return

    def wait_ready(self, member: Member) -> None:
        """Wait until a worker is ready. Raises `HangError`."""
        until(member.is_ready, f"{member.name} is ready; see {member.log}", 120)

    def kill(self, member: Member, why: str = "") -> None:
        """Kill -9 the worker."""
        member.kill_worker()
        self.note(f"kill -9 of {member.name} {why}".strip())

    def kill_if_there(self, member: Member, why: str = "") -> None:
        """Kill -9 the worker, if it has not just ended by itself."""
        with contextlib.suppress(ProcessLookupError):
            self.kill(member, why)


def one_node(folder: Path) -> EmbeddedBroker:
    """The embedded broker."""
    return EmbeddedBroker(folder, free_port())


def three_nodes(folder: Path) -> Cluster:
    """Three nodes that each keep everything."""
    return Cluster(folder, nodes=3)


@dataclass(frozen=True, slots=True)
class Scenario:
    """A kind of fault, and the service that it happens to."""

    name: str
    play: Callable[[Scene], None]
    """Does the faults while the workload is sent. What it leaves paused or away is mended afterwards."""
    workers: int = 1
    partitions: int = 8
    seconds: float = 40.0
    """Over so many seconds the workload is sent."""
    broker: MakeBroker | None = None
    """Makes the broker that the scenario needs; any will do when none."""
    script: str = SUPERVISE
    """What runs the supervisor."""
    stores: tuple[str, ...] = ("memory", "rocksdb")
    """For which stores it means anything."""
    small_disk: str = ""
    """The folder, within that of the run, that is a disk of its own which may run full; none when empty."""
    articles_only: bool = False
    """No documents are sent past the coder: of those a replay knows nothing."""
    settings: Mapping[str, float] = field(default_factory=dict)
    """The settings that differ from those of the other scenarios."""
    calm: bool = False
    """Nothing is done to a worker but to ask it to stop, so the run fails when one ends unasked or not in order."""

    @property
    def about(self) -> str:
        """What happens, in a line."""
        return (self.play.__doc__ or "").partition("\n")[0]
