"""A text that comes again is coded as if it were the first: whole, cut, moved, with another id, in any order."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from streams import codec
from streams.coding import Coder
from streams.coding.remembered import CodingMemory
from streams.feeding.sources import items_of_file
from streams.identity import article_id, version_of
from streams.reading import read
from streams.reading.result import Reading
from streams.records import Article, Document
from tests.evaluation.gold import SEEDS

PROMOTION = "Read more: our newsletter brings you the week's most important stories every Friday morning. Sign up here."


def articles() -> list[Article]:
    """Every third of the samples with their own text."""
    files = sorted((SEEDS / "articles").iterdir())[::3]
    found = [codec.decode(Article, item.value) for file in files for item in items_of_file(file)]
    return [article for article in found if article.text and not article.retracted]


def changed(article: Article) -> Iterator[Article]:
    """The article, and as others print it: moved, cut short, with a line more, with a new end, on another day."""
    text = article.text or ""
    lines = text.rstrip().split("\n")
    yield article
    yield replace(article, url="https://a.example/1", id=None)
    yield replace(article, url="https://b.example/1", id=None, text="Share\n\n" + text)
    yield replace(article, url="https://c.example/1", id=None, text="\n\n\n " + text + f"\n\n{PROMOTION}\n")
    for kept in (len(lines) * 9 // 10, len(lines) // 2):
        yield replace(article, url=f"https://d.example/{kept}", id=None, text="\n".join(lines[:kept]) or text)
        yield replace(article, url=f"https://e.example/{kept}", id=None, text="\n".join([" ", *lines[:kept]]) or text)
    yield replace(article, text=text + "\n\nPolice in Nairobi arrested twelve protesters on Tuesday, officials said.\n")
    yield replace(article, text=text + "\n\nBoth men met in Paris, Texas, the mayor of Texas said.\n")
    yield replace(
        article, text="\n".join([*lines[: len(lines) // 2], "In Texas he met them.", *lines[len(lines) // 2 :]])
    )
    yield replace(article, fetched=article.fetched + timedelta(days=200))


def reading_of(article: Article) -> Reading:
    return read(article, article_id(article), version_of(article))


@pytest.fixture(scope="module")
def readings() -> list[Reading]:
    return [reading_of(other) for article in articles() for other in changed(article)]


@pytest.fixture(scope="module")
def plain(readings: list[Reading]) -> list[Document]:
    """What is found by a coder that remembers no text."""
    coder = Coder(remembered=0)
    return [coder.code(reading) for reading in readings]


@pytest.mark.parametrize("remembered", [200_000, 1_000_000_000])
def test_what_is_remembered_changes_nothing(
    readings: list[Reading], plain: list[Document], remembered: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun = []
    beginning = CodingMemory.beginning

    def counted(self: CodingMemory, *text: Any) -> object:
        found = beginning(self, *text)
        begun.append(bool(found))
        return found

    monkeypatch.setattr(CodingMemory, "beginning", counted)
    coder = Coder(remembered=remembered)
    order = [number for number in range(len(readings)) for _ in range(2)]
    random.Random(remembered).shuffle(order)
    for number in order:
        assert coder.code(readings[number]) == plain[number]
    assert sum(begun) > 5
    assert len(begun) < len(order)


def test_all_that_is_named_is_told_again_too(readings: list[Reading]) -> None:
    plain, coder = Coder(remembered=0), Coder()
    for reading in readings[:24]:
        wanted = plain.code(reading, full=True)
        assert coder.code(reading, full=True) == wanted
        assert coder.code(reading) == replace(wanted, places=None, parties=None, times=None)


def test_nothing_is_left_of_what_was_forgotten(readings: list[Reading]) -> None:
    coder = Coder(remembered=150_000)
    for reading in readings:
        coder.code(reading)
    memory = coder._memory
    known = {id(coded) for coded, _ in memory._known._known.values()}
    assert 0 < sum(size for _, size in memory._known._known.values()) == memory._known._used <= 150_000
    assert {id(coded) for coded in memory._begins.values()} <= known
