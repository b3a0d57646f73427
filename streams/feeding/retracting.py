"""Which articles are meant, and whether they were ever fed: what `daybook retract` needs to know."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import Any

from streams import codec
from streams.feeding.deciding import Told
from streams.feeding.ledger import path_name
from streams.feeding.memory import Memory
from streams.feeding.sources import LINES, items_of_file
from streams.identity import article_id, canonical_url, moment_of, utc_text, version_of
from streams.records import Article, InvalidRecordError
from streams.reporting.topic_reader import records
from streams.settings import Settings
from streams.topics import ARTICLES


def article_at_url(url: str) -> str | None:
    """The id of the article at an address that was fed without an id; None for an address that names no page."""
    page = canonical_url(url)
    return None if page is None else article_id(Article(fetched=moment_of(0), url=url))


def articles_in_file(path: Path, memory: Memory) -> list[str]:
    """The articles of a file: the one that it told when it was fed, else what stands in it.

    Raises `LookupError` for a file that was never fed and is not there.
    """
    place = memory.place(path_name(path))
    if place is not None:
        return [place.key]
    if not path.is_file():
        raise LookupError(f"{path} was not fed from here, and is not there")
    keys = [item.key.decode() for item in items_of_file(path) if item.fetched]
    if path.suffix.lower() in LINES:
        return keys
    return [memory.owner(key) or key for key in keys]


def newest_on_topic(settings: Settings, keys: Collection[str]) -> dict[str, Told]:
    """The newest version of each of these articles on `news.articles.v1`; those that are not there are left out.

    Reads the whole topic. Raises `KafkaError` without a broker.
    """
    wanted = {key.encode() for key in keys}
    newest: dict[str, Told] = {}
    for record in records(settings, [ARTICLES.name]):
        if record.key in wanted:
            fetched = _fetched(record)
            key = record.key.decode()
            if key not in newest or newest[key].fetched < fetched:
                newest[key] = Told("", fetched)
    return newest


def _fetched(record: Any) -> str:
    """Fetch time of the version in a record; empty for what is no article."""
    try:
        if record.value is None:
            return utc_text(moment_of(record.timestamp))
        return version_of(codec.decode(Article, record.value)).fetched
    except InvalidRecordError:
        return ""
