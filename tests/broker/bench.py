"""A supervised worker on a real Kafka, to start, kill and ask."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from kafka import KafkaConsumer, KafkaProducer, TopicPartition
from kafka.errors import KafkaConnectionError

from streams import codec
from streams.broker import EmbeddedBroker, free_port
from streams.records import Event
from streams.settings import Settings
from streams.supervisor import environment_of
from streams.topics import EVENTS, INPUTS

SUPERVISE = (
    "import sys; from streams.settings import load; from streams.supervisor import supervise; "
    "sys.exit(supervise(load()))"
)
LIFELINE = "from streams.lifeline import signal_with_parent; signal_with_parent(9); "
"""So that nothing of a killed test stays behind."""
COORDINATOR_SECONDS = 30.0
"""So long a group may name a coordinator that is gone."""


def daybook(settings: Settings, *arguments: str, seconds: float = 240) -> subprocess.CompletedProcess[str]:
    """What the command does with these settings."""
    return subprocess.run(
        [sys.executable, "-m", "streams.cli", *arguments],
        env={**os.environ, **environment_of(settings)},
        capture_output=True,
        text=True,
        check=False,
        timeout=seconds,
    )


def wait_for(is_so: Callable[[], bool], what: str, seconds: float = 90.0) -> None:
    deadline = time.monotonic() + seconds
    while not is_so():
        if time.monotonic() > deadline:
            pytest.fail(f"not within {seconds:.0f} s: {what}")
        time.sleep(0.25)


def descendants(pids: set[int]) -> list[int]:
    """Process ids of children, their children, and so on."""
    parents = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            parents[int(stat.parent.name)] = int(stat.read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue  # it ended while we looked
    found: list[int] = []
    while pids := {pid for pid, parent in parents.items() if parent in pids}:
        found += pids
    return found


def told_in(log: Path) -> list[dict[str, Any]]:
    """The lines of the log of a supervisor and its workers."""
    if not log.exists():
        return []
    return [json.loads(line) for line in log.read_text().splitlines() if line.startswith("{")]


def pids_in(log: Path) -> list[int]:
    """Process ids of all workers started so far, by the supervisor's log."""
    return [line["pid"] for line in told_in(log) if line["event"] == "worker started"]


class SupervisedWorker:
    """A worker with its supervisor in a process of its own: to start, stop, kill, pause and ask."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.log = settings.state_dir / f"worker-{settings.web_port}.log"
        self.environment: dict[str, str] = {}
        """What its processes get besides the settings."""
        self._supervisor: subprocess.Popen[bytes] | None = None

    def start(self, script: str = SUPERVISE, **changes: object) -> None:
        """Run `script` with the settings, changed so, in its environment; by default it supervises the worker."""
        settings = self.settings.model_copy(update=changes)
        environment = {**os.environ, **environment_of(settings), **self.environment}
        with self.log.open("ab") as log:
            self._supervisor = subprocess.Popen([sys.executable, "-c", LIFELINE + script], env=environment, stderr=log)

    def is_ready(self) -> bool:
        return self.get("/readyz")[0] == 200

    def wait_ready(self) -> None:
        wait_for(self.is_ready, f"the worker is ready; see {self.log}")

    def stop(self) -> int:
        self.terminate()
        return self.wait_ended()

    def terminate(self) -> None:
        assert self._supervisor is not None
        self._supervisor.terminate()

    def wait_ended(self) -> int:
        assert self._supervisor is not None
        status = self._supervisor.wait(90)
        self._supervisor = None
        return status

    def close(self) -> None:
        if self._supervisor is not None:
            self.kill_supervisor()

    def worker_pids(self) -> list[int]:
        """Process ids of all workers started so far, by the supervisor's log."""
        return pids_in(self.log)

    def told(self) -> list[dict[str, Any]]:
        """The lines of the log of supervisor and workers."""
        return told_in(self.log)

    def kill_worker(self) -> None:
        """Kill -9, as a crash of the machine would."""
        os.kill(self.worker_pids()[-1], signal.SIGKILL)

    def kill_supervisor(self) -> None:
        """Kill -9; the worker ends with it."""
        assert self._supervisor is not None
        self._supervisor.kill()
        self._supervisor.wait()
        self._supervisor = None

    def kill_coding_process(self) -> None:
        """Kill -9 one of the worker's coding processes: a child of its fork server that has loaded the pipeline."""
        worker = self.worker_pids()[-1]
        coding = [pid for pid in descendants({worker}) if "spacy" in Path(f"/proc/{pid}/maps").read_text()]
        os.kill(coding[0], signal.SIGKILL)

    def pause(self) -> None:
        """SIGSTOP the worker and its coding processes, as a paused machine would; the supervisor goes on.

        Raises `ProcessLookupError` when no worker runs just now.
        """
        self._signal_all(signal.SIGSTOP)

    def resume(self) -> None:
        self._signal_all(signal.SIGCONT)

    def _signal_all(self, sign: signal.Signals) -> None:
        worker = self.worker_pids()[-1]
        children = descendants({worker})
        os.kill(worker, sign)
        for pid in children:
            with contextlib.suppress(ProcessLookupError):  # it ended while we looked
                os.kill(pid, sign)

    def get(self, path: str) -> tuple[int, str]:
        """Status and text of the worker's HTTP server; status 0 when nothing listens."""
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.settings.web_port}{path}", timeout=5) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()
        except OSError:
            return 0, ""

    def metric(self, sample: str) -> float:
        """Value of one sample of /metrics, named with its labels; 0 when it is not there."""
        for line in self.get("/metrics")[1].splitlines():
            if line.startswith(sample + " "):
                return float(line.rsplit(" ", 1)[1])
        return 0.0


