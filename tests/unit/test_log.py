from __future__ import annotations

import json
import logging
import subprocess
import sys

from streams.log import REPEAT_SECONDS, Throttle

NOISE = """
import logging
from streams import log
from streams.settings import Settings
log.set_up(Settings(log_format="json"))
for number in range(500):
    logging.getLogger("aiokafka.conn").error("Unable connect to node with id %s", number)
    logging.getLogger("streams.supervisor").warning("waiting for the broker at %s", number)
"""


def record(message: str, created: float, name: str = "aiokafka.conn", level: int = logging.ERROR) -> logging.LogRecord:
    return logging.makeLogRecord({"name": name, "msg": message, "created": created, "levelno": level})


def test_what_a_library_repeats_is_shown_once_in_a_while() -> None:
    throttle = Throttle()
    assert throttle.filter(record("Unable connect to node with id %s", 100.0))
    assert not throttle.filter(record("Unable connect to node with id %s", 99.0 + REPEAT_SECONDS))
    assert throttle.filter(record("Topic %s not found", 101.0)), "another message"
    assert throttle.filter(record("Unable connect to node with id %s", 101.0, "aiokafka.client")), "another library"
    assert throttle.filter(record("Unable connect to node with id %s", 100.0 + REPEAT_SECONDS))
    assert not throttle.filter(record("Unable connect to node with id %s", 101.0 + REPEAT_SECONDS))


def test_the_same_with_other_numbers_is_a_repetition() -> None:
    throttle = Throttle()
    assert throttle.filter(record("Timer woke up with a drift of +0.40", 100.0, "streams.engine.recovery"))
    assert not throttle.filter(record("Timer woke up with a drift of +12.7", 101.0, "streams.engine.recovery"))


def test_why_a_worker_ends_is_always_shown() -> None:
    throttle = Throttle()
    for created in (100.0, 101.0):
        assert throttle.filter(record("worker ends: %s", created, "streams.engine.exits", logging.CRITICAL))


def test_a_worker_without_its_broker_shows_all_of_ours_and_little_of_the_libraries() -> None:
    done = subprocess.run([sys.executable, "-c", NOISE], capture_output=True, text=True, check=True)
    shown = [json.loads(line) for line in done.stderr.splitlines()]
    assert [line["event"] for line in shown if line["logger"] == "aiokafka.conn"] == [
        "Unable connect to node with id 0"
    ]
    assert len([line for line in shown if line["logger"] == "streams.supervisor"]) == 500
