"""How far two annotators of stories agree: `python -m tests.evaluation.story_agreement` prints it.

The second had 64 texts of the development stories, shuffled and under other ids. Events that one text alone tells join
no texts, so the agreement is that of pairs of texts that tell one event, and of the fields of events that both have.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import combinations
from typing import Any

import orjson

from tests.evaluation.gold import SEEDS
from tests.evaluation.reading_measures import Measure, f1

STORIES = SEEDS / "stories"
DEVELOPMENT = ("dev_wars", "dev_peace")
FIELDS = ("type", "day", "country", "status", "negated")
Pair = tuple[str, str]


def agreement() -> dict[str, Measure]:
    """F1 of pairs of texts that tell one event, and the share of those pairs on whose event the fields agree."""
    second = list(_events(STORIES / "second.jsonl"))
    texts = {told["article"] for event in second for told in event["told"]}
    first = [event for name in DEVELOPMENT for event in _events(STORIES / "gold" / f"{name}.jsonl")]
    ours, theirs = _pairs(first, texts), _pairs(second, texts)
    both = ours.keys() & theirs.keys()
    measures = {"pairs of texts with one event, F1": Measure(f1(len(both), len(ours), len(theirs)), len(ours))}
    for field in FIELDS:
        same = sum(any(one[field] == other[field] for one in ours[p] for other in theirs[p]) for p in both)
        measures[field] = Measure(same / len(both), len(both))
    return measures


def _events(path: Any) -> Iterator[dict[str, Any]]:
    yield from map(orjson.loads, path.read_bytes().splitlines())


def _pairs(events: Iterable[dict[str, Any]], texts: set[str]) -> dict[Pair, list[dict[str, Any]]]:
    """The events that two texts share, by the texts."""
    pairs: dict[Pair, list[dict[str, Any]]] = {}
    for event in events:
        told = sorted({told["article"] for told in event["told"]} & texts)
        for one, other in combinations(told, 2):
            pairs.setdefault((one, other), []).append(event)
    return pairs


def main() -> None:
    """Print the agreement."""
    for name, measure in agreement().items():
        print(f"{name:<34} {measure.value:.2f} of {measure.of}")


if __name__ == "__main__":
    main()
