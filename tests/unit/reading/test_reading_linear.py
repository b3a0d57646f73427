"""The work of reading grows with the length of what is read; compared are CPU times of one run, never seconds."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from datetime import UTC, date, datetime

import orjson
import pytest

from streams.articles import decode_article
from streams.reading import markup, read
from streams.reading.times import find_times
from streams.records import Article, DateWindow, InvalidRecordError, Version
from streams.settings import load
from tests.unit.reading.patterns import all_patterns, attacks

FETCHED = datetime(2024, 6, 1, 12, tzinfo=UTC)
WARM = "The army closed the road to the border on Tuesday, officials said."
PARAGRAPH = f"{WARM} It had sent two hundred soldiers to Maru since 3 June 2023, and it would not say for how long.\n\n"
PAGE = f"<html><head><title>T</title></head><body><article><p>{WARM}</p>"
MOST = 8.0
"""Four times the length may take so many times as long: far from the sixteen of a square."""
TOO_SHORT = 0.05
"""A CPU time (seconds) below which a ratio says nothing."""


def seconds(work: Callable[[], object]) -> float:
    started = time.process_time()
    work()
    return time.process_time() - started


def growth(work: Callable[[str], object], text: Callable[[int], str], size: int) -> float:
    """How many times as long `work` takes for four times `size`; 1 where it is too quick to tell."""
    short, long = text(size), text(4 * size)
    slow = seconds(lambda: work(long))
    if slow < TOO_SHORT:
        return 1.0
    quick = min(seconds(lambda: work(short)) for _ in range(3))
    if slow > MOST * quick:
        slow = min(slow, *(seconds(lambda: work(long)) for _ in range(2)))
    return slow / quick


def read_text(text: str) -> None:
    try:
        read(Article(fetched=FETCHED, text=text), "a", Version("2024", "0"))
    except InvalidRecordError as refused:
        assert refused.reason in {"empty-text", "binary"}


def test_an_article_of_ten_megabytes_is_refused_before_it_is_read() -> None:
    value = orjson.dumps({"fetched": FETCHED, "text": PARAGRAPH * (10_000_000 // len(PARAGRAPH))})
    decoding = seconds(lambda: orjson.loads(value))
    started = time.process_time()
    with pytest.raises(InvalidRecordError, match="limit is") as refused:
        decode_article(value, load())
    assert refused.value.reason == "too-long"
    # Reading so much takes minutes; refusing it costs hardly more than parsing the JSON.
    assert time.process_time() - started < 20 * decoding + 1


@pytest.mark.parametrize(
    ("unit", "size"),
    [
        (PARAGRAPH, 30_000),
        (PARAGRAPH.strip() + " ", 20_000),
        *((unit, 20_000) for unit in ("x", "\u00e9", "(", "[", '"', "“", "’", "1", ".", "\u200b", "\u0301", "\n", " ")),
        *((unit, 6_000) for unit in ("a. ", "1 ", "A ", "?? ", " > ", "[a] ", "â€™", "RUSSIA'S ", "a\n", "\u2028x")),
        *((unit, 20_000) for unit in ("on Monday ", "between Friday and ", "1/", "2024-", "two days ", "today, ")),
    ],
    ids=lambda value: ascii(value)[1:20] if isinstance(value, str) else "",
)
def test_reading_a_text_grows_with_its_length(unit: str, size: int) -> None:
    read_text(WARM)
    # What is read in full is told by the second half: dating stops at its own limit.
    assert growth(read_text, lambda length: "The town is calm.\n\n" + unit * (length // len(unit)), size) < MOST


@pytest.mark.parametrize("anchor", [DateWindow(), DateWindow(date(2024, 5, 1), date(2024, 5, 1), "day")])
@pytest.mark.parametrize("unit", ["on Monday ", "two weeks ", "between Friday and ", "1/1/", "the ", "1 ", "' "])
def test_finding_times_grows_with_the_length(unit: str, anchor: DateWindow) -> None:
    def text(size: int) -> str:
        return "On 1 January 2020 " + unit * (size // len(unit))

    assert growth(lambda long: find_times(long, anchor), text, 4_000) < MOST


PAGES: dict[str, Callable[[int], str]] = {
    "deep": lambda n: PAGE + "<div>" * n,
    "deep and closed": lambda n: PAGE + "<div>" * n + WARM + "</div>" * n,
    "paragraphs": lambda n: PAGE + f"<p>{WARM}</p>" * (n // 10),
    "unclosed paragraphs": lambda n: PAGE + "<p>a " * (n // 2),
    "unclosed bold": lambda n: PAGE + "<b>a" * n,
    "unclosed tags": lambda n: PAGE + "<a " * n,
    "signs": lambda n: PAGE + "<" * n,
    "tables": lambda n: PAGE + "<table><tr><td>" * n,
    "breaks": lambda n: PAGE + "<p>" + "a<br>" * (n // 4),
    "attribute": lambda n: PAGE + '<div class="' + "a " * (10 * n) + '">' + WARM,
    "open attribute": lambda n: PAGE + '<div class="' + "a " * (10 * n),
    "many attributes": lambda n: PAGE + "<div " + " ".join(f"a{i}=1" for i in range(n // 8)) + ">" + WARM,
    "comments": lambda n: PAGE + "<!--" * n,
    "entities": lambda n: PAGE + "&amp;" * n,
    "links": lambda n: PAGE + '<a href="http://x.y/z">a b c</a> ' * (n // 10),
    "dates": lambda n: PAGE + "<time datetime='2024-01-01'>1 Jan</time>" * (n // 20),
}


def extract(page: str) -> markup.Page:
    return markup.extract(page, fetched=FETCHED.date(), url=None)


@pytest.mark.parametrize("name", PAGES)
def test_reading_a_page_grows_with_its_length(name: str) -> None:
    extract(PAGE)
    assert growth(extract, PAGES[name], 2_500) < MOST


@pytest.mark.parametrize("depth", [10, 300, 3_000, 20_000])
def test_a_deep_page_keeps_its_text(depth: int) -> None:
    body = "<html><body>" + "<div>" * depth + f"<p>{WARM}</p>" + "</div>" * depth
    assert WARM in extract(body).text


def _run(pattern: re.Pattern[str]) -> Callable[[str], object]:
    return lambda text: sum(1 for _ in pattern.finditer(text))


CAPPED = {
    "boilerplate.INNER_END", "forms.", "inline._CREDIT", "inline._CRUMB", "kinds.", "joining._DATELINE", "dating_line",
    "inline._PLACEHOLDER", "markup._PAGE_START", "markup:",
}  # fmt: skip
"""Patterns that only ever see a piece of bounded length (a short line), as their callers say."""


def test_no_pattern_takes_the_square_of_the_length() -> None:
    bad: dict[str, str] = {}
    for name, pattern in all_patterns().items():
        if name.startswith(tuple(CAPPED)):
            continue
        for unit, end in attacks(pattern):

            def text(size: int, unit: str = unit, end: str = end) -> str:
                return unit * (size // len(unit) + 1) + end

            if growth(_run(pattern), text, 1_000) > MOST:
                bad[name] = unit[:60]
    assert not bad
