"""What the CODE stage does with one record, bad ones above all. The pipeline is the real one, loaded once."""

from datetime import UTC, datetime

import orjson
import pytest

from streams import codec
from streams.articles import ArticleProcessor
from streams.records import Document, InvalidRecordError
from streams.settings import load

FETCHED = "2025-06-17T08:00:00Z"
AT_MS = int(datetime(2025, 6, 17, 8, 5, tzinfo=UTC).timestamp() * 1000)
TEXT = (
    "NAIROBI, June 16, 2025 (Lakewire) - Kenyan police fired tear gas at protesters in Nairobi on Monday. "
    "President William Ruto met his Ugandan counterpart in Kampala, and the two countries signed a trade agreement."
)


@pytest.fixture(scope="module")
def processor() -> ArticleProcessor:
    return ArticleProcessor(load(max_article_characters=20_000))


def value(**fields: object) -> bytes:
    return orjson.dumps({"fetched": FETCHED, **fields})


def test_an_article_becomes_a_document_with_mentions(processor: ArticleProcessor) -> None:
    done = processor.process(b"k", value(text=TEXT, source="Lakewire"), AT_MS)
    document = codec.decode(Document, done.document)
    assert (done.outcome, done.key) == ("coded", document.article_id)
    assert {"COERCE", "ASSAULT", "CONSULT", "AGREE"} & {mention.type for mention in document.mentions}
    assert str(document.published.from_) == "2025-06-16"
    assert set(done.seconds) == {"reading", "coding"}
    assert all(TEXT[m.trigger.start : m.trigger.end] == m.trigger.text for m in document.mentions)


def test_the_same_bytes_give_the_same_document(processor: ArticleProcessor) -> None:
    one, two = (processor.process(b"k", value(text=TEXT), AT_MS).document for _ in range(2))
    assert one == two


def test_another_language_is_read_but_not_coded(processor: ArticleProcessor) -> None:
    text = (
        "El presidente viajó a Lima para reunirse con los sindicatos, que mantienen el paro y los bloqueos en el sur. "
        * 4
    )
    done = processor.process(b"k", value(text=text), AT_MS)
    assert (done.outcome, done.mentions) == ("skipped", 0)
    assert codec.decode(Document, done.document).language == "es"


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        (b"not json at all", "not-json"),
        (b'{"fetched": "2025-06-17T08:00:00Z", "text": "caf\xe9"}', "not-utf8"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "binary"),
        (b"[]", "wrong-fields"),
        (value(text=7), "wrong-fields"),
        (orjson.dumps({"text": TEXT}), "wrong-fields"),
        (value(text=TEXT, fetched="yesterday"), "wrong-fields"),
        (value(text=""), "empty-text"),
        (value(), "empty-text"),
        (value(text=" \n\t \u200b \n"), "empty-text"),
        (value(text="word " * 5000), "too-long"),
        (value(html="<p>" + "word " * 100_000), "too-long"),
        (value(html="<html><body><article>" + "<p>Police closed the road.</p>" * 1000), "too-long"),
        (value(text="\\u0000\\u0001" * 10 + "\x00\x01\x02" * 2000), "binary"),
        (value(text=TEXT, fetched="2035-01-01T00:00:00Z"), "future-date"),
        (value(text=TEXT, published="2035-01-01"), "future-date"),
        (value(text=TEXT, fetched="0001-01-01T00:00:00+14:00"), "bad-time"),
        (value(text=TEXT, id="x" * 600), "too-long"),
        (value(text=TEXT, title="word " * 1000), "too-long"),
    ],
)
def test_bad_input_is_refused_with_its_reason(processor: ArticleProcessor, bad: bytes, reason: str) -> None:
    with pytest.raises(InvalidRecordError) as raised:
        processor.process(b"k", bad, AT_MS)
    assert raised.value.reason == reason
    assert str(raised.value)


def test_a_null_value_retracts_what_stands_under_its_key(processor: ArticleProcessor) -> None:
    done = processor.process(b"article-1", None, AT_MS)
    document = codec.decode(Document, done.document)
    assert (done.outcome, document.article_id, document.retracted) == ("retracted", "article-1", True)
    assert document.version.fetched == "2025-06-17T08:05:00.000000Z"


def test_a_null_value_without_a_key_is_refused(processor: ArticleProcessor) -> None:
    with pytest.raises(InvalidRecordError) as raised:
        processor.process(None, None, AT_MS)
    assert raised.value.reason == "no-key"


def test_a_retracted_article_needs_no_text(processor: ArticleProcessor) -> None:
    done = processor.process(b"k", value(id="article-1", retracted=True), AT_MS)
    assert (done.outcome, done.key) == ("retracted", "article-1")


@pytest.mark.parametrize(
    "fields",
    [
        {"text": f"Russian shelling in Kharkiv killed {'9' * 20} people on Monday, officials said."},
        {"text": f"Russian shelling in Kharkiv killed {'9' * 5000} people and cost ${'9' * 400} on Monday."},
        {"text": TEXT, "url": "http://[bad"},
        {"text": TEXT, "published": "0001-01-01"},
        {"text": TEXT, "fetched": "0999-01-01T00:00:00Z"},
        {"text": "Troops attacked \ud800 Kyiv on Monday, killing two civilians in a market, the army said."},
    ],
)
def test_strange_but_possible_input_gives_a_document_that_the_next_stage_can_read(
    processor: ArticleProcessor, fields: dict[str, str]
) -> None:
    text = {name: field.encode("utf-8", "replace").decode() for name, field in fields.items()}
    done = processor.process(b"k", value(**text), AT_MS)
    assert codec.decode(Document, done.document).article_id == done.key


def test_a_fault_of_our_own_refuses_one_article_only(
    processor: ArticleProcessor, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ZeroDivisionError("a fault")

    with monkeypatch.context() as patched:
        patched.setattr(processor._coder, "code", fail)
        with pytest.raises(InvalidRecordError, match="ZeroDivisionError") as raised:
            processor.process(b"k", value(text=TEXT), AT_MS)
    assert raised.value.reason == "cannot-code"
    assert processor.process(b"k", value(text=TEXT), AT_MS).outcome == "coded"


def test_a_timestamp_that_is_no_time_is_refused(processor: ArticleProcessor) -> None:
    with pytest.raises(InvalidRecordError) as raised:
        processor.process(b"k", value(text=TEXT), 10**17)
    assert raised.value.reason == "bad-time"
