from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from streams import codec
from streams.records import Article, DateWindow, DayCount, InvalidRecordError


def test_dates_have_their_wire_names() -> None:
    window = DateWindow(date(2024, 1, 2), date(2024, 1, 3), "days", "text")
    assert codec.plain(window) == {"from": "2024-01-02", "to": "2024-01-03", "precision": "days", "evidence": "text"}
    assert codec.decode(DateWindow, codec.encode(window)) == window


def test_unknown_fields_are_ignored_and_new_ones_optional() -> None:
    article = codec.decode(Article, b'{"fetched": "2024-05-17T10:00:00Z", "text": "x", "colour": "red"}')
    assert article == Article(fetched=datetime(2024, 5, 17, 10, tzinfo=UTC), text="x")


@pytest.mark.parametrize(
    ("value", "reason", "says"),
    [
        (b"{", "not-json", "not a JSON record"),
        (b"\xff\xfe{}", "not-utf8", "not a JSON record"),
        (b'{"text": "\xe9"}', "not-utf8", "not a JSON record"),
        (b"[1]", "wrong-fields", "expected a JSON object, got list"),
        (b'{"text": "no fetch time"}', "wrong-fields", "Article field fetched"),
        (b'{"fetched": "2024-05-17T10:00:00Z", "text": 5}', "wrong-fields", "Article field text"),
        (b"", "not-json", "not a JSON record"),
    ],
)
def test_what_does_not_decode_says_why(value: bytes, reason: str, says: str) -> None:
    with pytest.raises(InvalidRecordError, match=says) as raised:
        codec.decode(Article, value)
    assert raised.value.reason == reason


@given(st.binary(max_size=200))
def test_any_bytes_decode_or_are_refused(value: bytes) -> None:
    try:
        codec.decode(Article, value)
    except InvalidRecordError as error:
        assert error.reason in {"not-json", "not-utf8", "wrong-fields"}


def test_a_count_survives_the_wire() -> None:
    count = DayCount("2024-05-17", "actor", "SDN.MIL", "sector", "Sudan military", "SDN", 2, 1, 1, 5, 1, 0,
                     {"ASSAULT": 2}, {"material-conflict": 2}, 14, 3, 77, "2024-05-18T00:00:00.000000Z")  # fmt: skip
    assert codec.decode(DayCount, codec.encode(count)) == count
