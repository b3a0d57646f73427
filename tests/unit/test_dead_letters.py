from datetime import UTC, datetime

from streams import topics
from streams.dead_letters import MAX_CONTENT_BYTES, Content, Place, RateLimit, fitted, headers_of
from streams.records import InvalidRecordError

NOON = datetime(2026, 3, 6, 12, tzinfo=UTC)


def test_headers_say_where_it_came_from_and_why() -> None:
    place = Place(topics.ARTICLES, 3, 41)
    error = InvalidRecordError("not-json", "unexpected end" + "!" * 1000)
    headers = dict(headers_of(place, "coding", error, NOON))
    assert headers["topic"] == b"news.articles.v1"
    assert (headers["partition"], headers["offset"], headers["stage"]) == (b"3", b"41", b"coding")
    assert headers["error"] == b"not-json"
    assert headers["message"].startswith(b"unexpected end")
    assert len(headers["message"]) == 500
    assert headers["time"] == b"2026-03-06T12:00:00.000Z"


def test_a_message_that_quotes_half_a_surrogate_pair_is_told_all_the_same() -> None:
    error = InvalidRecordError("wrong-fields", "title: \ud83d")
    headers = dict(headers_of(Place(topics.ARTICLES, 0, 0), "coding", error, NOON))
    assert headers["message"] == rb"title: \ud83d"


def test_what_fits_is_kept_whole() -> None:
    assert fitted(b"key", b"1234567", 10) == Content(b"key", b"1234567")
    assert fitted(None, None, 10) == Content(None, None)
    assert fitted(b"k" * 9, None, 10) == Content(b"k" * 9, None)


def test_what_is_larger_than_the_topic_takes_is_cut_and_tells_its_size() -> None:
    assert fitted(b"key", b"12345678", 10) == Content(b"key", b"1234567", (("truncated", b"8"),))
    assert fitted(None, b"12345678901", 10) == Content(None, b"1234567890", (("truncated", b"11"),))
    assert fitted(b"k" * 11, None, 10) == Content(b"k" * 5, None, (("truncated-key", b"11"),))
    both = (("truncated-key", b"9"), ("truncated", b"20"))
    assert fitted(b"k" * 9, b"v" * 20, 10) == Content(b"k" * 5, b"v" * 5, both)


def test_a_cut_letter_with_the_longest_headers_fits_its_topic() -> None:
    kept = fitted(b"k" * 10**7, b"v" * 2 * 10**7)
    error = InvalidRecordError("not-json", "\U0001f4f0" * 1000)
    headers = (*headers_of(Place(topics.CONTRIBUTIONS, 999, 2**63 - 1), "revising", error, NOON), *kept.headers)
    told = sum(len(name) + len(value) for name, value in headers)
    assert len(kept.key or b"") + len(kept.value or b"") == MAX_CONTENT_BYTES
    assert MAX_CONTENT_BYTES + told + 1024 < topics.MAX_RECORD_BYTES, "a kilobyte is for Kafka's framing"


def test_the_limit_counts_a_sliding_minute() -> None:
    limit = RateLimit(2)
    assert limit.allows(0.0)
    assert limit.allows(59.0)
    assert limit.allows(60.0), "the first is a minute old"
    assert not limit.allows(61.0)
    assert limit.allows(200.0)
