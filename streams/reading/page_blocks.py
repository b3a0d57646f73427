"""The blocks of text of a web page, in order: what a browser shows as paragraphs, headings and items."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from lxml import etree  # type: ignore[import-untyped]

from streams.reading.page_tree import Element

_WORD = re.compile(r"\w+")
_SKIPPED = frozenset(
    {"script", "style", "head", "title", "noscript", "template", "nav", "footer", "form", "button", "svg", "option"}
    | {"aside", "label"}
)
_INLINE = frozenset(
    {"a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "ins"}
    | {"kbd", "mark", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var"}
)
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_MOST_BLOCKS = 20_000


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of text that a reader sees as a unit."""

    text: str
    words: tuple[str, ...]
    linked: float
    """The share of its letters that stand in links."""
    holder: Element
    """The innermost block element that it stands in."""

    @property
    def heading(self) -> bool:
        """It stands in a heading."""
        return self.holder.tag in _HEADINGS

    @property
    def prose(self) -> bool:
        """It reads like a paragraph of an article."""
        return len(self.text) >= 60 and self.linked < 0.4 and any(end in self.text for end in ".!?…。؟।")


def words(text: str) -> tuple[str, ...]:
    """The words of a text for comparison."""
    return tuple(_WORD.findall(text.casefold()))


def blocks(tree: Element) -> list[Block]:
    """The blocks of an element, without navigation, forms and asides."""
    found: list[Block] = []
    texts: list[str] = []
    linked = 0
    links = skipped = 0
    holders: list[Element] = [tree]

    def add(text: str | None) -> None:
        nonlocal linked
        if text and not skipped:
            texts.append(text)
            linked += len(text.strip()) if links else 0

    def flush() -> None:
        nonlocal linked
        shown = " ".join("".join(texts).split())
        if shown and len(found) < _MOST_BLOCKS and any(character.isalnum() for character in shown):
            found.append(Block(shown, words(shown), linked / max(1, len(shown)), holders[-1]))
        texts.clear()
        linked = 0

    for event, element in etree.iterwalk(tree, events=("start", "end")):
        tag = element.tag
        inline = tag in _INLINE
        if event == "start":
            if not inline:
                flush()
                holders.append(element)
            skipped += tag in _SKIPPED
            links += tag == "a"
            add(element.text)
        else:
            if not inline:
                flush()
                holders.pop()
            skipped -= tag in _SKIPPED
            links -= tag == "a"
            if element is not tree:
                add(element.tail)
    flush()
    return found


def densest(every: Iterable[Block]) -> Element | None:
    """The element whose blocks are the article, if its prose is taken together; None where there is no prose."""
    scores: dict[Element, float] = {}
    total = 0.0
    for block in every:
        if not block.prose:
            continue
        weight = len(block.text) * (1 - block.linked)
        total += weight
        above: Element | None = block.holder
        if block.holder.tag in {"p", "li", "blockquote", "dd"}:
            above = block.holder.getparent()
        for share in (1.0, 0.6, 0.3, 0.15):
            if above is None or above.tag in {"body", "html"}:
                break
            scores[above] = scores.get(above, 0) + share * weight
            above = above.getparent()
    return max(scores, key=lambda element: scores[element]) if scores else None


def within(every: Iterable[Block], container: Element) -> list[Block]:
    """The blocks that stand in `container`."""
    known: dict[Element, bool] = {container: True}
    return [block for block in every if _is_within(block.holder, known)]


def _is_within(element: Element, known: dict[Element, bool]) -> bool:
    path = []
    at: Element | None = element
    while at is not None and at not in known:
        path.append(at)
        at = at.getparent()
    answer = at is not None and known[at]
    known.update(dict.fromkeys(path, answer))
    return answer


def told(every: Iterable[Block]) -> Iterator[Block]:
    """Of the blocks of an article's container those that are its text: no lists of links, no headline."""
    for block in every:
        if block.holder.tag == "h1" or (block.linked > 0.6 and not (block.prose or block.heading)):
            continue
        if block.holder.tag in {"figcaption", "caption"}:
            continue
        yield block
