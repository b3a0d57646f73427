"""Hand-made articles and documents, and what the stages say of them without a broker."""

from __future__ import annotations

import json
import random
from dataclasses import replace
from datetime import UTC, date, datetime

from streams import codec, topics
from streams.articles import ArticleProcessor
from streams.counting.count import count_events
from streams.merging.merge import merge_documents
from streams.records import (
    Casualties,
    DateWindow,
    DayCount,
    Document,
    Mention,
    Party,
    Span,
    Told,
    Version,
)
from streams.settings import Settings

NOW_MS = 1_772_800_000_000
FETCHED = "2026-03-06T10:00:00Z"
TEXTS = {
    "shelling": "KHARKIV, March 5 - Russian forces shelled the city of Kharkiv on Thursday, killing three people, "
    "Ukraine's defence ministry said. The shells hit a market in the north of the city.",
    "reprint": "Russian troops shelled Kharkiv on Thursday. Three people were killed, officials said.",
    "visit": "France's president met Germany's chancellor in Berlin on Wednesday. The two leaders signed an agreement "
    "on trade after the talks.",
    "accusation": "Poland accused Belarus on Wednesday of sending soldiers to the border. The Polish foreign ministry "
    "condemned the move.",
    "aid": "The United States sent humanitarian aid to Turkey on Tuesday. Turkey thanked the United States.",
}  # fmt: skip


def article(name: str, **fields: object) -> tuple[bytes, bytes]:
    """Key and value of an article record."""
    told = {"id": name, "text": TEXTS.get(name, ""), "published": "2026-03-05", "fetched": FETCHED, "source": name}
    return name.encode(), json.dumps({**told, **fields}).encode()


def documents_of(settings: Settings, records: list[tuple[bytes, bytes]]) -> list[Document]:
    """The documents that CODE makes of these articles."""
    processor = ArticleProcessor(settings)
    return [codec.decode(Document, processor.process(key, value, NOW_MS).document) for key, value in records]


def bare(count: DayCount) -> DayCount:
    """The count without what tells of its last change."""
    return replace(count, revision=0, updated="")


def counts_without_broker(documents: list[Document]) -> dict[tuple[str, str, str], DayCount]:
    """What the filters say: counts by day, kind and subject."""
    counts = count_events(merge_documents(documents))
    return {(count.day, count.kind, count.subject): bare(count) for count in counts}


def counts_of(values: list[bytes]) -> dict[tuple[str, str, str], DayCount]:
    """The counts in records' values, by day, kind and subject."""
    counts = [codec.decode(DayCount, value) for value in values]
    return {(count.day, count.kind, count.subject): bare(count) for count in counts}


COUNT_TOPICS = (topics.ACTOR_COUNTS.name, topics.LOCATION_COUNTS.name)


def document(article_id: str, version: int, chance: random.Random) -> Document:
    """A document that says up to three things, none of them for ever."""
    day = DateWindow(date(2026, 3, 6), date(2026, 3, 6), "day", "given")
    return Document(
        article_id=article_id, version=Version(f"2026-03-06T00:00:{version:02d}.000000Z", f"{version:016x}"),
        title=None, source=f"source-{len(article_id) % 5}", url=None, published=day,
        fetched=datetime(2026, 3, 6, tzinfo=UTC), language="en", paragraphs=(), removed=(),
        signature=tuple(chance.randrange(2**32) for _ in range(128)),
        mentions=tuple(_mention(article_id, number, chance) for number in range(chance.randint(0, 3))), coder="hand",
    )  # fmt: skip


def _mention(article_id: str, number: int, chance: random.Random) -> Mention:
    actor, recipient = chance.choice(["UKR", "RUS", "FRA", "DEU"]), chance.choice(["ITA", "ESP", "POL"])
    day = date(2026, 3, chance.randint(1, 5))
    return Mention(
        id=f"{article_id}-{number}-{actor}-{recipient}-{day}", article_id=article_id, type="ACCUSE", mode="disapprove",
        quad="verbal-conflict", actors=(_government(actor),), recipients=(_government(recipient),), mutual=False,
        date=DateWindow(day, day, "day", "text"), place=None, status="happened", negated=False, attributed_to=None,
        casualties=Casualties(), amounts=(), weapons=(), sentences=(Told(0, 10, f"{article_id}{number}"),),
        trigger=Span(0, 7, "accused"), confidence=0.9, merge_key=f"verbal|{actor}",
    )  # fmt: skip


def _government(country: str) -> Party:
    return Party(id=f"{country}.GOV", name=country, text=country, start=0, end=3)
