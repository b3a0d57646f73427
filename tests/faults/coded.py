"""What the articles of a workload become: read and coded in this process, each once however often it is asked."""

from __future__ import annotations

from functools import lru_cache

from streams import codec
from streams.articles import ArticleProcessor
from streams.records import Document
from streams.settings import Settings


@lru_cache(maxsize=4096)
def document_of(key: bytes | None, value: bytes | None, timestamp_ms: int) -> Document:
    """The document that CODE makes of an article's record. Raises `InvalidRecordError` for poison."""
    return codec.decode(Document, _processor().process(key, value, timestamp_ms).document)


@lru_cache(maxsize=1)
def _processor() -> ArticleProcessor:
    return ArticleProcessor(Settings())
