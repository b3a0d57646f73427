"""Lists of teasers for other articles, told by their form: items in a row that each begin with a link."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from streams.reading.page_blocks import Block
from streams.reading.page_tree import Element, remove

_LEAST_WORDS = 4
"""Words of a title; a shorter link is one to a section or a person."""
_MOST_BESIDE = 450
"""Characters beside the link in an item; more, and it is an article of its own."""
_LEAST_ITEMS = 3
_LEAST_LEFT = 200
"""Characters of prose that a page must have beside its lists; else they may be its text."""
_MOST_LOOSE = 4
_MOST_DEPTH = 6
"""Ancestors of a linked title that are looked at."""


def drop_teasers(every: Sequence[Block]) -> bool:
    """Take the lists of teasers out of the page, each with the heading above it; True if there was any."""
    items = _items(every)
    rows: dict[Element, list[Element]] = {}
    for item in items:
        parent = item.getparent()
        if parent is not None:
            rows.setdefault(parent, []).append(item)
    lists = [(parent, row) for parent, row in rows.items() if len(row) >= _least(row)]
    listed = {item for _, row in lists for item in row}
    left = sum(len(block.text) for block in every if block.prose and listed.isdisjoint(_lineage(block.holder)))
    if left < _LEAST_LEFT:
        return False
    inside, direct = _prose(every)
    lists = [(parent, row) for parent, row in lists if not _is_roundup(inside, direct, parent, row)]
    for parent, row in lists:
        _drop(parent, row)
    return bool(lists)


def _prose(every: Sequence[Block]) -> tuple[Counter[Element], Counter[Element]]:
    """Characters of prose that stand in each element, and in its own paragraphs."""
    inside: Counter[Element] = Counter()
    direct: Counter[Element] = Counter()
    for block in every:
        if block.prose:
            inside.update(dict.fromkeys(_lineage(block.holder), len(block.text)))
            direct[block.holder.getparent()] += len(block.text)
    return inside, direct


def _is_roundup(inside: Counter[Element], direct: Counter[Element], parent: Element, row: Sequence[Element]) -> bool:
    """The items say more than the prose that stands with them in the same box: they are the article."""
    items = _with_loose(row)
    own = sum(inside[item] for item in items)
    beside = direct[parent] - sum(inside[item] for item in items if item.tag == "p")
    return own > beside > 0


def _least(row: Sequence[Element]) -> int:
    return 2 if all(item.tag == "article" for item in row) else _LEAST_ITEMS


def _items(every: Sequence[Block]) -> list[Element]:
    """The largest elements around one linked title each, and little else."""
    titles = {index for index, block in enumerate(every) if _is_title(block)}
    sizes: dict[Element, int] = {}
    counts: dict[Element, int] = {}
    for index, block in enumerate(every):
        for above in _lineage(block.holder):
            sizes[above] = sizes.get(above, 0) + len(block.text)
            counts[above] = counts.get(above, 0) + (index in titles)
    found: list[Element] = []
    for index in sorted(titles):
        best: Element | None = None
        for above in _lineage(every[index].holder):
            if (
                counts[above] != 1
                or sizes[above] - len(every[index].text) > _MOST_BESIDE
                or above.tag in {"body", "html"}
            ):
                break
            best = above
        if best is not None:
            found.append(best)
    return found


def _is_title(block: Block) -> bool:
    if block.linked <= 0.9 or len(block.words) < _LEAST_WORDS or len(block.text) >= 250:
        return False
    # an entry of a live blog may have a title that links to itself
    link = block.holder if block.holder.tag == "a" else next(block.holder.iter("a"), None)
    return link is None or not link.get("href", "").startswith("#")


def _lineage(element: Element) -> list[Element]:
    found = [element]
    for above in element.iterancestors():
        if len(found) > _MOST_DEPTH:
            break
        found.append(above)
    return found


def _drop(parent: Element, row: Sequence[Element]) -> None:
    heading = row[0].getprevious()
    if heading is None:
        heading = parent.getprevious()
    for item in _with_loose(row):
        remove(item)
    if heading is not None and heading.tag in {"h2", "h3", "h4", "h5", "h6", "strong", "b"} and len(heading) <= 1:
        remove(heading)


def _with_loose(row: Sequence[Element]) -> list[Element]:
    """The items, and what stands between them in the same number of elements: dates, summaries, sections."""
    places = {child: place for place, child in enumerate(row[0].getparent())}
    at = [places[item] for item in row]
    gaps = {after - before for before, after in pairwise(at)}
    step = gaps.pop() if len(gaps) == 1 else 1
    siblings = list(row[0].getparent())
    if not 1 < step <= _MOST_LOOSE:
        return list(row)
    loose = siblings[at[0] : at[-1] + step]
    return loose if all(len("".join(one.itertext())) <= _MOST_BESIDE for one in loose) else list(row)
