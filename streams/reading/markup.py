"""The main text of a web page, its title, date and site."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import trafilatura
from lxml import etree  # type: ignore[import-untyped]
from trafilatura.settings import Document as Extracted

from streams.reading import page_dates
from streams.reading.page_blocks import Block, blocks, words
from streams.reading.page_data import described, own
from streams.reading.page_marks import Clues
from streams.reading.page_size import bounded, head_of, too_large
from streams.reading.page_teasers import drop_teasers
from streams.reading.page_text import checked
from streams.reading.page_tree import FAILURES, Element, parts, prune, shown

_PAGE_START = re.compile(
    r"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!doctype html|<html[\s>]|<head[\s>]|<body[\s>])", re.IGNORECASE
)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")
_BLOCK_END = re.compile(r"</(?:p|div|article|body|section)\s*>", re.IGNORECASE)
_NO_TEXT = (
    "script",
    "style",
    "noscript",
    "template",
    "nav",
    "header",
    "footer",
    "aside",
    "form",
    "button",
    "svg",
    "head",
)
_BLOCKS = ("p", "div", "br", "li", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "tr", "section", "article", "td")
_LONGEST_CAPTION = 600


@dataclass(frozen=True, slots=True)
class Page:
    """What was extracted from a page."""

    text: str
    title: str | None = None
    published: str | None = None
    """ISO day of publication that the page tells by its metadata or its visible dates, weighed against its address."""
    site: str | None = None
    captions: frozenset[str] = frozenset()
    """The texts of its pictures, as far as the markup tells them apart."""


def is_page(text: str) -> bool:
    """True for text that is clearly HTML."""
    if _PAGE_START.match(text[:2000]):
        return True
    return text.lstrip()[:1] == "<" and sum(1 for _ in zip(range(3), _BLOCK_END.finditer(text), strict=False)) == 3


def extract(markup: str, *, fetched: date, url: str | None) -> Page:
    """The page's main text, or all its visible text where no main text can be told; empty if it shows nothing.

    `fetched` bounds the date that is searched for.
    """
    clean = _CONTROL.sub("", markup).encode("utf-8", "replace").decode("utf-8")
    tree = bounded(clean)
    if tree is None:
        return Page("")
    try:
        return _extracted(tree, clean, fetched, url)
    except FAILURES:
        again = bounded(clean)
        return Page("") if again is None else Page(_visible_text(again), title=_title(again))


def _extracted(tree: Element, markup: str, fetched: date, url: str | None) -> Page:
    data = described(tree)
    prune(tree)
    every = blocks(tree)
    if drop_teasers(every):
        every = blocks(tree)
    captions = _captions(tree)
    found = _by_library(tree, fetched, url)
    titles = list(_titles(tree))
    title = _headline(titles, every) or (_given(found.title) if found else None) or _title(tree)
    urls = [address for address in (url, found.url if found else None) if address]
    mine = own(data, [*titles, *_headlines(tree)], urls)
    body = max((one.body for one in mine), key=len, default="")
    text = checked(found.text if found else None, every, body, found.description if found else None)
    clues = Clues(markup, fetched, tuple(urls), found.date if found else None, title, text or "")
    published = page_dates.published(tree, every, mine, data, clues)
    if not text or not text.strip():
        text = _visible_text(tree)
    return Page(text, title, published, _given(found.sitename) if found else None, captions)


def _by_library(tree: Element, fetched: date, url: str | None) -> Extracted | None:
    days = {"original_date": True, "extensive_search": False, "max_date": fetched.isoformat()}
    try:
        if too_large(tree):
            return trafilatura.extract_metadata(head_of(tree), default_url=url, date_config=days)
        found = trafilatura.bare_extraction(
            tree, url=url, with_metadata=True, include_comments=False, date_extraction_params=days
        )
    except FAILURES:
        return None
    return found if isinstance(found, Extracted) else None


def _given(value: object) -> str | None:
    shown = " ".join(value.split()) if isinstance(value, str) else ""
    return shown or None


def _title(tree: Element) -> str | None:
    return _given(tree.findtext(".//title"))


def _titles(tree: Element) -> Iterator[str]:
    """The titles that the page's head gives."""
    for element in tree.iter("meta"):
        if (element.get("property") or element.get("name") or "").lower() in {"og:title", "twitter:title"}:
            yield _given(element.get("content")) or ""
    yield _title(tree) or ""


def _headline(titles: Sequence[str], every: Sequence[Block]) -> str | None:
    """The heading on the page that its head gives as the title too, the h1 first; None if there is none."""
    told = [" ".join(words(title)) for title in titles if title]
    headings = [(block.holder.tag != "h1", block) for block in every if block.heading and len(block.words) >= 3]
    for _, block in sorted(headings, key=lambda pair: pair[0]):
        if any(" ".join(block.words) in title for title in told):
            return block.text
    return None


def _headlines(tree: Element) -> list[str]:
    return [text for element in tree.iter("h1") if (text := shown(element))][:5]


def _captions(tree: Element) -> frozenset[str]:
    """The texts of the page's pictures."""
    found = set()
    for element in tree.iter("figcaption", "p", "div", "span", "em", "small", "dd", "td"):
        if element.tag == "figcaption" or "caption" in parts(element):
            text = shown(element, _LONGEST_CAPTION)
            if len(text) <= _LONGEST_CAPTION:
                found.add(text)
    return frozenset(found)


def _visible_text(tree: Element) -> str:
    etree.strip_elements(tree, *_NO_TEXT, with_tail=False)
    pieces: list[str] = []
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        if element.tag in _BLOCKS:
            pieces.append("\n")
        pieces.append((element.text if event == "start" else element.tail) or "")
    lines = (" ".join(line.split()) for line in "".join(pieces).splitlines())
    return "\n".join(line for line in lines if line)
