"""Edits are told from other articles under the same name, over the sample articles."""

from pathlib import Path

from streams import codec
from streams.feeding.likeness import is_like, sketch_of
from streams.feeding.sources import files_under, items_of_file
from streams.records import Article


def texts() -> list[str]:
    items = [item for file in files_under([Path("seeds/articles")]) for item in items_of_file(file)]
    return [text for item in items if len(text := codec.decode(Article, item.value).text or "") > 400]


def test_an_article_with_half_of_it_changed_or_much_added_is_like_itself() -> None:
    for text in texts():
        sketch, half = sketch_of(text), len(text) // 2
        assert is_like(sketch, text)
        assert is_like(sketch, text[:half] + " Corrected." * 100)
        assert is_like(sketch, "Breaking news of today. " * 500 + text)


def test_the_sample_articles_are_not_like_each_other() -> None:
    pairs = [(one, two) for one in texts() for two in texts() if one != two]
    alike = [is_like(sketch_of(one), two) for one, two in pairs]
    assert sum(alike) < len(pairs) / 50, "those that are reprints, or have the same boilerplate around them"


def test_short_texts_and_unknown_ones() -> None:
    assert is_like(sketch_of("Three died."), "three died")
    assert not is_like(sketch_of("Three died."), "Four died.")
    assert is_like(b"", "anything")
