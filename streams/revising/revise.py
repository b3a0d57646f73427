"""REVISE: a document comes in, everything that the article says under each of its merge keys goes out.

The entry of an article keeps every merge key it ever sent to. So a mention that a correction moved or dropped is
withdrawn by an empty record, and an input that is delivered again sends everything again, withdrawals included.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from streams import codec, topics
from streams.records import DateWindow, Document, Mention, Mentions, Version
from streams.stages import Decision, Send


@dataclass(frozen=True, slots=True)
class ArticleEntry:
    """The newest version of one article, as far as later stages need it. Table `articles`, key: the article id."""

    article_id: str
    version: Version
    source: str | None
    url: str | None
    published: DateWindow
    signature: tuple[int, ...]
    coder: str
    mentions: dict[str, tuple[Mention, ...]]
    """By merge key; a key that was ever sent to stays, with nothing under it when nothing is left."""


def encode_entry(entry: ArticleEntry) -> bytes:
    """The entry as compact JSON."""
    return codec.encode(entry)


def decode_entry(value: bytes) -> ArticleEntry:
    """The entry in `value`. Raises `InvalidRecordError`."""
    return codec.decode(ArticleEntry, value)


def handle(table: Mapping[str, ArticleEntry], document: Document) -> Decision[ArticleEntry]:
    """The decision about one document; the caller applies its writes to the table before the next input."""
    old = table.get(document.article_id)
    entry, told = revise(old, document)
    return Decision(
        writes={} if entry == old else {document.article_id: entry},
        sends=tuple(Send(topics.MENTIONS.name, record.merge_key, record) for record in told),
    )


def revise(entry: ArticleEntry | None, document: Document) -> tuple[ArticleEntry, list[Mentions]]:
    """The entry after `document`, and one record for each merge key that the article ever said anything under.

    A newer version replaces the entry; so does an equal one, since of two codings the last delivered wins. An older
    version changes nothing and is answered with the present state.
    """
    if entry is None or document.version >= entry.version:
        entry = _entry_of(document, () if entry is None else tuple(entry.mentions))
    return entry, records_of(entry)


def records_of(entry: ArticleEntry) -> list[Mentions]:
    """All that the entry says, one record a merge key, empty ones included, in the order of the keys."""
    bare = Mentions(
        article_id=entry.article_id,
        version=entry.version,
        merge_key="",
        source=entry.source,
        url=entry.url,
        published=entry.published,
        signature=entry.signature,
        mentions=(),
        coder=entry.coder,
    )
    return [replace(bare, merge_key=key, mentions=entry.mentions[key]) for key in sorted(entry.mentions)]


def _entry_of(document: Document, former_keys: tuple[str, ...]) -> ArticleEntry:
    told: dict[str, list[Mention]] = {key: [] for key in former_keys}
    for mention in () if document.retracted else document.mentions:
        told.setdefault(mention.merge_key, []).append(mention)
    return ArticleEntry(
        article_id=document.article_id,
        version=document.version,
        source=document.source,
        url=document.url,
        published=document.published,
        signature=document.signature,
        coder=document.coder,
        mentions={key: tuple(told[key]) for key in sorted(told)},
    )
