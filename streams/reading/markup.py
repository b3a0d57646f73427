"""The main text of a web page, its title, date and site."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

import trafilatura
from lxml import etree  # type: ignore[import-untyped]
from lxml import html as lxml_html
from trafilatura.settings import Document as Extracted

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
_ADVERTISING = [
    f"//*[contains(concat(' ', normalize-space(@class), ' '), ' {name} ')]"
    for name in ("ad", "ads", "advert", "advertisement", "sponsored", "promo")
]
# What trafilatura and lxml raise over markup that they cannot take.
_FAILURES = (
    etree.LxmlError,
    ValueError,
    TypeError,
    KeyError,
    IndexError,
    AttributeError,
    RecursionError,
    AssertionError,
)


@dataclass(frozen=True, slots=True)
class Page:
    """What was extracted from a page."""

    text: str
    title: str | None = None
    published: str | None = None
    """ISO date that the page's metadata gives."""
    site: str | None = None


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
    try:
        found = trafilatura.bare_extraction(
            clean,
            url=url,
            with_metadata=True,
            include_comments=False,
            prune_xpath=_ADVERTISING,
            date_extraction_params={
                "original_date": True,
                "extensive_search": False,
                "max_date": fetched.isoformat(),
            },
        )
    except _FAILURES:
        found = None
    text = found.text if isinstance(found, Extracted) else None
    if not isinstance(found, Extracted) or not text or not text.strip():
        return Page(_visible_text(clean), title=_title(clean))
    return Page(text, _given(found.title) or _title(clean), _given(found.date), _given(found.sitename))


def _given(value: object) -> str | None:
    shown = " ".join(value.split()) if isinstance(value, str) else ""
    return shown or None


def _tree(markup: str) -> lxml_html.HtmlElement | None:
    try:
        return lxml_html.document_fromstring(
            markup.encode("utf-8"), parser=lxml_html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
        )
    except _FAILURES:
        return None


def _title(markup: str) -> str | None:
    tree = _tree(markup)
    return None if tree is None else _given(tree.findtext(".//title"))


def _visible_text(markup: str) -> str:
    tree = _tree(markup)
    if tree is None:
        return ""
    etree.strip_elements(tree, *_NO_TEXT, with_tail=False)
    parts: list[str] = []
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        if element.tag in _BLOCKS:
            parts.append("\n")
        parts.append((element.text if event == "start" else element.tail) or "")
    lines = (" ".join(line.split()) for line in "".join(parts).splitlines())
    return "\n".join(line for line in lines if line)
