"""One of three Kafka nodes is killed in the middle of the work: the others take over, and every count stays right."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest
from kafka.admin import ConfigResource

from streams import codec, topics
from streams.broker import free_port
from streams.settings import Settings
from streams.topic_admin import admin_client, ensure_topics, internal_topics
from tests.broker.bench import Bench
from tests.broker.worlds import COUNT_TOPICS, counts_of, counts_without_broker, document
from tests.faults.cluster import Cluster

pytestmark = [pytest.mark.broker, pytest.mark.faults, pytest.mark.timeout(600)]


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    with Cluster(tmp_path_factory.mktemp("cluster")) as cluster:
        yield cluster


@pytest.fixture(scope="module")
def bench(cluster: Cluster, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    settings = Settings(
        broker=cluster.bootstrap, partitions=4, replication=3, state_dir=tmp_path_factory.mktemp("worker"),
        web_port=free_port(), session_timeout_seconds=6, coding_processes=1, count_interval_seconds=0.5,
        log_format="json",
    )  # fmt: skip
    ensure_topics(settings)
    cluster.wait_ready()
    bench = Bench(settings, cluster.nodes[1])
    yield bench
    bench.close()


def test_a_record_is_acknowledged_when_two_of_three_nodes_have_it(bench: Bench) -> None:
    ours = [topic.name for topic in (*topics.TOPICS, *internal_topics(bench.settings.application_id))]
    with admin_client(bench.settings) as admin:
        described = admin.describe_configs([ConfigResource("TOPIC", name) for name in ours], config_filter="all")
    configs = {name: found for told in described.values() for name, found in told.items()}
    least = {name: found["min.insync.replicas"] for name, found in configs.items()}
    assert least.keys() == set(ours)
    assert {(one["value"], one["config_source"]) for one in least.values()} == {("2", "DYNAMIC_TOPIC_CONFIG")}


def test_counts_are_exact_after_the_loss_of_a_node(bench: Bench, cluster: Cluster) -> None:
    chance = random.Random(11)
    documents = [document(f"a{number * 7 % 400}", number // 60, chance) for number in range(1600)]
    records = [(one.article_id.encode(), codec.encode(one)) for one in documents]
    bench.send(topics.DOCUMENTS.name, records[:1200])
    bench.start()
    bench.wait_ready()
    victim = cluster.coordinator(bench.settings.application_id)
    assert bench.lag() > 0, "it is killed in the middle of the work"
    cluster.kill(victim)
    bench.wait_idle(240)  # the two that are left do all of it
    cluster.restart(victim)
    bench.send(topics.DOCUMENTS.name, records[1200:])
    cluster.wait_ready()
    bench.wait_idle(240)
    found = counts_of([value for topic in COUNT_TOPICS for value in bench.latest(topic).values()])
    assert found == counts_without_broker(documents)
    assert bench.stop() == 0
