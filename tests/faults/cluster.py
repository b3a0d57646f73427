"""Three Kafka nodes on this machine, to kill one of them while the others go on."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from kafka import KafkaAdminClient
from kafka.errors import KafkaError

from streams.broker import EmbeddedBroker, free_port, is_ready, random_id
from streams.broker_jars import BrokerError
from streams.topic_admin import least_in_sync

HEAP = "320m"
READY_SECONDS = 240.0
"""Three JVMs on a machine of two cores, which may have other work."""
OFFSETS_TOPIC = "__consumer_offsets"


class Node(EmbeddedBroker):
    """One node of a cluster: the embedded broker, with the settings that make it one of several."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder, free_port(), HEAP)
        self.controller = f"127.0.0.1:{free_port()}"
        self.properties: dict[str, str] = {}
        self.options: tuple[str, ...] = ()

    def _write_properties(self) -> Path:
        (self.folder / "controller.port").write_text(self.controller.partition(":")[2], encoding="utf-8")
        path = super()._write_properties()
        with path.open("a", encoding="utf-8") as file:  # of a name that stands twice, Java takes the last
            file.writelines(f"{name}={value}\n" for name, value in self.properties.items())
        return path

    def _format_options(self) -> tuple[str, ...]:
        return self.options


class Cluster:
    """Nodes numbered from 1, as Kafka numbers them; each is a broker and a controller, and votes."""

    def __init__(self, folder: Path, nodes: int = 3) -> None:
        self.nodes = {number: Node(folder / f"node-{number}") for number in range(1, nodes + 1)}
        controllers = ",".join(node.controller for node in self.nodes.values())
        voters = ",".join(f"{number}@{node.controller}:{random_id()}" for number, node in self.nodes.items())
        options = ("-t", random_id(), "--initial-controllers", voters)
        for number, node in self.nodes.items():
            node.properties = _properties(number, nodes, controllers)
            node.options = options

    @property
    def bootstrap(self) -> str:
        """Where clients connect: host:port of every node, separated by commas."""
        return ",".join(node.bootstrap for node in self.nodes.values())

    def start(self) -> None:
        """Start every node. Raises `BrokerError`."""
        for node in self.nodes.values():
            node.start()

    def wait_ready(self, seconds: float = READY_SECONDS) -> None:
        """Wait until every node takes part and has every replica it should have. Raises `BrokerError`."""
        deadline = time.monotonic() + seconds
        while not self._is_whole():
            if ended := [number for number, node in self.nodes.items() if not node.is_running()]:
                raise BrokerError(f"nodes {ended} ended; see {self.nodes[ended[0]].log}")
            if time.monotonic() > deadline:
                raise BrokerError(f"not all of {len(self.nodes)} nodes had every replica within {seconds:.0f} s")
            time.sleep(0.2)

    def stop(self) -> None:
        """Stop every node, all at once: each hands over what it leads while there is still a quorum."""
        with ThreadPoolExecutor(len(self.nodes)) as threads:
            list(threads.map(Node.stop, self.nodes.values()))

    def kill(self, number: int) -> None:
        """Kill one node at once, as a crash would."""
        self.nodes[number].kill()

    def restart(self, number: int) -> None:
        """Start a node again that was killed or stopped; `wait_ready` waits until it has caught up."""
        self.nodes[number].start()

    def coordinator(self, group: str) -> int:
        """The node that coordinates a consumer group: it leads the partition of offsets that the group hashes to."""
        leaders = self._leaders(OFFSETS_TOPIC)
        hashed = 0
        for character in group:  # Java's String.hashCode
            hashed = (31 * hashed + ord(character)) & 0xFFFFFFFF
        return leaders[(hashed & 0x7FFFFFFF) % len(leaders)]

    def busiest(self, *topics: str) -> int:
        """The node that leads the most partitions of these topics."""
        return Counter(leader for topic in topics for leader in self._leaders(topic).values()).most_common(1)[0][0]

    def _leaders(self, topic: str) -> dict[int, int]:
        with self._admin() as admin:
            (described,) = admin.describe_topics([topic])
        return {part["partition_index"]: part["leader_id"] for part in described["partitions"]}

    def _is_whole(self) -> bool:
        # For some seconds the others take a killed node for present: so ask each of them first.
        if not all(is_ready(node.bootstrap) for node in self.nodes.values()):
            return False
        try:
            with self._admin() as admin:
                brokers = admin.describe_cluster()["brokers"]
                parts = [part for topic in admin.describe_topics() for part in topic["partitions"]]
        except KafkaError:  # no node answers yet
            return False
        known = {broker["broker_id"] for broker in brokers}
        return known == self.nodes.keys() and all(set(one["isr_nodes"]) == set(one["replica_nodes"]) for one in parts)

    @contextmanager
    def _admin(self) -> Iterator[Any]:
        admin = KafkaAdminClient(bootstrap_servers=self.bootstrap.split(","), bootstrap_timeout_ms=5000)
        try:
            yield admin
        finally:
            admin.close()

    def __enter__(self) -> Self:
        try:
            self.start()
            self.wait_ready()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()


def _properties(number: int, nodes: int, controllers: str) -> dict[str, str]:
    copies = min(3, nodes)
    needed = least_in_sync(copies)
    return {
        "node.id": str(number),
        "controller.quorum.bootstrap.servers": controllers,
        "min.insync.replicas": str(needed),
        "offsets.topic.replication.factor": str(copies),
        "transaction.state.log.replication.factor": str(copies),
        "transaction.state.log.min.isr": str(needed),
        "share.coordinator.state.topic.replication.factor": str(copies),
        "share.coordinator.state.topic.min.isr": str(needed),
    }
