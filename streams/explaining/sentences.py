"""The sentences that tell a mention, cut out of the paragraphs of its document."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from streams.records import Document, Mention, Paragraph, Told


def sentences_of(mention: Mention, documents: Mapping[str, Document]) -> tuple[str, ...]:
    """The sentences, in the order in which they tell it; those that the document at hand does not have are left out."""
    document = documents.get(mention.article_id)
    if document is None:
        return ()
    found = (_sentence(told, document.paragraphs) for told in mention.sentences)
    return tuple(dict.fromkeys(text for text in found if text))


def _sentence(told: Told, paragraphs: Iterable[Paragraph]) -> str:
    """The text between the offsets; where cleaning has changed the paragraph's length, cut at the nearest words."""
    for paragraph in paragraphs:
        if paragraph.start is None or paragraph.end is None or not paragraph.start <= told.start < paragraph.end:
            continue
        text = paragraph.text
        first, last = told.start - paragraph.start, told.end - paragraph.start
        if len(text) != paragraph.end - paragraph.start:
            first = text.rfind(" ", 0, first + 1) + 1
            last = end if (end := text.find(" ", last)) >= 0 else len(text)
        return text[first:last].strip()
    return ""
