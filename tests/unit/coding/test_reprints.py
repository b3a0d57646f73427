"""What other outlets make of an article is read and coded as if it were the first that a process ever saw."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from streams import codec
from streams.coding import Coder
from streams.feeding.sources import items_of_file
from streams.identity import article_id, version_of
from streams.parsing.parser import Parser
from streams.reading import Reader, read
from streams.records import Article, Document
from streams.remembering import ByLine
from tests.evaluation.gold import SEEDS

PROMOTION = "Read more: our newsletter brings you the week's most important stories every Friday morning. Sign up here."
NEWS = "Police in Nairobi arrested twelve protesters on Tuesday, officials in Kenya said."


def articles() -> list[Article]:
    """Every fifth of the samples with their own text."""
    files = sorted((SEEDS / "articles").iterdir())[1::5]
    found = [codec.decode(Article, item.value) for file in files for item in items_of_file(file)]
    return [article for article in found if article.text and not article.retracted]


def reprints(article: Article) -> Iterator[Article]:
    """The article, and as others print it: what they leave out, and what they add at the head, inside, at the end."""
    text = (article.text or "").rstrip()
    lines = text.split("\n")
    half = len(lines) // 2

    def other(name: str, *told: str, **changes: object) -> Article:
        return replace(article, id=None, url=f"https://{name}.example/story", text="\n".join(told), **changes)  # type: ignore[arg-type]

    yield article
    for share in (0.9, 0.7):
        yield other(f"cut-{share}", *lines[: int(len(lines) * share)], "", PROMOTION)
    yield other("longer", *lines, "", NEWS)
    yield other("inside", *lines[:half], "", PROMOTION, "", *lines[half:])
    yield other("news-inside", *lines[:half], "", NEWS, "", *lines[half:])
    yield other("headline", "A headline that nobody else has", *lines[1:])
    yield other("title", *lines, title="Kenya arrests twelve protesters")
    yield other("day", *lines[:-1], fetched=article.fetched + timedelta(days=3), published=None)
    yield other("outlet", "The Other Paper", "", *lines[:-1], source="The Other Paper")
    yield other("wrapped", *(part for line in lines for part in (line[:80], line[80:])))


def of_new_process(article: Article, coder: Coder) -> Document:
    """The article coded by who remembers nothing of others but the words of sentences."""
    for memory in ByLine.every:
        memory.forget()
    return coder.code(read(article, article_id(article), version_of(article)))


@pytest.fixture(scope="module")
def told() -> list[tuple[Article, Document]]:
    coder = Coder(remembered=0)
    return [(other, of_new_process(other, coder)) for article in articles() for other in reprints(article)]


@pytest.mark.parametrize("seed", [1, 2])
def test_reprints_tell_what_they_would_alone(told: list[tuple[Article, Document]], seed: int) -> None:
    reader, coder = Reader(), Coder()
    order = told * 2
    random.Random(seed).shuffle(order)
    for article, document in order:
        assert coder.code(reader.read(article, article_id(article), version_of(article))) == document


def test_a_text_without_its_end_is_not_parsed_again(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = [
        "Rebels seize Goma",
        "Rebels seized the town of Goma in eastern Congo on Monday, killing nine soldiers, the army said.",
        "They attacked Bukavu on Tuesday, residents said, and troops fled to Uvira.",
        "The government of Congo condemned the attack and called on its neighbours for help.",
    ]
    article = codec.decode(Article, b'{"fetched": "2024-06-05T12:00:00Z", "published": "2024-06-05"}')
    reader, coder = Reader(), Coder()

    def coded(name: str, *told: str) -> Document:
        other = replace(article, url=f"https://{name}.example/story", text="\n\n".join(told))
        return coder.code(reader.read(other, article_id(other), version_of(other)))

    whole = coded("a", *lines)
    monkeypatch.setattr(Parser, "pipe", None)
    cut = coded("b", *lines[:3], PROMOTION)
    assert cut.mentions
    assert {one.trigger for one in cut.mentions} <= {one.trigger for one in whole.mentions}
