"""The faults after which a worker is not started again."""

from __future__ import annotations

import socket

import pytest

from streams import topics
from tests.broker.bench import Bench

pytestmark = [pytest.mark.broker, pytest.mark.timeout(180)]


def test_too_many_dead_letters_stop_the_worker_for_good(bench: Bench) -> None:
    bench.send(topics.ARTICLES.name, [(b"%d" % number, b"no JSON") for number in range(20)])
    bench.start(dead_letters_per_minute=5)
    assert bench.wait_ended() == 70
    assert len(bench.worker_pids()) == 1
    assert bench.lag() > 0, "what was not kept as a dead letter is still to be read"


def test_an_internal_record_that_cannot_be_decoded_stops_the_worker_for_good(bench: Bench) -> None:
    bench.send(topics.MENTIONS.name, [(b"verbal|FRA", b'{"article_id": 1}')])
    bench.start()
    assert bench.wait_ended() == 71
    assert len(bench.worker_pids()) == 2
    (letter,) = bench.read(topics.dead_letters_of(topics.MENTIONS).name)
    assert letter[:2] == (b"verbal|FRA", b'{"article_id": 1}')
    assert letter[2]["stage"] == "merging"
    assert letter[2]["error"] == "wrong-fields"


def test_a_taken_port_stops_the_worker_for_good(bench: Bench) -> None:
    with socket.create_server((bench.settings.web_host, 0)) as taken:
        bench.start(web_port=taken.getsockname()[1])
        assert bench.wait_ended() == 72
    ended = [line["cause"] for line in bench.told() if line["event"].startswith("the worker ended for good")]
    assert ended[-1] == "port-taken"
