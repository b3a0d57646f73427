"""Runs reading and coding over the annotated articles and sums the scores."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import orjson

from streams import codec
from streams.articles import ArticleProcessor
from streams.records import Article, Document
from streams.settings import load
from tests.evaluation.gold import SEEDS, GoldArticle, gold_articles, locate
from tests.evaluation.score import Score, score_article


@dataclass(frozen=True)
class Floor:
    """A bound that a measure must keep, over all articles; it only ever gets tighter."""

    value: float
    is_most: bool = False

    def holds(self, share: float) -> bool:
        """Whether the share keeps it."""
        return share <= self.value if self.is_most else share >= self.value

    def __str__(self) -> str:
        return f"{'<=' if self.is_most else '>='} {self.value:g}"


FLOORS = {
    "language": Floor(1.0),
    "publication date": Floor(0.96),
    "boilerplate removed": Floor(0.97),
    "content kept": Floor(0.97),
    "time found": Floor(0.94),
    "time value": Floor(0.80),
    "core events": Floor(0.665),
    "over-coded": Floor(0.175, is_most=True),
    "actors": Floor(0.9),
    "recipients": Floor(0.69),
    "status": Floor(0.96),
    "polarity": Floor(0.985),
    "attribution": Floor(0.93),
    "date": Floor(0.9),
    "place country": Floor(0.78),
    "direction reversed": Floor(0.01, is_most=True),
    "core events, parties right": Floor(0.42),
    "actor sectors": Floor(0.85),
    "mode": Floor(0.85),
    "casualties": Floor(0.57),
}
LEAST_RIGHT = {
    "actors": 258,
    "recipients": 181,
    "actor sectors": 222,
    "mode": 246,
    "status": 276,
    "attribution": 266,
    "date": 246,
    "place country": 98,
    "casualties": 24,
}
"""Least number of events found with this right. A share of those found may fall when harder ones come in, this not."""
KEY_FLOOR = 0.9
"""Least share of told gold clusters whose mentions share one merge key."""

READING_FLOORS = {
    "times: extent precision": (Floor(0.975), Floor(0.955)),
    "times: extent recall": (Floor(0.975), Floor(0.948)),
    "times: extent F1": (Floor(0.975), Floor(0.952)),
    "times: relaxed F1": (Floor(0.985), Floor(0.977)),
    "times: value F1": (Floor(0.935), Floor(0.91)),
    "times: type": (Floor(0.985), Floor(0.986)),
    "cleaning: boilerplate removed": (Floor(0.97), Floor(0.49)),
    "cleaning: content kept": (Floor(0.99), Floor(0.985)),
    "cleaning: duplicates removed": (Floor(0.98), Floor(0.98)),
    "cleaning: F1 of kept": (Floor(0.985), Floor(0.905)),
    "pages: text precision": (Floor(0.96), Floor(0.84)),
    "pages: text recall": (Floor(0.98), Floor(0.89)),
    "pages: text F1": (Floor(0.97), Floor(0.86)),
    "pages: right day": (Floor(0.92), Floor(0.92)),
    "pages: undated left so": (Floor(0.98), Floor(0.98)),
    "dating: window holds the day": (Floor(0.96), Floor(0.76)),
    "dating: right to 7 days": (Floor(0.19), Floor(0.03)),
    "dating: right to 31 days": (Floor(0.26), Floor(0.11)),
    "dating: window without the day": (Floor(0.04, is_most=True), Floor(0.12, is_most=True)),
    "dating: median width": (Floor(560, is_most=True), Floor(2960, is_most=True)),
    "dating: undatable left open": (Floor(0.98), Floor(0.98)),
}
"""What the measures of `reading_run` must keep: on development records, on held-out records. They only get tighter."""


@cache
def processor() -> ArticleProcessor:
    """The reader and coder, as a coding process loads them."""
    return ArticleProcessor(load())


@cache
def coded() -> list[tuple[GoldArticle, Document, str]]:
    """Each annotated article with its document and the text that offsets point into."""
    done = []
    for article in gold_articles():
        record = codec.decode(Article, article.value)
        document, _ = processor().document(record, full=True)
        done.append((article, document, document.text or record.text or ""))
    return done


def overall(name: str) -> float:
    """The share over development and held-out articles together."""
    dev, held_out = evaluate()
    return (dev.found[name] + held_out.found[name]) / (dev.of[name] + held_out.of[name])


def right(name: str) -> int:
    """How many events were found with this right, over development and held-out articles together."""
    dev, held_out = evaluate()
    return dev.found[name] + held_out.found[name]


@cache
def evaluate() -> tuple[Score, Score]:
    """The scores of the development and of the held-out articles."""
    dev, held_out = Score(), Score()
    for article, document, text in coded():
        (held_out if article.is_held_out else dev).merge(score_article(document, text, article.gold))
    return dev, held_out


def merging_share() -> tuple[int, int]:
    """Gold clusters of which at least two members were found, all under one merge key; and how many such there are."""
    keys: dict[str, set[str]] = {}
    for article, document, text in coded():
        for event in article.gold["events"]:
            place = locate(event["quote"], text)
            for mention in document.mentions:
                at_quote = place and any(told.start < place[1] and place[0] < told.end for told in mention.sentences)
                if at_quote and mention.type == event["type"]:
                    for name in (
                        f"{article.stem}#{event['id']}",
                        f"{article.stem}/{article.gold['article']}#{event['id']}",
                    ):
                        keys.setdefault(name, set()).add(mention.merge_key)
    clusters = orjson.loads((SEEDS / "gold/clusters.json").read_bytes())
    found = [[keys[member] for member in cluster["members"] if member in keys] for cluster in clusters]
    told = [members for members in found if len(members) >= 2]
    return sum(bool(set.intersection(*members)) for members in told), len(told)
