from datetime import UTC, datetime, timedelta, timezone

import pytest

from streams.identity import article_id, canonical_url, moment_of, utc_text, version_of
from streams.records import Article, InvalidRecordError

NOON = datetime(2024, 5, 17, 12, tzinfo=UTC)


def test_the_id_given_wins() -> None:
    assert article_id(Article(fetched=NOON, id="a1", url="https://x.org/1", text="t")) == "a1"


def test_one_page_under_several_addresses_is_one_article() -> None:
    addresses = [
        "https://www.example.org/world/strike?utm_source=mail&id=7#top",
        "http://example.org/world/strike/?id=7",
        "HTTPS://m.example.org/world/strike?id=7&fbclid=abc",
    ]
    assert len({article_id(Article(fetched=NOON, url=url, text="t")) for url in addresses}) == 1
    assert canonical_url("https://example.org/a?id=7") != canonical_url("https://example.org/a?id=8")


def test_what_may_name_the_page_is_kept() -> None:
    addresses = [
        "x.org/story?12345",
        "x.org/story?99999",
        "x.org:8080/story?12345",
        "x.org/#!/1",
        "x.org/#!/2",
        "x.org/?ref=7",
    ]
    assert len({canonical_url(f"https://{address}") for address in addresses}) == len(addresses)


@pytest.mark.parametrize(
    "url", [" ", "http://", "/story/1", "https://example.org/", "http://[bad", "http://a\u2100b/x"]
)
def test_an_address_that_names_no_page_identifies_nothing(url: str) -> None:
    ids = {article_id(Article(fetched=NOON, url=url, text=text)) for text in ("one", "two")}
    assert len(ids) == 2


def test_a_retraction_beats_a_telling_of_the_same_moment() -> None:
    told = [version_of(Article(fetched=NOON, text=f"text {number}")) for number in range(100)]
    assert all(version < version_of(Article(fetched=NOON, retracted=True)) for version in told)


def test_times_at_the_ends_of_the_calendar_are_refused_or_sorted() -> None:
    assert utc_text(datetime(999, 1, 1, tzinfo=UTC)) < utc_text(NOON)
    with pytest.raises(InvalidRecordError):
        utc_text(datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=14))))
    with pytest.raises(InvalidRecordError):
        moment_of(1e18)


def test_without_url_the_text_decides_but_not_across_sources() -> None:
    one = article_id(Article(fetched=NOON, source="A", text="same words"))
    assert one == article_id(Article(fetched=NOON + timedelta(days=1), source="A", text="same words"))
    assert one != article_id(Article(fetched=NOON, source="B", text="same words"))


def test_versions_order_by_fetch_time_then_content() -> None:
    old, new = Article(fetched=NOON, text="b"), Article(fetched=NOON + timedelta(microseconds=1), text="a")
    assert version_of(old) < version_of(new)
    assert version_of(old) == version_of(Article(fetched=NOON, text="b"))
    assert version_of(old) != version_of(Article(fetched=NOON, text="c"))


def test_times_are_compared_in_utc() -> None:
    tokyo = datetime(2024, 5, 17, 21, tzinfo=timezone(timedelta(hours=9)))
    assert utc_text(tokyo) == utc_text(NOON) == utc_text(NOON.replace(tzinfo=None)) == "2024-05-17T12:00:00.000000Z"


def test_a_retraction_has_the_content_of_nothing() -> None:
    one = version_of(Article(fetched=NOON, text="x", retracted=True))
    assert one == version_of(Article(fetched=NOON, retracted=True))
    assert one.content != version_of(Article(fetched=NOON, text="x")).content
