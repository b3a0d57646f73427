"""The annotated tellings of `seeds/stories/tellings/` in place of what coding finds: how well merging does by itself.

Every telling carries what a careful reader of its article alone knows of the event. Only the things and numbers that it
names besides are taken from the text as coding takes them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any

from streams.coding.details import counts_of, words_of
from streams.coding.lexicon import load_lexicon
from streams.coding.merge_key import merge_key
from streams.coding.pipeline import load_pipeline
from streams.coding.sentences import mention_id, sentence_hash
from streams.merging.merge import merge_documents
from streams.parsing.tokens import Span
from streams.records import (
    Amount,
    Casualties,
    DateWindow,
    Document,
    Figure,
    Mention,
    Party,
    Place,
    PlacePrecision,
    Told,
)
from streams.records import Span as Stretch
from streams.resolving.names import slug
from tests.evaluation.stories import Story, lines, stories

PRECISIONS: Mapping[str, PlacePrecision] = {"area": "region"}
DAYS = {"range": "days"}
NAMES = {"IGO.united-nations": "IGO.un", "IGO.european-union": "IGO.eu"}
"""Organisations that annotators write in full."""
SPOTS = frozenset({"city", "point"})


@cache
def told_stories(side: str) -> tuple[Story, ...]:
    """The stories of one side, made of the annotated tellings."""
    return tuple(_story(story) for story in stories(side))


def _story(story: Story) -> Story:
    annotated = {(row["article"], row["quote"]): row for row in lines(f"tellings/{story.name}.jsonl")}
    documents = {document.article_id: replace(document, mentions=()) for document in story.documents}
    told = []
    for number, one in enumerate(story.told):
        document = documents[one.article]
        mention = _mention(document, number, annotated[one.article, one.quote])
        documents[one.article] = replace(document, mentions=(*document.mentions, mention))
        told.append(replace(one, mention=mention))
    return replace(
        story,
        documents=tuple(documents.values()),
        told=tuple(told),
        events=tuple(merge_documents(documents.values())),
    )


def _mention(document: Document, number: int, row: Mapping[str, Any]) -> Mention:
    """The annotation as a record."""
    lexicon = load_lexicon()
    sentence = _sentence(document, row["sentence"])
    actors, recipients = _parties(row["actors"]), _parties(row["recipients"])
    place, day = _place(row["place"]), row["day"]
    return Mention(
        id=mention_id(document.article_id, row["sentence"], number),
        article_id=document.article_id,
        type=row["type"],
        mode=row["mode"],
        quad=lexicon.types[row["type"]].quad,
        actors=actors,
        recipients=recipients,
        mutual=row["mutual"],
        date=DateWindow(
            _day(day["from"]),
            _day(day["to"]),
            DAYS.get(day["precision"], day["precision"]),
            day["by"],
        ),
        place=place,
        status=row["status"],
        negated=row["negated"],
        attributed_to=None,
        casualties=Casualties(killed=_figure(row["killed"]), wounded=_figure(row["wounded"])),
        amounts=tuple(Amount(value, unit) for value, unit in row["amounts"]),
        weapons=(),
        sentences=(Told(number, number + 1, sentence_hash(row["sentence"])),),
        trigger=Stretch(number, number + 1, ""),
        confidence=1.0,
        merge_key=merge_key(row["type"], actors, recipients, place, mutual=row["mutual"]),
        words=words_of(sentence),
        counts=counts_of(sentence, lexicon),
    )


def _sentence(document: Document, text: str) -> Span:
    """The first of the sentences that the quoted one shares most of its words with."""
    docs = load_pipeline().pipe([paragraph.text for paragraph in document.paragraphs])
    wanted = set(text.split())
    return max((one for doc in docs for one in doc.sents), key=lambda one: len(wanted & set(one.text.split())))


def _parties(paths: list[str]) -> tuple[Party, ...]:
    return tuple(Party(NAMES.get(path, path), path, path, 0, 0) for path in paths)


def _place(told: Mapping[str, Any] | None) -> Place | None:
    """A place under an id as the gazetteer would give it, but with names for numbers."""
    if told is None:
        return None
    country, name, region = told["country"] or "INT", slug(told["name"]), slug(told["admin1"] or "")
    precision = PRECISIONS.get(told["precision"], told["precision"])
    path = {"country": country, "admin1": f"{country}.{region or name}"}.get(
        precision, f"{country}.{region or '-'}.{name}"
    )
    spot = (told["lat"], told["lon"]) if precision in SPOTS else (None, None)
    return Place(path, told["name"], country, told["name"], 0, 0, lat=spot[0], lon=spot[1], precision=precision)


def _figure(told: list[int] | None) -> Figure | None:
    return None if told is None else Figure(told[0], told[1])


def _day(told: str | None) -> date | None:
    return None if told is None else date.fromisoformat(told)
