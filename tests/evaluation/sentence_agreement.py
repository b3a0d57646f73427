"""How far two annotators of sentences agree: `python -m tests.evaluation.sentence_agreement` prints it."""

from __future__ import annotations

from collections import Counter
from typing import Any

import orjson

from tests.evaluation.agreement import pairs
from tests.evaluation.gold import SEEDS
from tests.evaluation.reading_measures import Measure, f1
from tests.evaluation.reading_sets import SIDES
from tests.evaluation.sentences import records

FIELDS = ("mode", "status", "negated", "claimed", "core")


def agreement() -> dict[str, Measure]:
    """F1 of events with their type, and of those that match the share with each field alike."""
    first = {record["id"]: record for side in SIDES for record in records(side)}
    same, events, others, matched = Counter[str](), 0, 0, 0
    for line in (SEEDS / "sentences" / "second.jsonl").read_bytes().splitlines():
        second = orjson.loads(line)
        record = first[second["id"]]
        both = [(a, b) for a, b in pairs(record, second, record["text"]) if a["type"] == b["type"]]
        events, others, matched = events + len(record["events"]), others + len(second["events"]), matched + len(both)
        for one, other in both:
            same.update(field for field in FIELDS if one[field] == other[field])
            same["countries of parties"] += sides(one) == sides(other)
    measures = {"events with their type, F1": Measure(f1(matched, events, others), events)}
    return measures | {name: Measure(same[name] / matched, matched) for name in (*FIELDS, "countries of parties")}


def sides(event: dict[str, Any]) -> list[set[str]]:
    """The first parts of the ids of both sides; of a mutual event as one side."""
    actors, recipients = ({party.split(".")[0] for party in event[side]} for side in ("actors", "recipients"))
    return [actors | recipients] if event["mutual"] else [actors, recipients]


def main() -> None:
    """Print the agreement."""
    for name, measure in agreement().items():
        print(f"{name:<28} {measure.value:.2f} of {measure.of}")


if __name__ == "__main__":
    main()
