"""Reading measured on its four annotated sets, for development and held-out records apart."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from types import ModuleType

from tests.evaluation import reading_cleaning, reading_dating, reading_pages, reading_times
from tests.evaluation.reading_measures import Measure
from tests.evaluation.reading_sets import SIDES, records

SETS: dict[str, ModuleType] = {
    "times": reading_times,
    "cleaning": reading_cleaning,
    "pages": reading_pages,
    "dating": reading_dating,
}
"""The module that scores each set."""


@cache
def measured(name: str, side: str) -> dict[str, Measure]:
    """The measures of one side of a set. Raises `SetError` when it is missing or broken."""
    found: dict[str, Measure] = SETS[name].score(records(name, side))
    return found


def measure(name: str) -> tuple[Measure, ...]:
    """One measure (`times: value F1`) for development and for held-out records. Raises `SetError`."""
    return tuple(measured(name.partition(":")[0], side)[name] for side in SIDES)


def errors(name: str) -> Iterator[str]:
    """The errors on the development records of a set; those on held-out ones are nobody's to read."""
    yield from SETS[name].errors(records(name, "dev"))
