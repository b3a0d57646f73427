from datetime import UTC, datetime, timedelta, timezone

from streams.identity import article_id, canonical_url, utc_text, version_of
from streams.records import Article

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
