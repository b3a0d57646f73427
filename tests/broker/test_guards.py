"""The guards on the real broker: each fires where it must, the worker is started again, and the counts are exact."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from kafka import KafkaProducer, TopicPartition

from streams import codec, topics
from streams.engine.fence import EPOCH_HEADER
from streams.records import DayCount, Document
from streams.topic_admin import admin_client, internal_topics
from tests.broker.bench import Bench, wait_for
from tests.broker.conftest import fresh_bench
from tests.broker.worlds import COUNT_TOPICS, counts_of, counts_without_broker, document
from tests.faults.faulty_worker import supervise
from tests.faults.verdict import Kept, read

pytestmark = [pytest.mark.broker, pytest.mark.faults, pytest.mark.timeout(300)]
ALL_INPUTS = 4 * len(topics.INPUTS)


@pytest.fixture
def worker(tmp_path: Path) -> Iterator[Bench]:
    """A worker, not started, on a fresh broker: what one test does to the topics is none of the next one's."""
    with fresh_bench(tmp_path) as worker:
        yield worker


@pytest.fixture
def other(worker: Bench) -> Iterator[Bench]:
    """A second worker on the same broker."""
    other = worker.another()
    yield other
    other.close()


def documents_made(seed: int, number: int) -> list[Document]:
    """So many documents about half as many articles, so that half of them are corrections."""
    chance = random.Random(seed)
    articles = max(1, number // 2)
    return [document(f"a{index % articles}-{seed}", index // articles, chance) for index in range(number)]


def publish(worker: Bench, documents: list[Document]) -> None:
    worker.send(topics.DOCUMENTS.name, [(one.article_id.encode(), codec.encode(one)) for one in documents])


def counts(worker: Bench) -> dict[tuple[str, str, str], DayCount]:
    return counts_of([value for topic in COUNT_TOPICS for value in worker.latest(topic).values()])


def causes(worker: Bench) -> list[str]:
    """Why its processes ended, in order."""
    return [line["cause"] for line in worker.told() if line["event"].startswith("the worker ended")]


def critical(worker: Bench) -> list[str]:
    return [line["event"] for line in worker.told() if line["level"] == "critical"]


def assigned(worker: Bench) -> float:
    return worker.metric("daybook_assigned_partitions")


def test_a_worker_stopped_past_its_session_ends_when_it_wakes(worker: Bench, other: Bench) -> None:
    documents = documents_made(1, 2400)
    for one in (worker, other):
        one.start()
    wait_for(lambda: assigned(worker) == assigned(other) == ALL_INPUTS / 2, "the two share the partitions")
    publish(worker, documents)
    worker.pause()
    assert worker.lag() > 0, "it was stopped in the middle of the work"
    wait_for(lambda: assigned(other) == ALL_INPUTS, "the other has taken over")
    worker.resume()
    wait_for(lambda: bool(causes(worker)), "the worker ends")
    assert causes(worker)[0] in {"lease-lost", "changelog-taken"}
    wait_for(lambda: assigned(worker) == assigned(other) == ALL_INPUTS / 2, "it was started again")
    worker.wait_idle()
    assert counts(worker) == counts_without_broker(documents)
    # What one that ends had handed to its producer may reach the changelogs of the other, which then undoes it.
    assert {*causes(worker)[1:], *causes(other)} <= {"changelog-taken"}
    assert (worker.stop(), other.stop()) == (0, 0)


def test_a_worker_whose_event_loop_is_blocked_ends(worker: Bench) -> None:
    documents = documents_made(2, 600)
    publish(worker, documents)
    worker.start(supervise("loop-blocks"), article_seconds=4, stall_seconds=15)
    wait_for(lambda: bool(causes(worker)), "the worker ends")
    assert causes(worker) == ["stalled"]
    assert "the event loop is silent" in critical(worker)[0]
    worker.wait_idle()
    assert counts(worker) == counts_without_broker(documents)
    assert worker.metric('daybook_worker_restarts_total{cause="stalled"}') == 1
    assert (len(causes(worker)), worker.stop()) == (1, 0)


def test_a_foreign_record_in_a_changelog_ends_the_worker_and_is_undone(worker: Bench) -> None:
    documents = documents_made(3, 800)
    publish(worker, documents[:400])
    worker.start()
    worker.wait_ready()
    worker.wait_idle()
    changelog, *_ = internal_topics(worker.settings.application_id)
    foreign = write_foreign(worker, changelog.name, b"x", b"{}")
    publish(worker, documents[400:])  # articles of every partition
    wait_for(lambda: bool(causes(worker)), "the worker ends")
    assert causes(worker) == ["changelog-taken"]
    worker.wait_ready()
    worker.wait_idle()
    assert counts(worker) == counts_without_broker(documents)
    first, *others = [one for one in read(worker.settings, changelog.name) if one.key == b"x"]
    assert (first.value, first.place) == (b"{}", foreign)
    assert [one.value for one in others] == [None], "it was written again as it was: not there"
    assert int(others[0].headers[EPOCH_HEADER]) > 0
    assert (len(causes(worker)), worker.stop()) == (1, 0)


def write_foreign(worker: Bench, topic: str, key: bytes, value: bytes) -> tuple[str, int, int]:
    """Write as something would that is no worker: without an epoch. The place of the record."""
    producer = KafkaProducer(bootstrap_servers=worker.settings.broker)
    written = producer.send(topic, key=key, value=value, partition=0).get(30)
    producer.close()
    return written.topic, written.partition, written.offset


def test_records_that_retention_deleted_unread_are_told_and_the_rest_is_read(worker: Bench) -> None:
    documents = documents_made(4, 800)
    publish(worker, documents[:200])
    worker.start()
    worker.wait_ready()
    worker.wait_idle()
    assert worker.stop() == 0
    publish(worker, documents[200:])
    deleted = deleted_unread(worker, read_before=200, delete=10)
    assert len(deleted) == 30
    worker.start()
    worker.wait_ready()
    worker.wait_idle()
    assert worker.metric('daybook_deleted_unread_records{topic="news.documents.v1"}') == len(deleted)
    assert sum("were deleted before they were read" in told for told in critical(worker)) == 3
    gone = {one.value for one in deleted}
    assert counts(worker) == counts_without_broker([one for one in documents if codec.encode(one) not in gone])
    assert worker.get("/healthz")[0] == 200
    assert causes(worker) == []
    assert worker.stop() == 0


def deleted_unread(worker: Bench, read_before: int, delete: int) -> list[Kept]:
    """Delete the first unread documents of three partitions, so many of each, as retention would; which they were."""
    group, parts = (
        worker.settings.application_id,
        [TopicPartition(topics.DOCUMENTS.name, number) for number in range(3)],
    )
    records = list(read(worker.settings, topics.DOCUMENTS.name))
    with admin_client(worker.settings) as admin:
        committed = admin.list_group_offsets({group: parts})[group]
        beyond = {part: committed[part].offset + delete for part in parts}
        admin.delete_records(beyond)
    assert 0 < sum(committed[part].offset for part in parts) < read_before
    return [one for one in records if is_among(one, {part.partition: committed[part].offset for part in parts}, delete)]


def is_among(one: Kept, starts: dict[int, int], length: int) -> bool:
    """Whether a record is among so many from the start in its partition."""
    _, partition, offset = one.place
    return partition in starts and starts[partition] <= offset < starts[partition] + length
