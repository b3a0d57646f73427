"""Kill -9 in the middle of the work, several times: nothing is lost, nothing is counted twice."""

from __future__ import annotations

import random
import time
from functools import partial

import pytest

from streams import codec, topics
from streams.records import DayCount, Document
from tests.broker.bench import Bench, wait_for
from tests.broker.worlds import COUNT_TOPICS, counts_of, counts_without_broker, document

pytestmark = [pytest.mark.broker, pytest.mark.faults, pytest.mark.timeout(300)]


def publish(bench: Bench, documents: list[Document]) -> None:
    bench.send(topics.DOCUMENTS.name, [(one.article_id.encode(), codec.encode(one)) for one in documents])


def has_started(bench: Bench, times: int) -> bool:
    return len(bench.worker_pids()) >= times


def counts(bench: Bench) -> dict[tuple[str, str, str], DayCount]:
    return counts_of([value for topic in COUNT_TOPICS for value in bench.latest(topic).values()])


def test_counts_are_exact_after_kills_and_rebalances(bench: Bench) -> None:
    chance = random.Random(7)
    documents = [document(f"a{number * 7 % 400}", number // 60, chance) for number in range(2400)]
    publish(bench, documents[:1600])
    bench.start()
    for number in range(3):
        wait_for(partial(has_started, bench, number + 1), "the worker was started again")
        bench.wait_ready()
        time.sleep(chance.uniform(0.3, 1.5))
        bench.kill_worker()
        assert bench.lag() > 0, "it was killed in the middle of the work"
        wait_for(lambda: bench.get("/readyz")[0] == 0, "the worker is gone")
    other = bench.another()
    other.start()
    other.wait_ready()
    publish(bench, documents[1600:])
    half = len(topics.INPUTS) * bench.settings.partitions // 2
    wait_for(lambda: other.metric("daybook_assigned_partitions") == half, "the two share the partitions")
    assert other.stop() == 0
    bench.wait_idle()
    assert counts(bench) == counts_without_broker(documents)
    assert bench.metric('daybook_worker_restarts_total{cause="killed"}') == 3
    assert bench.stop() == 0
