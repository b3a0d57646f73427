"""REVISE: a document comes in, everything that the article says under each of its merge keys goes out.

So does what has become of the article, for the counts of articles by day and source.

The entry of an article keeps every merge key it ever sent to. So a mention that a correction moved or dropped is
withdrawn by an empty record, and an input that is delivered again sends everything again, withdrawals included.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from streams import codec, topics
from streams.counting.days import count_day
from streams.identity import outlet
from streams.records import ArticleOutcome, ArticleRead, DateWindow, Document, Mention, Mentions, Version
from streams.stages import Decision, Send

UNKNOWN_SOURCE = "unknown"


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
    reads: dict[str, ArticleOutcome | None] = field(default_factory=dict)
    """By `day|source`; one that was ever sent to stays, with None when the article is not of it any more."""
    touched: int | None = None
    """The day on which a document of the article last came, by stream time (`streams.expiring`). The last field."""


def encode_entry(entry: ArticleEntry) -> bytes:
    """The entry as compact JSON."""
    return codec.encode(entry)


def decode_entry(value: bytes) -> ArticleEntry:
    """The entry in `value`. Raises `InvalidRecordError`."""
    return codec.decode(ArticleEntry, value)


def handle(table: Mapping[str, ArticleEntry], document: Document, day: int = 0) -> Decision[ArticleEntry]:
    """The decision about one document; the caller applies its writes to the table before the next input.

    `day` is the stream time, in days since 1970.
    """
    old = table.get(document.article_id)
    entry, told = revise(old, document)
    entry = replace(entry, touched=max(day, entry.touched or 0))
    return Decision(
        writes={} if entry == old else {document.article_id: entry},
        sends=(
            *(Send(topics.MENTIONS.name, record.merge_key, record) for record in told),
            *(Send(topics.ARTICLES_READ.name, f"{read.day}|{read.source}", read) for read in reads_of(entry)),
        ),
    )


def revise(entry: ArticleEntry | None, document: Document) -> tuple[ArticleEntry, list[Mentions]]:
    """The entry after `document`, and one record for each merge key that the article ever said anything under.

    A newer version replaces the entry; so does an equal one, since of two codings the last delivered wins. An older
    version changes nothing and is answered with the present state.
    """
    if entry is None or document.version >= entry.version:
        touched = None if entry is None else entry.touched
        entry = replace(_entry_of(document, entry), touched=touched)
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


def reads_of(entry: ArticleEntry) -> list[ArticleRead]:
    """What has become of the article, one record for each day and source that it was ever of."""
    number = sum(map(len, entry.mentions.values()))
    return [
        ArticleRead(
            article_id=entry.article_id,
            version=entry.version,
            day=key.partition("|")[0],
            source=key.partition("|")[2],
            outcome=outcome,
            mentions=number if outcome == "coded" else 0,
            coder=entry.coder,
        )
        for key, outcome in sorted(entry.reads.items())
    ]


def _entry_of(document: Document, old: ArticleEntry | None) -> ArticleEntry:
    told: dict[str, list[Mention]] = {key: [] for key in (old.mentions if old is not None else ())}
    for mention in () if document.retracted else document.mentions:
        told.setdefault(mention.merge_key, []).append(mention)
    reads: dict[str, ArticleOutcome | None] = dict.fromkeys(old.reads if old is not None else ())
    if not document.retracted:
        source = (outlet(document.source, document.url) or UNKNOWN_SOURCE).replace("|", "/")  # parts of keys end at |
        reads[f"{count_day(document.published)}|{source}"] = "coded" if document.is_coded else "skipped"
    return ArticleEntry(
        article_id=document.article_id,
        version=document.version,
        source=document.source,
        url=document.url,
        published=document.published,
        signature=document.signature,
        coder=document.coder,
        mentions={key: tuple(told[key]) for key in sorted(told)},
        reads=reads,
    )
