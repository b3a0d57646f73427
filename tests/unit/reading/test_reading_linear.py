"""The work of reading grows with the length of what is read: counted in steps, which no load of the machine changes."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import date

import orjson
import pytest

from streams.articles import decode_article
from streams.reading.times import find_times
from streams.records import DateWindow, InvalidRecordError
from streams.settings import load
from tests.unit.reading.hard_texts import FETCHED, PAGES, PARAGRAPH, UNITS, WARM, read_page, read_text, repeated
from tests.unit.reading.steps import steps

MOST = 8
"""Four times the length may take so many times the steps: far from the sixteen of a square."""
FEW = 1_000


def growth(work: Callable[[str], object], text: Callable[[int], str], size: int) -> float:
    """How many times the steps `work` takes for four times `size`; half of it loads what it needs."""
    work(text(size // 2))
    short = steps(lambda: work(text(size)))
    return steps(lambda: work(text(4 * size))) / short


@pytest.mark.parametrize(("rounds", "least"), [(10, 40), (1_000, 4_000)])
def test_steps_count_lines_and_calls_into_c(rounds: int, least: int) -> None:
    def work() -> None:
        for number in range(rounds):
            str(number)
            repr(number)

    assert least <= steps(work) < least * 2


def test_an_article_of_ten_megabytes_is_refused_before_it_is_read() -> None:
    value = orjson.dumps({"fetched": FETCHED, "text": PARAGRAPH * (10_000_000 // len(PARAGRAPH))})
    config = load()

    def refuse() -> None:
        with suppress(InvalidRecordError):
            decode_article(value, config)

    with pytest.raises(InvalidRecordError, match="limit is") as refused:
        decode_article(value, config)
    assert refused.value.reason == "too-long"
    assert steps(refuse) < FEW


@pytest.mark.parametrize(
    ("unit", "size"),
    UNITS,
    ids=lambda value: ascii(value)[1:20] if isinstance(value, str) else "",
)
def test_reading_a_text_grows_with_its_length(unit: str, size: int) -> None:
    read_text(WARM)
    # What is read in full is told by the second half: dating stops at its own limit.
    assert growth(read_text, repeated(unit), size) < MOST


@pytest.mark.parametrize("anchor", [DateWindow(), DateWindow(date(2024, 5, 1), date(2024, 5, 1), "day")])
@pytest.mark.parametrize("unit", ["on Monday ", "two weeks ", "between Friday and ", "1/1/", "the ", "1 ", "' "])
def test_finding_times_grows_with_the_length(unit: str, anchor: DateWindow) -> None:
    def text(size: int) -> str:
        return "On 1 January 2020 " + unit * (size // len(unit))

    assert growth(lambda long: find_times(long, anchor), text, 4_000) < MOST


@pytest.mark.parametrize("name", PAGES)
def test_reading_a_page_grows_with_its_length(name: str) -> None:
    assert growth(read_page, PAGES[name], 2_500) < MOST


@pytest.mark.parametrize("depth", [10, 300, 3_000, 20_000])
def test_a_deep_page_keeps_its_text(depth: int) -> None:
    body = "<html><body>" + "<div>" * depth + f"<p>{WARM}</p>" + "</div>" * depth
    assert WARM in read_page(body).text
