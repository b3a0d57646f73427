"""Articles all the way to counts on a real broker, with poison between them, corrections and retractions."""

from __future__ import annotations

import json

import pytest

from streams import topics
from tests.broker.bench import Bench, wait_for
from tests.broker.worlds import COUNT_TOPICS, TEXTS, article, counts_of, counts_without_broker, documents_of

pytestmark = [pytest.mark.broker, pytest.mark.timeout(240)]
POISON = [(b"torn", b'{"text": "torn'), (b"no-json", b"\x00\x01\x02"), (None, b'{"id": "dateless"}'),
          (b"huge", b"x" * 12_000_000)]  # fmt: skip


@pytest.fixture(scope="module")
def running(bench: Bench) -> Bench:
    """The bench after the articles of `TEXTS`, with poison among them, have gone through."""
    bench.start()
    bench.wait_ready()
    articles = [article(name) for name in TEXTS]
    bench.send(topics.ARTICLES.name, [*articles[:2], *POISON, *articles[2:]])
    bench.wait_idle()
    return bench


def counts(bench: Bench) -> dict[tuple[str, str, str], object]:
    return dict(counts_of([value for topic in COUNT_TOPICS for value in bench.latest(topic).values()]))


def test_counts_equal_those_of_the_filters(running: Bench) -> None:
    expected = counts_without_broker(documents_of(running.settings, [article(name) for name in TEXTS]))
    assert expected
    assert counts(running) == expected


def test_poison_is_kept_with_its_place_and_reason(running: Bench) -> None:
    letters = running.read(topics.dead_letters_of(topics.ARTICLES).name)
    assert {(key, value) for key, value, _ in letters} == set(POISON)
    by_value = {value: headers for _, value, headers in letters}
    assert {headers["error"] for headers in by_value.values()} == {"not-json", "binary", "wrong-fields"}
    for headers in by_value.values():
        assert headers["topic"] == topics.ARTICLES.name
        assert headers["stage"] == "coding"
        assert int(headers["partition"]) in range(4)
        assert int(headers["offset"]) >= 0
        assert headers["message"]
        assert headers["time"].endswith("Z")


def test_metrics_and_health_tell_of_it(running: Bench) -> None:
    assert running.metric('daybook_articles_total{outcome="coded"}') >= len(TEXTS)
    assert running.metric('daybook_articles_total{outcome="rejected"}') == len(POISON)
    assert running.metric('daybook_dead_letters_total{reason="binary",topic="news.articles.v1"}') == 1
    assert running.metric('daybook_counts_published_total{kind="actor"}') > 0
    assert running.metric("daybook_end_to_end_delay_seconds_count") > 0
    assert running.metric("daybook_assigned_partitions") == 4 * len(topics.INPUTS)
    assert running.get("/healthz") == (200, "ok\n")
    assert running.get("/readyz")[0] == 200


def test_a_null_value_retracts_and_a_correction_replaces(running: Bench) -> None:
    correction = article("visit", text="France's president met Italy's prime minister in Rome on Wednesday.",
                         fetched="2026-03-06T11:00:00Z")  # fmt: skip
    running.send(topics.ARTICLES.name, [(b"shelling", None), (b"reprint", None), correction])
    running.wait_idle()
    left = [correction, article("accusation"), article("aid")]
    expected = counts_without_broker(documents_of(running.settings, left))
    assert expected
    assert counts(running) == expected


def test_what_a_killed_coding_process_had_in_hand_is_coded_all_the_same(running: Bench) -> None:
    before = running.metric('daybook_articles_total{outcome="coded"}')
    records = [article(f"again-{number}", text=TEXTS["aid"]) for number in range(40)]
    running.send(topics.ARTICLES.name, records)
    wait_for(lambda: running.metric('daybook_articles_total{outcome="coded"}') > before, "coding has begun")
    running.kill_coding_process()
    running.wait_idle()
    assert running.metric('daybook_articles_total{outcome="coded"}') == before + len(records)
    documents = [json.loads(value or b"")["article_id"] for _, value, _ in running.read(topics.DOCUMENTS.name)]
    assert {f"again-{number}" for number in range(40)} <= set(documents)


def test_sigterm_stops_it_in_order(running: Bench) -> None:
    assert running.stop() == 0
    assert running.lag() == 0
