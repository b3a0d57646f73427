"""From an article's bytes to its coded document: what the CODE stage does with one record.

No Kafka, no Faust: a coding process imports this module and nothing of the worker.
"""

from __future__ import annotations

import re
import time
from dataclasses import replace
from datetime import datetime

from streams import codec
from streams.coding import Coder
from streams.coding_process import Outcome, Processed
from streams.extending.additions import read_additions
from streams.identity import article_id, moment_of, utc_text, version_of
from streams.merging.overrides import ARTICLE_PREFIX
from streams.reading import Reader
from streams.records import Article, DateWindow, Document, InvalidRecordError, Version
from streams.settings import Settings
from streams.topics import MAX_RECORD_BYTES

DOCUMENT_BYTES = MAX_RECORD_BYTES - 64 * 1024
HOUR_MS = 60 * 60 * 1000
DAY = re.compile(r"\d{4}-\d\d-\d\d")
FIRST_YEAR = "1800"
FIELD_CHARACTERS = {"id": 512, "title": 2_000, "url": 8_000, "source": 500, "published": 100, "language": 100,
                    "reason": 2_000}  # fmt: skip
"""Limits of the short fields: they are carried on in every record that follows."""
HTML_PER_TEXT = 20
"""A page may have so many times more characters of HTML than an article of text."""


def decode_article(value: bytes, settings: Settings) -> Article:
    """The article in a record's value. Raises `InvalidRecordError` for what no retry can mend."""
    if b"\x00" in value[:4096]:
        raise InvalidRecordError("binary", "the value holds NUL bytes: not a JSON record")
    article = codec.decode(Article, value)
    for name, limit in FIELD_CHARACTERS.items():
        check_length(len(getattr(article, name) or ""), limit, name, "a bound of the record")
    if (article.id or "").startswith(ARTICLE_PREFIX):
        raise InvalidRecordError("reserved-id", f"ids that start with {ARTICLE_PREFIX} are editors' decisions")
    check_length(len(article.text or ""), settings.max_article_characters, "text")
    check_length(len(article.html or ""), settings.max_article_characters * HTML_PER_TEXT, "HTML")
    if DAY.match(article.published or "") and (article.published or "") < FIRST_YEAR:
        return replace(article, published=None)  # what some systems write for no date
    return article


def check_length(size: int, limit: int, what: str, rule: str = "setting max_article_characters") -> None:
    """Refuse what would keep a coding process busy for minutes. Raises `InvalidRecordError` with reason `too-long`."""
    if size > limit:
        raise InvalidRecordError("too-long", f"{size:,} characters of {what}; the limit is {limit:,} ({rule})")


def check_time(article: Article, timestamp_ms: int, settings: Settings) -> None:
    """Refuse an article from the future, since every later version of it would look older.

    `timestamp_ms` is the record's time, so that a replay decides as the first run did.
    Raises `InvalidRecordError` with reason `future-date`.
    """
    limit = moment_of(timestamp_ms + settings.max_future_hours * HOUR_MS)
    if utc_text(article.fetched) > utc_text(limit):
        raise InvalidRecordError("future-date", f"fetched {utc_text(article.fetched)} lies after {utc_text(limit)}")
    day = (article.published or "")[:10]
    if DAY.fullmatch(day) and day > utc_text(limit)[:10]:
        raise InvalidRecordError("future-date", f"published {day} lies after {utc_text(limit)[:10]}")


def retraction(identity: str, version: Version, fetched: datetime, coder: str) -> Document:
    """The document that takes everything back which this article ever said."""
    return Document(
        article_id=identity, version=version, title=None, source=None, url=None, published=DateWindow(),
        fetched=fetched, language="", paragraphs=(), removed=(), signature=(), mentions=(), coder=coder, retracted=True,
    )  # fmt: skip


class ArticleProcessor:
    """Reads and codes articles one by one; loads the pipeline and lexicons once, when made.

    Raises `LexiconError` for a wrong row in the user's lexicon files.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        additions = read_additions(settings.lexicon_folder)
        self._reader = Reader(live=settings.live, additions=additions)
        self._coder = Coder(
            pipeline=settings.pipeline,
            confidence=settings.confidence,
            historical_days=settings.historical_days,
            additions=additions,
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
            outcome = "coded" if document.is_coded else "skipped"
        return Processed(checked(document), document.article_id, outcome, len(document.mentions), seconds)

    def document(self, article: Article, *, full: bool = False) -> tuple[Document, dict[str, float]]:
        """The article read and coded, and the seconds that each took; `full` adds all places, parties and times.

        Raises `InvalidRecordError`, also with reason `cannot-code` for a fault of our own: one article that we fail at
        must not keep the others waiting.
        """
        try:
            return self._document(article, full=full)
        except InvalidRecordError:
            raise
        except Exception as error:
            raise InvalidRecordError("cannot-code", f"{type(error).__name__}: {error}"[:500]) from error

    def _document(self, article: Article, *, full: bool) -> tuple[Document, dict[str, float]]:
        identity, version = article_id(article), version_of(article)
        if article.retracted:
            return retraction(identity, version, article.fetched, self._coder.version), {}
        start = time.perf_counter()
        reading = self._reader.read(article, identity, version)
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
        fetched = moment_of(timestamp_ms)
        version = version_of(Article(fetched=fetched, retracted=True))
        document = retraction(identity, version, fetched, self._coder.version)
        return Processed(checked(document), identity, "retracted", 0)


def checked(document: Document) -> bytes:
    """The document as bytes that the next stage can read and the topic can take. Raises `InvalidRecordError`.

    Later stages stop for good at a record of ours that they cannot read, so it must not get so far.
    """
    encoded = codec.encode(document)
    if len(encoded) > DOCUMENT_BYTES:
        raise InvalidRecordError(
            "too-long", f"the document has {len(encoded):,} bytes; {DOCUMENT_BYTES:,} fit its topic"
        )
    codec.decode(Document, encoded)
    return encoded
