"""From an article's bytes to its coded document: what the CODE stage does with one record.

No Kafka, no Faust: a coding process imports this module and nothing of the worker.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Literal

from streams import codec
from streams.coding import Coder
from streams.identity import article_id, utc_text, version_of
from streams.reading import read
from streams.records import Article, DateWindow, Document, InvalidRecordError, Version
from streams.settings import Settings

HTML_PER_TEXT = 20
"""A page may have so many times more characters of HTML than an article of text."""
Outcome = Literal["coded", "skipped", "retracted"]


@dataclass(frozen=True, slots=True)
class Processed:
    """A document ready to send, with what the metrics want to know of it."""

    document: bytes
    key: str
    outcome: Outcome
    """`skipped`: not in English, so read but not coded."""
    mentions: int
    seconds: dict[str, float] = field(default_factory=dict)
    """Seconds spent by stage (`reading`, `coding`)."""


def decode_article(value: bytes, settings: Settings) -> Article:
    """The article in a record's value. Raises `InvalidRecordError` for what no retry can mend."""
    if b"\x00" in value[:4096]:
        raise InvalidRecordError("binary", "the value holds NUL bytes: not a JSON record")
    article = codec.decode(Article, value)
    check_length(len(article.text or ""), settings.max_article_characters, "text")
    check_length(len(article.html or ""), settings.max_article_characters * HTML_PER_TEXT, "HTML")
    return article


def check_length(size: int, limit: int, what: str) -> None:
    """Refuse what would keep a coding process busy for minutes. Raises `InvalidRecordError` with reason `too-long`."""
    if size > limit:
        message = f"{size:,} characters of {what}; the limit is {limit:,} (setting max_article_characters)"
        raise InvalidRecordError("too-long", message)


def check_time(article: Article, timestamp_ms: int, settings: Settings) -> None:
    """Refuse an article from the future, since every later version of it would look older.

    `timestamp_ms` is the record's time, so that a replay decides as the first run did.
    Raises `InvalidRecordError` with reason `future-date`.
    """
    limit = datetime.fromtimestamp(timestamp_ms / 1000, UTC) + timedelta(hours=settings.max_future_hours)
    if utc_text(article.fetched) > utc_text(limit):
        raise InvalidRecordError("future-date", f"fetched {utc_text(article.fetched)} lies after {utc_text(limit)}")
    day = (article.published or "")[:10]
    if len(day) == 10 and day[:4].isdigit() and day > utc_text(limit)[:10]:
        raise InvalidRecordError("future-date", f"published {day} lies after {utc_text(limit)[:10]}")


def retraction(identity: str, version: Version, fetched: datetime, coder: str) -> Document:
    """The document that takes everything back which this article ever said."""
    return Document(
        article_id=identity, version=version, title=None, source=None, url=None, published=DateWindow(),
        fetched=fetched, language="", paragraphs=(), removed=(), signature=(), mentions=(), coder=coder, retracted=True,
    )  # fmt: skip


class ArticleProcessor:
    """Reads and codes articles one by one; loads the pipeline and lexicons once, when made."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._coder = Coder(
            pipeline=settings.pipeline, confidence=settings.confidence, historical_days=settings.historical_days
        )

    def process(self, key: bytes | None, value: bytes | None, timestamp_ms: int) -> Processed:
        """One record of `news.articles.v1`, as document. A null value is a retraction at the record's time.

        Raises `InvalidRecordError`.
        """
        if value is None:
            return self._tombstone(key, timestamp_ms)
        article = decode_article(value, self._settings)
        check_time(article, timestamp_ms, self._settings)
        document, seconds = self.document(article)
        if document.retracted:
            outcome: Outcome = "retracted"
        else:
            outcome = "coded" if document.language == "en" else "skipped"
        return Processed(codec.encode(document), document.article_id, outcome, len(document.mentions), seconds)

    def document(self, article: Article, *, full: bool = False) -> tuple[Document, dict[str, float]]:
        """The article read and coded, and the seconds that each took; `full` adds all places, parties and times.

        Raises `InvalidRecordError`.
        """
        identity, version = article_id(article), version_of(article)
        if article.retracted:
            return retraction(identity, version, article.fetched, self._coder.version), {}
        start = time.perf_counter()
        reading = read(article, identity, version, live=self._settings.live)
        check_length(len(reading.text), self._settings.max_article_characters, "text in the page")
        middle = time.perf_counter()
        document = self._coder.code(reading, full=full)
        return document, {"reading": middle - start, "coding": time.perf_counter() - middle}

    def _tombstone(self, key: bytes | None, timestamp_ms: int) -> Processed:
        if not key:
            raise InvalidRecordError("no-key", "a null value without a key retracts nothing")
        try:
            identity = key.decode()
        except UnicodeDecodeError as error:
            raise InvalidRecordError("not-utf8", f"the key is not UTF-8: {error}") from error
        fetched = datetime.fromtimestamp(timestamp_ms / 1000, UTC)
        version = version_of(Article(fetched=fetched, retracted=True))
        document = retraction(identity, version, fetched, self._coder.version)
        return Processed(codec.encode(document), identity, "retracted", 0)
