"""Merging across articles against `seeds/stories/`: events that several articles tell, beside others like them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

import orjson

from streams import codec
from streams.merging.close_types import closeness
from streams.merging.merge import merge_documents
from streams.records import Article, Document, Event, Mention
from tests.evaluation.gold import SEEDS, locate
from tests.evaluation.reading_sets import SetError
from tests.evaluation.run import processor
from tests.evaluation.score import named

STORIES = SEEDS / "stories"


@dataclass(frozen=True)
class Told:
    """One telling of the gold, with the mention that was found for it."""

    event: dict[str, Any]
    article: str
    quote: str
    mention: Mention | None


@dataclass(frozen=True)
class Story:
    """One file: articles that were read, coded and merged together, beside what a careful reader found in them."""

    name: str
    documents: tuple[Document, ...]
    gold: tuple[dict[str, Any], ...]
    told: tuple[Told, ...]
    events: tuple[Event, ...]

    @property
    def cluster_of(self) -> dict[tuple[str, str], str]:
        """The event that each mention, by article id and its own, was merged into."""
        return {(report.article_id, report.mention_id): event.id for event in self.events for report in event.reports}


@cache
def stories(side: str) -> tuple[Story, ...]:
    """The files of one side, merged each by itself. Raises `SetError` when there is none."""
    files = sorted(STORIES.glob(f"{side}_*.jsonl"))
    if not files:
        raise SetError(f"no {STORIES.name}/{side}_*.jsonl")
    return tuple(_story(file.stem) for file in files)


def _story(name: str) -> Story:
    records = lines(f"{name}.jsonl")
    gold = tuple(lines(f"gold/{name}.jsonl"))
    documents: dict[str, Document] = {}
    told: list[Told] = []
    for record in records:
        document, _ = processor().document(codec.decode(Article, orjson.dumps(record)), full=False)
        documents[record["id"]] = document
        text = document.text or record["text"]
        here = [(event, one["quote"]) for event in gold for one in event["told"] if one["article"] == record["id"]]
        told.extend(_aligned(document, text, here))
    return Story(name, tuple(documents.values()), gold, tuple(told), tuple(merge_documents(documents.values())))


def lines(name: str) -> list[dict[str, Any]]:
    """The records of one file of `seeds/stories/`."""
    return [orjson.loads(line) for line in (STORIES / name).read_bytes().splitlines()]


def _aligned(document: Document, text: str, here: list[tuple[dict[str, Any], str]]) -> Iterator[Told]:
    """Each telling of one article with the mention that fits it best, each mention used once."""
    fits = [
        (_fit(mention, event, place), number, position)
        for number, (event, quote) in enumerate(here)
        for position, mention in enumerate(document.mentions)
        if (place := locate(quote, text)) is not None
        if _overlaps(mention, place) and _may_be(mention, event)
    ]
    taken: dict[int, int] = {}
    for _, number, position in sorted(fits, key=lambda fit: ([-part for part in fit[0]], *fit[1:])):
        if number not in taken and position not in taken.values():
            taken[number] = position
    for number, (event, quote) in enumerate(here):
        mention = document.mentions[taken[number]] if number in taken else None
        yield Told(event, document.article_id, quote, mention)


def _overlaps(mention: Mention, place: tuple[int, int]) -> bool:
    return any(told.start < place[1] and place[0] < told.end for told in mention.sentences)


def _may_be(mention: Mention, event: dict[str, Any]) -> bool:
    """Whether the types are the same or a pair that may merge."""
    if mention.type == event["type"]:
        return True
    return closeness(mention.type, mention.mode, event["type"], event["mode"]) is not None


def _fit(mention: Mention, event: dict[str, Any], place: tuple[int, int]) -> tuple[int, ...]:
    """How well a mention fits a telling, the most important first."""
    return (
        mention.type == event["type"],
        place[0] <= mention.trigger.start < place[1],
        mention.mode == event["mode"],
        named(event["actors"], mention.actors) + named(event["recipients"], mention.recipients),
        mention.status == event["status"],
    )
