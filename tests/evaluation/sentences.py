"""Coding against annotated short texts: `seeds/sentences/`, of every style, and `seeds/leads/`, one main event each."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

import orjson

from streams import codec
from streams.records import Article, Document
from tests.evaluation.gold import SEEDS
from tests.evaluation.run import processor
from tests.evaluation.score import Score, align, score_events

SETS = ("sentences", "leads", "wire")


def records(side: str, name: str = "sentences") -> list[dict[str, Any]]:
    """The annotated texts of one side of a set."""
    return [orjson.loads(line) for line in (SEEDS / name / f"{side}.jsonl").read_bytes().splitlines()]


@cache
def coded(side: str, name: str = "sentences") -> list[tuple[dict[str, Any], Document]]:
    """Each text with its document."""
    return [(record, document_of(record)) for record in records(side, name)]


def document_of(record: dict[str, Any]) -> Document:
    """What Daybook makes of a text that comes with its day of publication."""
    told = {
        "id": record["id"],
        "text": record["text"],
        "published": f"{record['published']}T12:00:00Z",
        "fetched": f"{record['published']}T18:00:00Z",
        "language": "en",
    }
    document, _ = processor().document(codec.decode(Article, orjson.dumps(told)), full=True)
    return document


@cache
def scored(side: str, name: str = "sentences") -> Score:
    """The scores of one side of a set."""
    score = Score()
    for record, document in coded(side, name):
        score_events(score, document, record["text"], record)
    return score


def errors(name: str = "sentences") -> Iterator[str]:
    """Each error on the development texts of a set: what was missed, what was too much, which field is wrong."""
    for record, document in coded("dev", name):
        found = align(document, record["text"], record)
        lines = [f"  missed {_gold(event)}{'' if event['core'] else ' (not core)'}" for event, _ in found.missed]
        lines += [f"  too much {_found(mention)}" for mention in found.extra]
        for event, mention in found.met:
            score = Score()
            score_events(score, document, record["text"], {"events": [event]})
            wrong = [name for name in score.of if score.found[name] < score.of[name] and name != "over-coded"]
            wrong += ["reversed"] * score.found["direction reversed"]
            wrong = [name for name in wrong if name != "direction reversed"]
            if wrong:
                lines.append(f"  {', '.join(wrong)}: wanted {_gold(event)}, found {_found(mention)}")
        if lines:
            yield f"{record['id']} {record['text']}"
            yield from lines


def _gold(event: dict[str, Any]) -> str:
    more = f"{event['status']}{', negated' if event['negated'] else ''}, {event['date']['from']}, {event['place']}"
    sides = ("+".join(event["actors"]) or "-", "+".join(event["recipients"]) or "-")
    return f"{sides[0]} {event['type']}/{event['mode'] or '-'} {sides[1]} ({more}, by {event['attributed_to']})"


def _found(mention: Any) -> str:
    sides = ["+".join(party.id for party in side) or "-" for side in (mention.actors, mention.recipients)]
    place = f"{mention.place.name} {mention.place.country}" if mention.place else None
    by = mention.attributed_to.id if mention.attributed_to else None
    more = f"{mention.status}{', negated' if mention.negated else ''}, {mention.date.from_}, {place}, by {by}"
    return f"{sides[0]} {mention.type}/{mention.mode or '-'} {sides[1]} [{mention.trigger.text}] ({more})"
