"""The tree of a web page, without what is hidden in it and what stands around the article by the names that it has."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TypeAlias

from lxml import etree  # type: ignore[import-untyped]
from lxml import html as lxml_html

from streams.reading.page_words import parts_of

Element: TypeAlias = Any
"""An element of lxml, which has no types."""

FAILURES = (
    etree.LxmlError,
    ValueError,
    TypeError,
    KeyError,
    IndexError,
    AttributeError,
    RecursionError,
    AssertionError,
)
"""What the libraries raise over markup that they cannot take."""

_NAMES = ("class", "id", "role", "aria-label", "data-testid", "data-component")
_UNSEEN_TAGS = ("noscript", "template", "object", "iframe", "svg", "select", "textarea")
_PRUNED = frozenset(
    {"div", "section", "aside", "ul", "ol", "dl", "li", "form", "nav", "footer", "table", "tr", "td", "p", "span"}
    | {"article", "details", "a", "button", "h2", "h3", "h4", "h5", "h6"}
)
_AROUND = frozenset(
    {"comments", "comment", "related", "signup", "share", "author", "advertisement", "consent", "navigation", "unseen"}
)
_ROLES = frozenset({"navigation", "complementary", "contentinfo", "search", "dialog", "alertdialog", "banner"})
_LONG_TEXT = 40
"""Characters from which a piece of text outside links counts as telling."""
_MOST_SHARE = 0.35
"""What holds more of the page's telling text than this is not taken for a thing around the article."""
_SOME_SHARE = 0.15
_LITTLE = 600
"""On a short page so many characters are not yet some of the text."""
_TEXT_A_LINK = 250
"""What holds more than some of the telling text must have a link for so many characters of it, as teasers have."""
_MOST_REMOVED = 5000
"""So many elements are looked at for removal; a page of the web has far fewer."""
_LEAST_LEFT = 250
"""Comments may be longer than the article, if so many characters of telling text stand elsewhere."""


def parse(markup: str) -> Element | None:
    """The page as a tree without comments; None if it has no element."""
    parser = lxml_html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True)
    try:
        return lxml_html.document_fromstring(markup.encode("utf-8"), parser=parser)
    except FAILURES:
        return None


def shown(element: Element, most: int = 5000) -> str:
    """The text of an element with single blanks; of a longer one hardly more than its first `most` characters."""
    pieces = []
    size = 0
    for piece in element.itertext():
        pieces.append(piece)
        size += len(piece.strip())
        if size > most:
            break
    return " ".join(" ".join(pieces).split())


def names(element: Element) -> Iterator[str]:
    """The names of an element: its classes, its id and role, what is said of it."""
    for attribute in _NAMES:
        value = element.get(attribute)
        if value:
            yield from value[:400].split() if attribute == "class" else (value[:80],)


def parts(element: Element) -> frozenset[str]:
    """The parts of a page that an element may be, by its names."""
    return frozenset(part for name in names(element) for part in parts_of(name))


def prune(tree: Element) -> None:
    """Take out what is hidden and what stands around the article; never the bulk of the text, nor the headline."""
    etree.strip_elements(tree, *_UNSEEN_TAGS, with_tail=False)
    telling = _telling(tree)
    whole = telling.get(tree, 0)
    article = _holding_article(tree)
    gone: set[Element] = set()
    for element in _around(tree)[:_MOST_REMOVED]:
        if element in article or element.getparent() is None:
            continue
        above = list(element.iterancestors())
        if not gone.isdisjoint(above):
            continue
        share = telling.get(element, 0)
        if _is_bulk(element, share, whole) and not (whole - share >= _LEAST_LEFT and "comments" in parts(element)):
            continue
        whole -= share
        gone.add(element)
    for element in gone:
        remove(element)


def _is_bulk(element: Element, share: int, whole: int) -> bool:
    if share <= max(_SOME_SHARE * whole, _LITTLE) and share <= _MOST_SHARE * whole:
        return False
    return share > _MOST_SHARE * whole or share > _TEXT_A_LINK * sum(1 for _ in element.iter("a"))


def remove(element: Element) -> None:
    """Take an element out of its tree; the text behind it stays."""
    parent = element.getparent()
    if parent is None:
        return
    tail = element.tail
    if tail and tail.strip():
        before = element.getprevious()
        if before is None:
            parent.text = (parent.text or "") + " " + tail
        else:
            before.tail = (before.tail or "") + " " + tail
    element.tail = None
    parent.remove(element)


def _around(tree: Element) -> list[Element]:
    return [element for element in tree.iter(*_PRUNED) if _is_around(element)]


def _is_around(element: Element) -> bool:
    attributes = element.attrib
    if not attributes:
        return False
    style = attributes.get("style", "")[:300].replace(" ", "").lower()
    if "hidden" in attributes or "display:none" in style or "visibility:hidden" in style:
        return True
    if attributes.get("itemprop") == "comment" or attributes.get("itemtype", "").endswith("/Comment"):
        return True
    if attributes.get("role", "").lower() in _ROLES or attributes.get("class", "").strip() == "hidden":
        return True
    found = parts(element) & _AROUND
    return bool(found) and not (found == {"share"} and "embed" in attributes.get("class", "").lower())


def _holding_article(tree: Element) -> set[Element]:
    """The elements that the headline or the marked body of the article stands in."""
    holding: set[Element] = set()
    for mark in tree.iter("h1", "div", "section", "article", "span", "td", "main"):
        if mark.tag == "h1" or mark.get("itemprop", "").lower() == "articlebody":
            above = mark
            while above is not None and above not in holding:
                holding.add(above)
                above = above.getparent()
    return holding


def _telling(tree: Element) -> dict[Element, int]:
    """Characters of telling text in each element."""
    sums: dict[Element, int] = {}
    for _, element in etree.iterwalk(tree, events=("end",)):
        if not isinstance(element.tag, str) or element.tag in {"script", "style", "head"}:
            continue
        own = _long(element.text) if element.tag != "a" else 0
        for child in element:
            own += sums.get(child, 0) + _long(child.tail)
        if own:
            sums[element] = own
    return sums


def _long(text: str | None) -> int:
    size = len(text.strip()) if text else 0
    return size if size >= _LONG_TEXT else 0
