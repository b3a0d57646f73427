"""A text that comes again is read as if it were the first, whatever else differs and in any order."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from streams import codec
from streams.feeding.sources import files_under, items_of_file
from streams.identity import article_id, version_of
from streams.reading import Reader, Reading, read
from streams.records import Article
from tests.evaluation.gold import SEEDS

PROMOTION = "Read more: our newsletter brings you the week's most important stories every Friday morning. Sign up here."


def variants(article: Article) -> Iterator[Article]:
    """The article with one thing changed, each thing that reading may look at."""
    text = article.text or ""
    first = text.strip().split("\n")[0][:200]
    yield article
    yield replace(article, id="other", url="https://a.example/story")
    yield replace(article, url="https://a.example/2019/03/04/story", published=None)
    yield replace(article, url="https://a.example/2019/03/story", published=None)
    yield replace(article, published=None)
    yield replace(article, published=None, fetched=article.fetched + timedelta(days=400))
    yield replace(article, source="The Other Paper")
    yield replace(article, source=None)
    yield replace(article, source=first)
    yield replace(article, title="Another Headline Altogether")
    yield replace(article, title=None)
    yield replace(article, language="de")
    if text:
        yield replace(article, text=text + f"\n\n{PROMOTION}\n")
        yield replace(article, text=text[: len(text) * 9 // 10])
        yield replace(article, text=f"The Other Paper\n\n{text}")
        yield replace(article, text=f"The Other Paper\n\n{text}", source="The Other Paper")
        yield replace(article, text=f"The Other Paper\n\n{text}", source="The Third Paper")


def plain(article: Article, *, live: bool) -> Reading:
    return read(article, article_id(article), version_of(article), live=live)


@pytest.mark.parametrize(("live", "room"), [(False, 100_000_000), (True, 150_000), (False, 0)])
def test_what_is_remembered_changes_nothing(live: bool, room: int) -> None:
    every = [
        codec.decode(Article, item.value) for file in files_under([SEEDS / "articles"]) for item in items_of_file(file)
    ]
    told = [article for article in every if (article.text or article.html) and not article.retracted]
    articles = [other for article in told[::3] for other in variants(article)]
    wanted = [plain(article, live=live) for article in articles]
    reader = Reader(live=live, room=room)
    order = list(range(len(articles))) * 2
    random.Random(room).shuffle(order)
    for number in order:
        article = articles[number]
        assert reader.read(article, article_id(article), version_of(article)) == wanted[number]
    assert reader._known._used <= room


def test_a_text_of_another_outlet_is_not_read_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "Rebels shelled the town of Goma on Monday, killing nine people.\n\nThe army denied it, a spokesman said."
    article = codec.decode(Article, b'{"fetched": "2024-06-01T12:00:00Z", "source": "One Paper"}')
    reader = Reader()
    reader.read(replace(article, text=text), "a", version_of(article))
    monkeypatch.setattr("streams.reading.remembered.read", None)
    again = reader.read(
        replace(article, text=text, source="Another", url="https://b.example/x"), "b", version_of(article)
    )
    assert (again.document.article_id, again.document.source, again.document.url) == (
        "b",
        "Another",
        "https://b.example/x",
    )