class Bench(SupervisedWorker):
    """A broker with topics, and the worker that a test starts, kills and stops."""

    def __init__(self, settings: Settings, broker: EmbeddedBroker) -> None:
        super().__init__(settings)
        self.broker = broker

    def another(self) -> Bench:
        """A second worker on the same broker."""
        return Bench(self.settings.model_copy(update={"web_port": free_port()}), self.broker)

    def send(
        self,
        topic: str,
        records: Sequence[tuple[bytes | None, bytes | None]],
        headers: Sequence[tuple[str, bytes]] = (),
    ) -> None:
        """Write the records, all with these headers."""
        producer = KafkaProducer(bootstrap_servers=self.settings.broker, linger_ms=20, max_request_size=2**24)
        sent = [producer.send(topic, key=key, value=value, headers=list(headers)) for key, value in records]
        producer.flush()
        for future in sent:
            future.get(30)
        producer.close()

    def read(self, topic: str) -> list[tuple[bytes | None, bytes | None, dict[str, str]]]:
        """All records of a topic: key, value, headers."""
        consumer = KafkaConsumer(
            bootstrap_servers=self.settings.broker, auto_offset_reset="earliest", enable_auto_commit=False
        )
        parts = [TopicPartition(topic, number) for number in range(self.settings.partitions)]
        consumer.assign(parts)
        consumer.seek_to_beginning(*parts)
        ends = consumer.end_offsets(parts)
        records = []
        while any(consumer.position(part) < ends[part] for part in parts):
            for batch in consumer.poll(500).values():
                records += [(one.key, one.value, {name: text.decode() for name, text in one.headers}) for one in batch]
        consumer.close()
        return records

    def latest(self, topic: str) -> dict[bytes | None, bytes]:
        """The last value of each key of a compacted topic; tombstones left out."""
        last = {key: value for key, value, _ in self.read(topic)}
        return {key: value for key, value in last.items() if value is not None}

    def events(self) -> dict[str, Event]:
        """The published events, by id."""
        found = (codec.decode(Event, value) for value in self.latest(EVENTS.name).values())
        return {event.id: event for event in found}

    def daybook(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """What the command does with the settings of this bench."""
        return daybook(self.settings, *arguments)

    def lags(self) -> dict[str, int]:
        """By partition, the input records that the workers have not finished, as far as the committed offsets tell.

        A node that was just killed may still be named as the group's coordinator: then it is asked again.
        """
        deadline = time.monotonic() + COORDINATOR_SECONDS
        while True:
            try:
                return self._lags()
            except KafkaConnectionError:
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.5)

    def _lags(self) -> dict[str, int]:
        parts = [TopicPartition(topic.name, number) for topic in INPUTS for number in range(self.settings.partitions)]
        with contextlib.closing(
            KafkaConsumer(
                bootstrap_servers=self.settings.broker, group_id=self.settings.application_id, enable_auto_commit=False
            )
        ) as consumer:
            committed = {part: consumer.committed(part) or 0 for part in parts}
            ends = consumer.end_offsets(parts)
        lags = {f"{part.topic}[{part.partition}]": ends[part] - committed[part] for part in parts}
        return {place: lag for place, lag in lags.items() if lag}

    def lag(self) -> int:
        """How many input records the workers have not finished."""
        return sum(self.lags().values())

    def wait_idle(self, seconds: float = 120.0) -> None:
        """Wait until everything published so far has gone all the way, as long as anything moves within `seconds`.

        Asked twice, since stages feed each other.
        """
        moved, last = time.monotonic(), self.lags()
        while (lags := self.lags()) or last:
            if lags != last:
                moved, last = time.monotonic(), lags
            elif time.monotonic() > moved + seconds:
                pytest.fail(f"nothing has moved for {seconds:.0f} s: {lags}; see {self.log}")
