"""A publish that the broker refuses for good: the worker ends loudly and finishes nothing."""

from __future__ import annotations

import pytest
from kafka.admin import ConfigResource

from streams import topics
from streams.topic_admin import admin_client
from tests.broker.bench import Bench, wait_for
from tests.broker.worlds import article

pytestmark = [pytest.mark.broker, pytest.mark.timeout(180)]


def test_a_publish_that_the_broker_refuses_ends_the_worker_loudly(bench: Bench) -> None:
    with admin_client(bench.settings) as admin:
        admin.alter_configs([ConfigResource("TOPIC", topics.DOCUMENTS.name, {"max.message.bytes": "200"})])
    bench.send(topics.ARTICLES.name, [article("aid")])
    bench.start()
    wait_for(lambda: bench.log.exists() and len(bench.worker_pids()) >= 2, "it was started again")
    assert '"cause": "publish-failed"' in bench.log.read_text()
    assert bench.lag() > 0, "what was not published is not finished"
