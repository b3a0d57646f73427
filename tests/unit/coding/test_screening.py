"""With screening and memory the same is found as without, in whatever order articles come and however often."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from streams import codec
from streams.coding import Coder
from streams.coding.pipeline import new_parser
from streams.coding.scene import Scene
from streams.feeding.sources import items_of_file
from streams.identity import article_id, version_of
from streams.parsing.tokens import Span
from streams.reading import read
from streams.reading.result import Reading
from streams.records import Article, Document
from tests.evaluation.gold import SEEDS

NAMES = ("01", "03", "08", "12", "17", "20", "21")
"""Among them reprints of each other."""


@pytest.fixture(scope="module")
def readings() -> list[Reading]:
    files = [file for file in sorted((SEEDS / "articles").iterdir()) if file.name.startswith(NAMES)]
    articles = [codec.decode(Article, item.value) for file in files for item in items_of_file(file)]
    return [read(article, article_id(article), version_of(article)) for article in articles if not article.retracted]


@pytest.fixture(scope="module")
def plain(readings: list[Reading]) -> list[Document]:
    """What is found when every sentence is parsed and none is remembered."""
    coder = Coder(parser=new_parser(remembered=0), screened=False)
    return [coder.code(reading) for reading in readings]


def test_screening_and_memory_change_nothing(readings: list[Reading], plain: list[Document]) -> None:
    assert sum(len(document.mentions) for document in plain) > 20
    for remembered in (0, 700, 1_000_000):
        coder = Coder(parser=new_parser(remembered=remembered))
        order = [number for number in range(len(readings)) for _ in range(2)]
        random.Random(remembered).shuffle(order)
        for number in order:
            assert coder.code(readings[number]) == plain[number]


def test_all_that_is_named_is_the_same_too(readings: list[Reading]) -> None:
    plain = Coder(parser=new_parser(remembered=0), screened=False)
    coder = Coder(parser=new_parser(remembered=1_000_000))
    for reading in readings[:3]:
        wanted = plain.code(reading, full=True)
        assert coder.code(reading, full=True) == wanted
        assert coder.code(reading, full=True) == wanted


def test_an_article_cut_short_is_coded_as_if_it_were_the_first(readings: list[Reading]) -> None:
    coder, fresh = (
        Coder(parser=new_parser(remembered=1_000_000)),
        Coder(parser=new_parser(remembered=0), screened=False),
    )
    for reading in readings:
        coder.code(reading)
    for reading in readings:
        kept = reading.document.paragraphs[:-2]
        short = replace(reading, document=replace(reading.document, paragraphs=kept))
        assert coder.code(short) == fresh.code(short)


def test_a_forecast_that_is_always_wrong_changes_nothing(
    readings: list[Reading], plain: list[Document], monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(_sentence: Span) -> bool:
        return False

    monkeypatch.setattr("streams.coding.coder.will_be_asked", never)
    coder = Coder(parser=new_parser(remembered=0))
    assert [coder.code(reading) for reading in readings[:4]] == plain[:4]


def test_a_frame_that_is_not_tried_for_want_of_its_words_would_not_fit(
    readings: list[Reading], plain: list[Document], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Scene, "has", lambda *_: True)
    coder = Coder(parser=new_parser(remembered=0))
    assert [coder.code(reading).mentions for reading in readings] == [document.mentions for document in plain]
