"""The annotated sets that reading is measured on: `seeds/{times,cleaning,pages,dating}/{dev,held_out}.jsonl`."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeAlias

import orjson

from streams.identity import article_id, version_of
from streams.reading import read
from streams.reading.result import Reading
from streams.records import Article, InvalidRecordError
from tests.evaluation.gold import SEEDS

SIDES = ("dev", "held_out")
FIELDS = {
    "times": frozenset({"id", "published", "title", "text"}),
    "cleaning": frozenset({"id", "text", "lines"}),
    "pages": frozenset({"id", "url", "fetched", "html", "paragraphs", "captions", "title", "published"}),
    "dating": frozenset({"id", "fetched", "text", "true", "from", "to"}),
}
"""The fields that every record of a set has."""

Annotated: TypeAlias = dict[str, Any]


class SetError(Exception):
    """A set is missing or not as its format demands. The message quotes no annotation: it may be of a held-out one."""


def records(name: str, side: str, folder: Path = SEEDS) -> list[Annotated]:
    """The records of one side of a set. Raises `SetError`."""
    path = folder / name / f"{side}.jsonl"
    shown = f"{folder.name}/{name}/{side}.jsonl"
    if not path.exists():
        raise SetError(f"{shown} does not exist: reading cannot be measured on it")
    found: list[Annotated] = []
    for number, line in enumerate(path.read_bytes().splitlines(), 1):
        try:
            record = orjson.loads(line)
        except orjson.JSONDecodeError as error:
            raise SetError(f"{shown} line {number} is not JSON: {error}") from None
        missing = FIELDS[name] - set(record)
        if missing:
            raise SetError(f"{shown} line {number} lacks {', '.join(sorted(missing))}")
        found.append(record)
    if not found or len({record["id"] for record in found}) < len(found):
        raise SetError(f"{shown} is empty or has an id twice")
    return found


def moment(told: str) -> datetime:
    """An ISO 8601 date or time; in UTC when it does not say."""
    found = datetime.fromisoformat(told)
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def reading_of(article: Article) -> Reading | None:
    """What the reader makes of the article; None when it finds no text in it."""
    try:
        return read(article, article_id(article), version_of(article))
    except InvalidRecordError:
        return None
