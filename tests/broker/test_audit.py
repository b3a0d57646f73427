"""`daybook audit` of a real service: after ordinary work, after kills, while it lags, and with a wrong record."""

from __future__ import annotations

import json
import random
import subprocess
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial

import pytest

from streams import codec, topics
from streams.broker import free_port
from streams.records import DayCount, MentionRef, Override
from streams.settings import Settings
from tests.broker.bench import Bench, daybook, wait_for
from tests.broker.worlds import document

pytestmark = [pytest.mark.broker, pytest.mark.timeout(300)]


def audit(settings: Settings, *options: str) -> subprocess.CompletedProcess[str]:
    return daybook(settings, "audit", *options, seconds=120)


def has_published(bench: Bench) -> bool:
    return len(bench.read(topics.ACTOR_COUNTS.name)) > 0


@pytest.fixture(scope="module")
def served(bench: Bench) -> Bench:
    """The bench after documents, corrections, a decision and one kill went through, without worker."""
    chance = random.Random(11)
    documents = [document(f"a{number * 7 % 90}", number // 30, chance) for number in range(240)]
    bench.send(topics.DOCUMENTS.name, [(one.article_id.encode(), codec.encode(one)) for one in documents])
    mention = next(mention for one in documents for mention in one.mentions)
    made = datetime(2026, 3, 7, tzinfo=UTC)
    decision = Override("o1", made, mention.merge_key, "suppress", (MentionRef(mention.article_id, mention.id),))
    bench.send(topics.OVERRIDES.name, [(b"o1", codec.encode(decision))])
    bench.start()
    wait_for(partial(has_published, bench), "the first counts are out")
    bench.kill_worker()
    wait_for(lambda: len(bench.worker_pids()) > 1, "the worker was started again")
    bench.wait_idle()
    assert bench.stop() == 0
    return bench


def test_a_service_at_rest_passes(served: Bench) -> None:
    done = audit(served.settings)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "0 violations" in done.stderr
    told = json.loads(audit(served.settings, "--json").stdout)
    assert told["good"] is True
    assert {one["violated"] for one in told["invariants"]} == {0}
    assert {one["name"] for one in told["invariants"] if not one["checked"]} == {"late"}


def test_what_cannot_be_read_is_told(served: Bench) -> None:
    nowhere = audit(served.settings.model_copy(update={"broker": f"127.0.0.1:{free_port()}"}))
    assert nowhere.returncode == 2
    assert "daybook broker" in nowhere.stderr
    another = audit(served.settings.model_copy(update={"application_id": "another"}))
    assert another.returncode == 2
    assert "another-articles-changelog is not there" in another.stderr


def test_a_wrong_count_is_a_violation(served: Bench) -> None:
    key, value = min((key, value) for key, value in served.latest(topics.ACTOR_COUNTS.name).items() if key)
    right = codec.decode(DayCount, value)
    served.send(topics.ACTOR_COUNTS.name, [(key, codec.encode(replace(right, events=right.events + 1)))])
    done = audit(served.settings, "--json", "--limit", "1")
    assert done.returncode == 1
    (found,) = [one for one in json.loads(done.stdout)["invariants"] if one["violated"]]
    assert (found["name"], found["violated"]) == ("counts", 1)
    (violation,) = found["violations"]
    assert violation["subject"] == f"actor {key.decode()}"
    assert violation["expected"] == f"events {right.events}"
    assert violation["there"] == f"events {right.events + 1}"
    assert f"events {right.events + 1}" in audit(served.settings).stdout


def test_a_service_that_lags_is_not_judged(served: Bench) -> None:
    late = document("late", 99, random.Random(3))
    served.send(topics.DOCUMENTS.name, [(b"late", codec.encode(late))])
    done = audit(served.settings, "--wait", "1")
    assert done.returncode == 3
    assert "not at rest" in done.stderr
    assert done.stdout == ""
