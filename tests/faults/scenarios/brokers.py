"""Faults of the broker: stopped in order, killed, away for a minute; one of three nodes killed."""

from __future__ import annotations

from streams.broker import EmbeddedBroker
from tests.faults.cluster import Cluster
from tests.faults.scene import Scenario, Scene, one_node, three_nodes


def stop_broker(scene: Scene) -> None:
    """Two workers; the broker is stopped in order and started again, twice"""
    for _ in range(2):
        _interrupt(scene, "stopped", EmbeddedBroker.stop, (1.0, 8.0))


def kill_broker(scene: Scene) -> None:
    """Two workers; the broker is killed with -9 and started again, twice"""
    for _ in range(2):
        _interrupt(scene, "killed", EmbeddedBroker.kill, (0.0, 8.0))


def broker_away(scene: Scene) -> None:
    """Two workers; the broker is away for a minute"""
    _interrupt(scene, "away for a minute", EmbeddedBroker.kill, (60.0, 65.0))


def _interrupt(scene: Scene, what: str, end: object, seconds: tuple[float, float]) -> None:
    assert isinstance(scene.broker, EmbeddedBroker)
    assert callable(end)
    scene.service.wait_ready()
    scene.pause(0.0, 3.0)
    scene.wait_for_work()
    end(scene.broker)
    scene.note(f"the broker is {what}")
    scene.pause(*seconds)
    scene.broker.start()
    scene.broker.wait_ready()
    scene.note("the broker is back")


def kill_node(scene: Scene) -> None:
    """Two workers, three nodes: one is killed and started again: the group's coordinator, then any"""
    cluster = scene.broker
    assert isinstance(cluster, Cluster)
    for whom in ("coordinator", "any"):
        scene.service.wait_ready()
        scene.wait_for_work()
        number = _node(scene, cluster, whom)
        cluster.kill(number)
        scene.note(f"node {number} is killed: {whom}")
        scene.pause(2.0, 15.0)
        cluster.restart(number)
        cluster.wait_ready()
        scene.note(f"node {number} is back")


def _node(scene: Scene, cluster: Cluster, whom: str) -> int:
    if whom == "coordinator":
        return cluster.coordinator(scene.settings.application_id)
    return scene.chance.choice(list(cluster.nodes))


SCENARIOS = (
    Scenario("stop-broker", stop_broker, workers=2, broker=one_node),
    Scenario("kill-broker", kill_broker, workers=2, broker=one_node),
    Scenario("broker-away", broker_away, workers=2, seconds=80, broker=one_node),
    Scenario("kill-node", kill_node, workers=2, seconds=60, broker=three_nodes),
)
