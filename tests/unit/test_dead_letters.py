from datetime import UTC, datetime

from streams import topics
from streams.dead_letters import Place, RateLimit, headers_of, topic_for
from streams.records import InvalidRecordError


def test_headers_say_where_it_came_from_and_why() -> None:
    place = Place(topics.ARTICLES, 3, 41)
    error = InvalidRecordError("not-json", "unexpected end" + "!" * 1000)
    headers = dict(headers_of(place, "coding", error, datetime(2026, 3, 6, 12, tzinfo=UTC)))
    assert topic_for(place) == "news.articles.v1.dlq"
    assert headers["topic"] == b"news.articles.v1"
    assert (headers["partition"], headers["offset"], headers["stage"]) == (b"3", b"41", b"coding")
    assert headers["error"] == b"not-json"
    assert headers["message"].startswith(b"unexpected end")
    assert len(headers["message"]) == 500
    assert headers["time"] == b"2026-03-06T12:00:00.000Z"


def test_the_limit_counts_a_sliding_minute() -> None:
    limit = RateLimit(2)
    assert limit.allows(0.0)
    assert limit.allows(59.0)
    assert limit.allows(60.0), "the first is a minute old"
    assert not limit.allows(61.0)
    assert limit.allows(200.0)
