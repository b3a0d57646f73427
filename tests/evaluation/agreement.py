"""How far two annotators agree: `python -m tests.evaluation.agreement` writes `seeds/gold/agreement.json`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import orjson

from streams import codec
from streams.feeding.sources import items_of_file
from streams.records import Article
from tests.evaluation.gold import SEEDS, locate

HOW = "two separate passes over text and codebook, neither with sight of the other; machine-made, so likely overstated"


def spans(gold: dict[str, Any], text: str) -> list[tuple[dict[str, Any], tuple[int, int]]]:
    """The events with the place of their quotes."""
    placed = ((event, locate(event["quote"], text)) for event in gold["events"])
    return [(event, place) for event, place in placed if place]


def pairs(first: dict[str, Any], second: dict[str, Any], text: str) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    """Events whose quotes overlap, one to one, those of one type first."""
    free = spans(second, text)
    found: list[tuple[dict[str, Any], dict[str, Any]]] = []
    for same_type in (True, False):
        matched = [one for one, _ in found]
        for event, (start, end) in spans(first, text):
            near = [it for it in free if it[1][0] < end and start < it[1][1]]
            near = [it for it in near if not same_type or it[0]["type"] == event["type"]]
            if near and event not in matched:
                free.remove(near[0])
                found.append((event, near[0][0]))
    return found


def compare(stem: str) -> dict[str, Any]:
    """Agreement on one article."""
    first, second = (orjson.loads((SEEDS / "gold" / part / f"{stem}.json").read_bytes()) for part in ("", "second"))
    article = next(file for file in (SEEDS / "articles").iterdir() if file.stem == stem)
    text = codec.decode(Article, next(items_of_file(article)).value).text or ""
    matched = pairs(first, second, text)
    both = [(a, b) for a, b in matched if a["type"] == b["type"]]
    share = {
        field: round(sum(a[field] == b[field] for a, b in both) / len(both), 2)
        for field in ("mode", "status", "negated", "claimed", "core")
    }
    countries = sum({x[:3] for x in a["actors"]} == {x[:3] for x in b["actors"]} for a, b in both)
    return {
        "article": stem,
        "events": [len(first["events"]), len(second["events"])],
        "event_f1": round(2 * len(matched) / (len(first["events"]) + len(second["events"])), 2),
        "same_type_of_matched": round(len(both) / len(matched), 2),
        "same_of_same_type": {**share, "actor countries": round(countries / len(both), 2)},
    }


def main() -> None:
    """Write and print the agreement."""
    stems = sorted(file.stem for file in (SEEDS / "gold/second").iterdir())
    result = {"how": HOW, "articles": [compare(stem) for stem in stems]}
    content = orjson.dumps(result, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)
    Path(SEEDS / "gold/agreement.json").write_bytes(content)
    print(content.decode())


if __name__ == "__main__":
    main()
