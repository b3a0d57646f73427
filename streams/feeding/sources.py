"""Where articles come from: text and HTML files, JSON Lines, folders, standard input.

What cannot be read as an article is passed on as raw bytes: the worker then puts it on the dead-letter topic with a
reason, and nothing is lost on the way there.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from charset_normalizer import from_bytes

from streams import codec
from streams.identity import article_id, utc_text
from streams.records import Article, InvalidRecordError

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
TEXT, HTML, LINES = {".txt", ".text"}, {".html", ".htm", ".xhtml"}, {".jsonl", ".ndjson"}
SUFFIXES = TEXT | HTML | LINES
"""Files of other kinds in a folder are passed over; named by themselves they are read as text."""


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to publish."""

    origin: str
    """File, and line where it has lines, for people."""
    key: bytes
    value: bytes
    content: str
    """Hash of all but the fetch time: what tells a change when a feed is resumed."""
    fetched: str = ""
    """Fetch time as in the article's version; empty for what is no article."""
    own_time: bool = True
    """Whether the article brought its fetch time along."""
    retracts: bool = False


def files_under(paths: Iterable[Path]) -> list[Path]:
    """The article files among `paths` and, in order of name, below the folders among them.

    Raises `FileNotFoundError` for a path that is not there.
    """
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            below = (file for file in sorted(path.rglob("*")) if file.is_file())
            found += [file for file in below if file.suffix.lower() in SUFFIXES and not _is_hidden(file, path)]
        elif path.exists():
            found.append(path)
        else:
            raise FileNotFoundError(f"no such file or folder: {path}")
    return found


def items_of_file(path: Path) -> Iterator[Item]:
    """What stands in one file; its time of change is taken as fetch time where none is given."""
    fetched = time_of_change(path)
    if path.suffix.lower() in LINES:
        with path.open("rb") as stream:
            yield from items_of_lines(stream, str(path), fetched)
    else:
        yield item_of_text(path.read_bytes(), str(path), fetched, html=path.suffix.lower() in HTML)


def time_of_change(path: Path) -> datetime:
    """When the file was changed last, but not later than now: the service refuses what comes from the future."""
    return min(datetime.fromtimestamp(path.stat().st_mtime, UTC), datetime.now(UTC))


def items_of_stream(stream: BinaryIO, origin: str, fetched: datetime) -> Iterator[Item]:
    """JSON Lines, when the first byte is a brace, else the text or HTML of one article."""
    first = stream.readline()
    while first and not first.strip():
        first = stream.readline()
    if first.lstrip()[:1] == b"{":
        yield from items_of_lines([first, *stream], origin, fetched)
    elif first:
        whole = first + stream.read()
        yield item_of_text(whole, origin, fetched, html=whole.lstrip()[:1] == b"<")


def items_of_lines(lines: Iterable[bytes], origin: str, fetched: datetime) -> Iterator[Item]:
    """One item for each line that is not blank."""
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield item_of_line(line.strip(), f"{origin}:{number}", fetched)


def item_of_line(line: bytes, origin: str, fetched: datetime) -> Item:
    """The article in a line of JSON, with `fetched` put in where it is missing."""
    try:
        fields = codec.parse(line)
        own_time = isinstance(fields, dict) and fields.get("fetched") is not None
        if isinstance(fields, dict) and not own_time:
            fields = {**fields, "fetched": fetched}
        return item_of_article(codec.from_plain(Article, fields), origin, own_time=own_time)
    except InvalidRecordError:
        return item_of_bytes(line, origin)


def item_of_text(raw: bytes, origin: str, fetched: datetime, *, html: bool) -> Item:
    """The article in a file of text or HTML in any encoding that can be told."""
    article = article_of_text(raw, fetched, html=html)
    return item_of_bytes(raw, origin) if article is None else item_of_article(article, origin, own_time=False)


def article_of_text(raw: bytes, fetched: datetime, *, html: bool) -> Article | None:
    """The same as article without an id; None for binary data."""
    text = decoded(raw)
    if text is None:
        return None
    return Article(fetched=fetched, html=text) if html else Article(fetched=fetched, text=text)


def decoded(raw: bytes) -> str | None:
    """The text in `raw`: UTF-8, else the encoding that charset-normalizer finds; None for binary data."""
    if b"\x00" in raw and not raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return None
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        best = from_bytes(raw).best()
        return str(best) if best is not None else None


def item_of_article(article: Article, origin: str, *, own_time: bool = True) -> Item:
    """The article under its id. Raises `InvalidRecordError` for a fetch time that cannot be."""
    whole = replace(article, id=article_id(article))
    key, told = (whole.id or "").encode(), content_of(whole)
    return Item(origin, key, codec.encode(whole), told, utc_text(whole.fetched), own_time, whole.retracted)


def content_of(article: Article) -> str:
    """Hash of all but the fetch time and the reason for a retraction, which is no content."""
    told = codec.encode(replace(article, fetched=EPOCH), without={"reason"})
    return hashlib.sha256(told).hexdigest()[:16]


def item_of_bytes(raw: bytes, origin: str) -> Item:
    """What is no article, under a key from its content."""
    digest = hashlib.sha256(raw).hexdigest()[:20]
    return Item(origin, digest.encode(), raw, "raw")


def _is_hidden(file: Path, root: Path) -> bool:
    return any(part.startswith(".") for part in file.relative_to(root).parts) or not os.access(file, os.R_OK)
