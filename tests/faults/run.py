"""One run: a fresh broker, the service, the workload, the scenario's faults, and the verdict."""

from __future__ import annotations

import contextlib
import json
import random
import shutil
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from streams.settings import Settings
from streams.topic_admin import ensure_topics
from tests.faults.cluster import Cluster
from tests.faults.disk import SmallDisk
from tests.faults.results import Result
from tests.faults.scene import Broker, MakeBroker, Scenario, Scene, one_node, three_nodes
from tests.faults.sender import Sender
from tests.faults.service import Service
from tests.faults.truth import truth_of
from tests.faults.verdict import Verdict, judge
from tests.faults.watch import HangError, wait_recovered
from tests.faults.workload import Size, workload

DISK_MEGABYTES = 400
"""Of a disk that may run full: enough for a whole run."""


class UnrestError(Exception):
    """Workers ended unasked or not in order, where nothing was done to them; the message says why they did."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What to run."""

    scenario: Scenario
    store: str
    seed: int
    size: Size = field(default_factory=Size)
    brokers: int = 1
    """1 or 3, where the scenario does not say."""

    @property
    def name(self) -> str:
        return f"{self.scenario.name}-{self.store}-{self.seed}"


@dataclass(slots=True)
class Findings:
    """What a run has found so far, also when it ended early."""

    verdict: Verdict = field(default_factory=Verdict)
    hangs: list[str] = field(default_factory=list)
    guard_exits: dict[str, int] = field(default_factory=dict)
    brokers: int = 1
    faults: int = 0
    recover_seconds: float | None = None
    error: str = ""


def run(plan: Plan, parent: Path | None = None, *, keep: bool = False) -> Result:
    """Run once in a folder under `parent`, by default that for temporary files.

    A run that fails, or any with `keep`, leaves its folder: broker data, logs, faults with their times, what is wrong.
    """
    start = time.monotonic()
    folder = Path(tempfile.mkdtemp(prefix=f"daybook-faults-{plan.name}-", dir=parent))
    broker = _make_broker(plan)(folder / "broker")
    found = Findings(brokers=nodes_of(broker))
    try:
        with _small_disk(plan, folder) as disk:
            try:
                broker.start()
                broker.wait_ready()
                _play(plan, folder, broker, disk, found)
            finally:
                broker.stop()
    except HangError as hang:
        found.hangs.append(str(hang))
    except Exception:  # noqa: BLE001  (whatever it is, the next run goes on, and this one is kept to be studied)
        found.error = traceback.format_exc()
    result = _result(plan, found, time.monotonic() - start)
    if result.has_passed and not keep:
        shutil.rmtree(folder)
        return result
    return _kept(result, found, folder)


def _make_broker(plan: Plan) -> MakeBroker:
    return plan.scenario.broker or (three_nodes if plan.brokers == 3 else one_node)


def nodes_of(broker: Broker) -> int:
    """How many nodes the broker has, each with every record."""
    return len(broker.nodes) if isinstance(broker, Cluster) else 1


@contextlib.contextmanager
def _small_disk(plan: Plan, folder: Path) -> Iterator[SmallDisk | None]:
    if not plan.scenario.small_disk:
        yield None
        return
    with SmallDisk(folder / plan.scenario.small_disk, DISK_MEGABYTES) as disk:
        yield disk


def settings_for(plan: Plan, folder: Path, broker: Broker) -> Settings:
    """The service's settings: short sessions, and limits that a run can wait for."""
    scenario = plan.scenario
    return Settings.model_validate({
        "broker": broker.bootstrap, "partitions": scenario.partitions, "replication": nodes_of(broker),
        "state_dir": folder, "store": plan.store, "session_timeout_seconds": 6, "coding_processes": 1,
        "count_interval_seconds": 0.5, "article_seconds": 30, "stall_seconds": 60, "log_format": "json",
        **scenario.settings,
    })  # fmt: skip


def _play(plan: Plan, folder: Path, broker: Broker, disk: SmallDisk | None, found: Findings) -> None:
    settings = settings_for(plan, folder, broker)
    size = replace(plan.size, documents=0) if plan.scenario.articles_only else plan.size
    truth = truth_of(plan.seed, size)  # before anything runs, since it takes this machine's cores
    ensure_topics(settings)
    service = Service(settings, folder, plan.scenario.workers, plan.scenario.script)
    scene = Scene(settings, folder, broker, service, random.Random(plan.seed), disk, plan.scenario.seconds)
    sender = Sender(settings, workload(plan.seed, size), plan.scenario.seconds)
    try:
        service.start()
        sender.start()
        plan.scenario.play(scene)
        service.heal()
        sender.finish()
        wait_recovered(settings, service.members)
        found.recover_seconds = round(time.monotonic() - scene.last_fault, 1)
        service.stop()
        found.verdict = judge(settings, truth)
        if plan.scenario.calm:
            check_calm(service.exits())
    finally:
        sender.close()
        service.close()
        found.faults, found.guard_exits = scene.faults, service.guard_exits()


def check_calm(exits: Counter[str]) -> None:
    """Raises `UnrestError` when any worker has ended unasked, or was asked and did not end in order."""
    if exits:
        raise UnrestError(f"workers ended unasked or not in order: {dict(exits)}")


def _result(plan: Plan, found: Findings, seconds: float) -> Result:
    return Result(
        scenario=plan.scenario.name, store=plan.store, seed=plan.seed, brokers=found.brokers, lost=found.verdict.lost,
        doubled=found.verdict.doubled, wrong=len(found.verdict.wrong), replayed=found.verdict.replayed,
        guard_exits=found.guard_exits, hangs=tuple(found.hangs), faults=found.faults,
        recover_seconds=found.recover_seconds, seconds=round(seconds, 1), error=found.error,
    )  # fmt: skip


def _kept(result: Result, found: Findings, folder: Path) -> Result:
    """Leave beside the broker's data and the logs what was found."""
    (folder / "wrong.txt").write_text("\n".join(found.verdict.wrong) + "\n", encoding="utf-8")
    kept = replace(result, folder=str(folder))
    (folder / "result.json").write_text(json.dumps({"hangs": found.hangs, "error": found.error}), encoding="utf-8")
    return kept
