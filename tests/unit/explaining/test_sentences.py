"""The sentences of a mention, out of its document's paragraphs."""

from __future__ import annotations

from dataclasses import replace

from streams.explaining.sentences import sentences_of
from streams.records import Document, Paragraph, Told
from tests.unit.simulation.test_crashes import shelling

FIRST = "Shells hit the market. Three died."


def document(*paragraphs: Paragraph, told: tuple[Told, ...]) -> Document:
    bare = shelling("a1", 0)
    return replace(bare, paragraphs=paragraphs, mentions=(replace(bare.mentions[0], sentences=told),))


def sentences(one: Document) -> tuple[str, ...]:
    return sentences_of(one.mentions[0], {one.article_id: one})


def test_each_sentence_is_cut_out_once() -> None:
    paragraphs = Paragraph("A title", None, None, kind="title"), Paragraph(FIRST, 100, 134)
    told = Told(123, 134, "2"), Told(100, 122, "1"), Told(123, 134, "2")
    assert sentences(document(*paragraphs, told=told)) == ("Three died.", "Shells hit the market.")


def test_where_cleaning_changed_the_length_it_is_cut_at_words() -> None:
    paragraph = Paragraph(FIRST, 100, 137)  # three characters were taken out before the second sentence
    assert sentences(document(paragraph, told=(Told(126, 137, "2"),))) == ("Three died.",)
    assert sentences(document(paragraph, told=(Told(102, 120, "1"),))) == ("Shells hit the market.",)


def test_without_the_text_there_are_none() -> None:
    one = document(Paragraph(FIRST, 100, 134), told=(Told(500, 510, "elsewhere"),))
    assert sentences(one) == ()
    assert sentences_of(one.mentions[0], {}) == ()
