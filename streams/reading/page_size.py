"""Pages that would take the libraries too long, or be cut short by the parser, brought to a size that they can take."""

from __future__ import annotations

import re
from copy import deepcopy

from lxml import etree  # type: ignore[import-untyped]

from streams.reading.page_blocks import blocks
from streams.reading.page_tree import Element, parse

_DEEPEST = 80
"""Levels of elements that keep their structure; real pages have half as many, unclosed tags make any number."""
_CUT = 250
"""Levels from which the parser may have dropped what stands deeper."""
_MOST_ATTRIBUTES = 100
_MOST_ELEMENTS = 20_000
_LONG_TAG = re.compile(r"(<[a-z][a-z0-9-]{0,30})(\s[^<>]{1000,})", re.IGNORECASE)
_VALUE = re.compile(r"\"[^\"]*\"|'[^']*'")
_NESTING = re.compile(r"</?([a-z][a-z0-9]{0,15})(?=[\s/>])[^<>]*>?", re.IGNORECASE)
_KEPT = frozenset({"html", "head", "title", "meta", "link", "body", "script", "style", "noscript", "template"})
_INLINE = frozenset({"a", "b", "i", "u", "em", "strong", "span", "font", "small", "big", "sub", "sup", "abbr", "mark"})


def bounded(markup: str) -> Element | None:
    """The page as a tree of bounded depth with all its text; None if it has no element."""
    markup = _LONG_TAG.sub(_without_many, markup)
    tree = parse(markup)
    if tree is not None and _lower(tree) >= _CUT:
        tree = parse(_NESTING.sub(_flat, markup))
        if tree is not None:
            _lower(tree)
    return tree


def too_large(tree: Element) -> bool:
    """It has more elements than the libraries can take in time."""
    return any(number >= _MOST_ELEMENTS for number, _ in enumerate(tree.iter()))


def head_of(tree: Element) -> Element:
    """A page with the head of this one and no text."""
    page = parse("<html><head></head><body></body></html>")
    head = tree.find("head")
    if page is not None and head is not None:
        page.replace(page[0], deepcopy(head))
    return page


def _without_many(tag: re.Match[str]) -> str:
    """The tag without its attributes where there are more than the parser can compare in time."""
    return tag[1] if len(_VALUE.sub("", tag[2]).split()) > _MOST_ATTRIBUTES else tag[0]


def _flat(tag: re.Match[str]) -> str:
    name = tag[1].lower()
    return tag[0] if name in _KEPT else "" if name in _INLINE else "<p>"


def _lower(tree: Element) -> int:
    """Make paragraphs of what is too deep, and drop the attributes of elements with too many; the depth it had."""
    deepest = depth = 0
    low: list[Element] = []
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        if event == "end":
            depth -= 1
            continue
        depth += 1
        deepest = max(deepest, depth)
        if depth == _DEEPEST and len(element):
            low.append(element)
        if len(element.attrib) > _MOST_ATTRIBUTES:
            element.attrib.clear()
    for element in low:
        told = blocks(element)
        element[:] = []
        element.text = None
        for block in told:
            paragraph = etree.SubElement(element, "p")
            if block.linked > 0.5:
                paragraph = etree.SubElement(paragraph, "a", href="#")
            paragraph.text = block.text
    return deepest
