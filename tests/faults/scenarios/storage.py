"""Faults of storage: changelogs compacted under the worker, disks that run full."""

from __future__ import annotations

from pathlib import Path

from kafka.admin import ConfigResource

from streams.broker import EmbeddedBroker, free_port
from streams.topic_admin import admin_client, internal_topics
from tests.faults.scene import Broker, Scenario, Scene, one_node
from tests.faults.service import STATE
from tests.faults.verdict import end_of, read
from tests.faults.watch import until

COMPACTING = {"log.cleaner.backoff.ms": "200", "log.cleaner.threads": "1"}
COMPACTED = {
    "segment.bytes": str(1024 * 1024),
    "min.cleanable.dirty.ratio": "0.01",
    "min.compaction.lag.ms": "0",
    "max.compaction.lag.ms": "2000",
    "delete.retention.ms": "100",
    "file.delete.delay.ms": "100",
}


class TunedBroker(EmbeddedBroker):
    """The embedded broker with some properties of its own."""

    def __init__(self, folder: Path, properties: dict[str, str]) -> None:
        super().__init__(folder, free_port())
        self._properties = properties

    def _write_properties(self) -> Path:
        path = super()._write_properties()
        with path.open("a", encoding="utf-8") as file:
            file.writelines(f"{name}={value}\n" for name, value in self._properties.items())
        return path


def compacting_broker(folder: Path) -> TunedBroker:
    """A broker that looks several times a second for something to compact."""
    return TunedBroker(folder, COMPACTING)


def compact(scene: Scene) -> None:
    """One worker, killed after its changelogs were compacted and their old segments deleted, twice"""
    (member,) = scene.service.members
    changelogs = [topic.name for topic in internal_topics(scene.settings.application_id)]
    with admin_client(scene.settings) as admin:
        admin.alter_configs([ConfigResource("TOPIC", name, COMPACTED) for name in changelogs])
    for _ in range(2):
        scene.wait_ready(member)
        until(lambda: any(removed(scene, name) > 0 for name in changelogs), "compaction removes records", 120)
        scene.wait_for_work()
        told = ", ".join(f"{removed(scene, name)} records of {name}" for name in changelogs)
        scene.kill(member, f"after compaction has removed {told}")


def removed(scene: Scene, topic: str) -> int:
    """How many records of a topic compaction has taken away."""
    end = end_of(scene.settings, topic)
    return max(0, end - sum(1 for _ in read(scene.settings, topic)))


def fill_broker_disk(scene: Scene) -> None:
    """Two workers; the broker's disk is full, Kafka halts, and is started again when there is room"""
    assert isinstance(scene.broker, EmbeddedBroker)
    assert scene.disk is not None
    scene.service.wait_ready()
    scene.pause(0.0, 10.0)
    scene.wait_for_work()
    scene.disk.fill()
    scene.note("the broker's disk is full")
    until(lambda: not is_running(scene.broker), "Kafka halts when it cannot write", 120)
    scene.pause(0.0, 10.0)
    scene.disk.free()
    scene.broker.stop()
    scene.broker.start()
    scene.broker.wait_ready()
    scene.note("there is room again, and the broker is back")


def is_running(broker: Broker) -> bool:
    """Whether the one broker lives."""
    return isinstance(broker, EmbeddedBroker) and broker.is_running()


def fill_state_disk(scene: Scene) -> None:
    """Two workers; the disk with the state of one is full for a while"""
    assert scene.disk is not None
    member = scene.service.members[0]
    scene.service.wait_ready()
    scene.pause(0.0, 5.0)
    scene.wait_for_work()
    scene.disk.fill()
    scene.note(f"the disk of {member.name} is full")
    until(lambda: member.exits()["disk-full"] > 0, f"{member.name} ends for its full disk", 180)
    scene.pause(0.0, 10.0)
    scene.disk.free()
    scene.note("there is room again")


SCENARIOS = (
    Scenario("compact", compact, seconds=60, broker=compacting_broker),
    Scenario("fill-broker-disk", fill_broker_disk, workers=2, broker=one_node, small_disk="broker/data"),
    Scenario("fill-state-disk", fill_state_disk, workers=2, stores=("rocksdb",), small_disk=f"worker-1/{STATE}"),
)
