"""Dead letters of any size: none stops the stream."""

from __future__ import annotations

import pytest
from kafka import KafkaProducer

from streams import topics
from streams.dead_letters import MAX_CONTENT_BYTES
from tests.broker.bench import Bench

pytestmark = [pytest.mark.broker, pytest.mark.timeout(240)]
SIZE = 20 * 1024 * 1024


@pytest.mark.parametrize("compression", ["gzip", "lz4"])
def test_an_article_larger_than_its_topic_takes_uncompressed_does_not_block_the_rest(
    bench: Bench, compression: str
) -> None:
    key = compression.encode()
    producer = KafkaProducer(
        bootstrap_servers=bench.settings.broker, compression_type=compression, max_request_size=2 * SIZE
    )
    for value in (b"x" * SIZE, b"no JSON"):
        producer.send(topics.ARTICLES.name, key=key, value=value).get(30)
    producer.close()
    bench.start()
    bench.wait_ready()
    bench.wait_idle()
    letters = [letter for letter in bench.read(topics.dead_letters_of(topics.ARTICLES).name) if letter[0] == key]
    (_, cut, told), (_, whole, told_of_whole) = letters
    assert cut == b"x" * (MAX_CONTENT_BYTES - len(key))
    assert told["truncated"] == str(SIZE)
    assert (told["topic"], told["stage"], told["error"]) == (topics.ARTICLES.name, "coding", "not-json")
    assert (whole, "truncated" in told_of_whole) == (b"no JSON", False)
    assert bench.stop() == 0
    assert not [line for line in bench.told() if line["event"].startswith("the worker ended")]
