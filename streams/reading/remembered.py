"""Reading that remembers: a text that came before, with the same title, is neither cleaned nor dated again.

Only the whole text is remembered: which of its lines are boilerplate, how its names are spelt and when it was written
depend on all of it.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from streams.extending.additions import NOTHING, Additions
from streams.reading.dating_url import url_stretch
from streams.reading.folding import fold
from streams.reading.loading import load_tables
from streams.reading.markup import is_page
from streams.reading.reader import read
from streams.reading.result import Reading
from streams.records import Article, Version
from streams.remembering import Remembering, digest_of

ROOM = 32 * 1024 * 1024
"""Bytes, roughly, that a coding process keeps of texts read: some two thousand articles of common length."""
PER_READING = 7_000
"""Bytes of a document without its text: most of them its signature."""
DAY = timedelta(days=1)


class Reader:
    """Reads as `read` does, and keeps what it read up to `room` bytes.

    Raises `LexiconError` for a wrong row among the user's `additions` to what reading goes by.
    """

    def __init__(self, *, live: bool = False, room: int = ROOM, additions: Additions = NOTHING) -> None:
        self._live = live
        self._additions = additions
        if additions != NOTHING:
            load_tables(additions)
        self._known: Remembering[Reading] = Remembering(room)

    def read(self, article: Article, article_id: str, version: Version) -> Reading:
        """The article read. Raises `InvalidRecordError` as `read` does."""
        key = what_counts(article)
        known = self._known.recall(key)
        if known is not None and indifferent(known, article.source):
            return renewed(known, article, article_id, version)
        found = read(article, article_id, version, live=self._live, additions=self._additions)
        self._known.keep(key, found, size_of(found))
        return found


def what_counts(article: Article) -> bytes:
    """A digest of all that reading depends on but the outlet's name: of an address only its date, unless of a page."""
    day = article.fetched.date()
    if article.html or is_page(article.text or ""):
        address: tuple[object, ...] = (article.url, article.source)
    else:
        latest = day + DAY if day < date.max else day
        address = (url_stretch(article.url, day), url_stretch(article.url, latest))
    return digest_of(
        article.text, article.html, article.title, article.published, article.language, article.retracted, day,
        *address,
    )  # fmt: skip


def indifferent(known: Reading, source: str | None) -> bool:
    """Whether a text would be read the same from an outlet of this name: surely so if no headline of it has the name.

    Reading only asks whether the name is one of the headings on top; of a page the name is in the digest.
    """
    if known.document.text is not None or known.document.source == source:
        return True
    if known.document.source is None or not source or any(cut.reason == "masthead" for cut in known.document.removed):
        return False
    top = []
    for one in known.document.paragraphs:
        if one.kind not in {"title", "heading"}:
            break
        top.append(one.text)
    return not top or fold(source) not in fold(" ".join(top))


def renewed(known: Reading, article: Article, article_id: str, version: Version) -> Reading:
    """What is known of a text, as the reading of another article that has it."""
    document = known.document
    source = document.source if document.text is not None else article.source
    document = replace(
        document, article_id=article_id, version=version, url=article.url, source=source, fetched=article.fetched
    )
    return replace(known, document=document)


def size_of(reading: Reading) -> int:
    """Bytes, roughly."""
    document = reading.document
    offsets = sum(len(one) for one in reading.offsets if one is not None)
    text = len(reading.text) + sum(len(one.text) for one in document.paragraphs)
    return PER_READING + 2 * text + 36 * offsets + 200 * (len(document.paragraphs) + len(document.removed))
