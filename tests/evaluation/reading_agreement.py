"""How far two annotators of reading agree: `python -m tests.evaluation.reading_agreement` prints it."""

from __future__ import annotations

from collections.abc import Iterator

import orjson

from tests.evaluation.gold import SEEDS
from tests.evaluation.reading_measures import Measure
from tests.evaluation.reading_sets import SIDES, Annotated, records
from tests.evaluation.reading_times import Timex, marked, tally


def both(name: str) -> Iterator[tuple[Annotated, Annotated]]:
    """The articles of a set that were annotated twice, each with its second annotation."""
    first = {record["id"]: record for side in SIDES for record in records(name, side)}
    for line in (SEEDS / name / "second.jsonl").read_bytes().splitlines():
        second = orjson.loads(line)
        yield first[second["id"]], second


def times() -> dict[str, Measure]:
    """The second annotator's expressions measured against the first one's."""
    cases: list[tuple[list[Timex], list[Timex]]] = []
    for first, second in both("times"):
        cases.append((marked(first["text"], first["id"])[1], marked(second["text"], first["id"])[1]))
    return tally(cases)


def cleaning() -> dict[str, Measure]:
    """Shares of lines on which both agree that they stay or go, and for those that go, on the reason."""
    labels = [
        (one[0], other[0])
        for first, second in both("cleaning")
        for one, other in zip(first["lines"], second["lines"], strict=True)
    ]
    gone = [(one, other) for one, other in labels if "content" not in {one, other}]
    stays = sum((one == "content") == (other == "content") for one, other in labels)
    return {
        "cleaning: stays or goes": Measure(stays / len(labels), len(labels)),
        "cleaning: reason": Measure(sum(one == other for one, other in gone) / len(gone), len(gone)),
    }


def main() -> None:
    """Print the agreement."""
    for name, measure in (times() | cleaning()).items():
        print(f"{name:<28} {measure.value:.3f} of {measure.of}")


if __name__ == "__main__":
    main()
