"""An article read: cleaned, split into paragraphs, dated, its language told, every change on record."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from streams.extending.additions import NOTHING, Additions
from streams.extending.in_force import put_in_force
from streams.reading import boilerplate, duplicates, joining, kinds, language, lines, markup, recasing, signature
from streams.reading.dating import publication_window
from streams.reading.folding import fold
from streams.reading.gluing import unglue
from streams.reading.lines import Line
from streams.reading.mapped import Mapped
from streams.reading.repairs import characters
from streams.reading.result import Reading
from streams.reading.splitting import pieces
from streams.records import Article, Document, InvalidRecordError, Paragraph, Removed, Version

_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f]")
_BINARY_SHARE = 0.2
"""Of more control characters than this share of its characters, a text is no text."""


def read(
    article: Article, article_id: str, version: Version, *, live: bool = False, additions: Additions = NOTHING
) -> Reading:
    """Read `article`; with `live`, one without any date is dated by its fetch time; `additions` are to the lexicons.

    Raises InvalidRecordError with reason `empty-text` (nothing is given, or nothing is left of it) or `binary`.
    """
    put_in_force(additions)
    page = _page(article)
    own_text = article.text is not None and page.text is article.text
    _check(page.text)
    given = _plain(article.title) or _plain(page.title)
    kept, removed = _cleaned(page.text, page.captions)
    if not kept:
        raise InvalidRecordError("empty-text", f"article {article_id} has no text but boilerplate")
    kept, mast = _without_masthead(kinds.assign(kept, given), article.source or page.site)
    removed += mast
    kept = [Line(piece, line.block, line.kind) for line in kept for piece in pieces(line.text)]
    title = given or next((line.text.text for line in kept if line.kind == "title"), None)
    paragraphs, offsets = _paragraphs(kept, removed, given)
    told = "\n".join(line.text.text for line in kept if line.kind != "title") or (title or "")
    document = Document(
        article_id=article_id,
        version=version,
        title=title,
        source=article.source or page.site,
        url=article.url,
        published=publication_window(article, page.text, title, page.published, live=live),
        fetched=article.fetched,
        language=language.detect(told, article.language),
        paragraphs=paragraphs,
        removed=tuple(sorted(removed, key=lambda cut: (cut.start, cut.end))),
        signature=signature.sign(told),
        mentions=(),
        coder="",
        text=None if own_text else page.text,
        retracted=article.retracted,
    )
    return Reading(document, page.text, offsets)


def _page(article: Article) -> markup.Page:
    given = article.html or article.text or ""
    if article.html or markup.is_page(given):
        _check(given)
        return markup.extract(given, fetched=article.fetched.date(), url=article.url)
    return markup.Page(given)


def _check(text: str) -> None:
    shown = sum(map(len, text.split()))
    if shown == 0:
        raise InvalidRecordError("empty-text", "the article has no text")
    control = sum(1 for _ in _CONTROL.finditer(text))
    if control > _BINARY_SHARE * shown or text.startswith("%PDF-"):
        raise InvalidRecordError("binary", f"{control} of {shown} characters are control characters")


def _plain(title: str | None) -> str | None:
    if title is None or not title.strip():
        return None
    return characters(Mapped(title, range(len(title)))).text or None


def _cleaned(text: str, captions: frozenset[str]) -> tuple[list[Line], list[Removed]]:
    """The paragraphs to keep, repaired, and what was removed."""
    article, removed = boilerplate.clean([_captioned(line, captions) for line in lines.split(text)])
    article, again = duplicates.once(article)
    joined = joining.rejoin(article)
    spellings = recasing.Spellings(tuple(line.text.text for line in joined))
    repaired = []
    for line in joined:
        mapped = unglue(characters(line.text))
        mapped = recasing.recase(mapped, spellings, caption=line.kind == "caption")
        if mapped.text:
            repaired.append(Line(mapped, line.block, line.kind))
    return repaired, removed + again


def _captioned(line: Line, captions: frozenset[str]) -> Line:
    is_caption = bool(captions) and " ".join(line.text.text.split()) in captions
    return replace(line, kind="caption") if is_caption else line


def _without_masthead(kept: Sequence[Line], source: str | None) -> tuple[list[Line], list[Removed]]:
    """Without the outlet's or section's name above the headline, or alone anywhere on top."""
    top = next((i for i, line in enumerate(kept) if line.kind not in {"title", "heading"}), len(kept))
    headline = next((i for i, line in enumerate(kept) if line.kind == "title"), 0)
    name = fold(source or "")
    gone = {
        i
        for i in range(top)
        if kept[i].kind == "heading"
        and (fold(kept[i].text.text) == name or (i < headline and len(kept[i].text.text.split()) <= 4))
    }
    removed = [Removed(kept[i].text.start, kept[i].text.end, "masthead") for i in sorted(gone)]
    return [line for i, line in enumerate(kept) if i not in gone], removed


def _paragraphs(
    kept: Sequence[Line], removed: Sequence[Removed], given: str | None
) -> tuple[tuple[Paragraph, ...], tuple[tuple[int, ...] | None, ...]]:
    said_so = any(cut.reason == "liveblog" for cut in removed)
    numbers = kinds.entries(kept) if kinds.is_live(kept, said_so=said_so, title=given) else [0] * len(kept)
    paragraphs: list[Paragraph] = []
    offsets: list[tuple[int, ...] | None] = []
    if given is not None and not any(line.kind == "title" for line in kept):
        paragraphs.append(Paragraph(given, None, None, 0, "title"))
        offsets.append(None)
    for line, entry in zip(kept, numbers, strict=True):
        text = line.text
        paragraphs.append(Paragraph(text.text, text.start, text.end, entry, line.kind or "body"))
        offsets.append(None if text.contiguous() else tuple(text.offsets))
    return tuple(paragraphs), tuple(offsets)
