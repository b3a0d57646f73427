"""The gold annotations of `seeds/`, as records; their format is told in `seeds/README.md`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

from streams.feeding.sources import items_of_file

SEEDS = Path(__file__).parents[2] / "seeds"


@dataclass(frozen=True)
class GoldArticle:
    """One article with what a careful reader found in it."""

    stem: str
    value: bytes
    """The Article record as it would be fed."""
    gold: dict[str, Any]
    is_held_out: bool


def gold_articles() -> Iterator[GoldArticle]:
    """Every annotated article; the lines of a JSONL file are articles of their own."""
    held_out = set(orjson.loads((SEEDS / "gold/split.json").read_bytes())["held_out"])
    for file in sorted((SEEDS / "articles").iterdir()):
        path = SEEDS / "gold" / f"{file.stem}.json"
        if not path.exists():
            continue
        gold = orjson.loads(path.read_bytes())
        records = gold if isinstance(gold, list) else [gold]
        for record, item in zip(records, items_of_file(file), strict=True):
            yield GoldArticle(file.stem, item.value, record, file.stem in held_out)


def locate(quote: str, text: str) -> tuple[int, int] | None:
    """Where the words of `quote` stand in `text`, whatever the white space between them; None if they do not."""
    start = text.find(quote)
    if start >= 0:
        return start, start + len(quote)
    squeezed, origin = _squeeze(text)
    wanted, _ = _squeeze(quote)
    start = squeezed.find(wanted)
    return (origin[start], origin[start + len(wanted) - 1] + 1) if start >= 0 and wanted else None


def _squeeze(text: str) -> tuple[str, list[int]]:
    kept = [(character, index) for index, character in enumerate(text) if not character.isspace()]
    return "".join(character for character, _ in kept), [index for _, index in kept]
