"""Texts and pages that are hard to read, of any length: one thing said, opened or left open again and again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from streams.reading import markup, read
from streams.records import Article, InvalidRecordError, Version

FETCHED = datetime(2024, 6, 1, 12, tzinfo=UTC)
WARM = "The army closed the road to the border on Tuesday, officials said."
PARAGRAPH = f"{WARM} It had sent two hundred soldiers to Maru since 3 June 2023, and it would not say for how long.\n\n"
PAGE = f"<html><head><title>T</title></head><body><article><p>{WARM}</p>"
UNITS = [
    (PARAGRAPH, 30_000),
    (PARAGRAPH.strip() + " ", 20_000),
    *((unit, 20_000) for unit in ("x", "\u00e9", "(", "[", '"', "“", "’", "1", ".", "\u200b", "\u0301", "\n", " ")),
    *((unit, 6_000) for unit in ("a. ", "1 ", "A ", "?? ", " > ", "[a] ", "â€™", "RUSSIA'S ", "a\n", "\u2028x")),
    *((unit, 20_000) for unit in ("on Monday ", "between Friday and ", "1/", "2024-", "two days ", "today, ")),
]
"""What a text repeats, and a length (characters) at which its cost shows."""
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
"""Pages by what they have too much of; each is made for a number that its length grows with."""


def repeated(unit: str) -> Callable[[int], str]:
    """A text of `unit` alone, by its length in characters."""
    return lambda length: "The town is calm.\n\n" + unit * (length // len(unit))


def read_text(text: str) -> None:
    """Read it as an article's text; to be refused for what it is counts as read."""
    try:
        read(Article(fetched=FETCHED, text=text), "a", Version("2024", "0"))
    except InvalidRecordError as refused:
        assert refused.reason in {"empty-text", "binary"}


def read_page(page: str) -> markup.Page:
    """Take the article out of the page."""
    return markup.extract(page, fetched=FETCHED.date(), url=None)
