"""What an extractor left out of an article's text, put back."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence

from streams.reading.page_blocks import Block, words
from streams.reading.page_tree import Element, parts

_STANDFIRST = 600
_MOST_MISSING = 300
"""So many blocks are looked at that an answer may lack."""
_LEAST_ALIKE = 3
"""Paragraphs of the answer in boxes of one class make others in such boxes part of it."""


def completed(text: str, every: Sequence[Block], description: str | None) -> str:
    """The text with the blocks that it left out between others of the same container, and the standfirst above it."""
    lines = [line for line in text.splitlines() if line.strip()]
    places = _places(lines, every)
    if not places:
        return text
    taken = {at for at in places if at is not None}
    joined = " ".join(("", *words(text), ""))
    first = next((at for at in sorted(taken) if every[at].prose), min(taken))
    missing = _between(every, taken, joined) + _above(every, taken, first, joined, description)
    return "\n".join(_merged(lines, places, missing, every)) if missing else text


def _between(every: Sequence[Block], taken: set[int], joined: str) -> list[int]:
    first, last = min(taken), max(taken)
    inside = _spine(every, sorted(taken))
    beside = Counter(every[at].holder.getparent() for at in taken if every[at].holder.tag == "p")
    forms = Counter(_form(every[at]) for at in taken)
    wanted = []
    for at in range(_headline_above(every, first), len(every)):
        block = every[at]
        if at in taken:
            continue
        if at <= last and block.prose and block.linked == 0 and _form(block) and forms[_form(block)] >= _LEAST_ALIKE:
            wanted.append(at)
        elif at < first:
            continue
        elif at > last:
            if block.prose and block.linked == 0 and block.holder.tag == "p" and beside[block.holder.getparent()] >= 3:
                wanted.append(at)
        elif (block.holder in inside and block.linked <= 0.5 and _is_text(block)) or _is_clock(every, at, taken):
            wanted.append(at)
    return [at for at in wanted[:_MOST_MISSING] if f" {' '.join(every[at].words)} " not in joined]


def _headline_above(every: Sequence[Block], first: int) -> int:
    return next((at for at in range(first - 1, max(-1, first - 40), -1) if every[at].holder.tag == "h1"), first)


def _form(block: Block) -> str:
    """The class of what a paragraph stands in, or else its own; empty for what is no paragraph."""
    above = block.holder.getparent()
    if block.holder.tag != "p" or above is None:
        return ""
    return above.get("class") or block.holder.get("class") or ""


def _is_clock(every: Sequence[Block], at: int, taken: set[int]) -> bool:
    """The time of an entry of a live blog, right above what the entry says."""
    text = every[at].text
    if len(text) > 12 or not text[0].isdigit() or ":" not in text.replace(".", ":"):
        return False
    return not taken.isdisjoint((at + 1, at + 2)) and next(every[at].holder.iter("time"), None) is not None


def _places(lines: Sequence[str], every: Sequence[Block]) -> list[int | None]:
    """The block that each line is, in order; None for a line that is none."""
    index: dict[tuple[str, ...], list[int]] = {}
    for at, block in enumerate(every):
        index.setdefault(block.words, []).append(at)
    places: list[int | None] = []
    last = -1
    for line in lines:
        here = index.get(words(line), ())
        next_one = bisect_right(here, last)
        place = here[next_one] if next_one < len(here) else None
        places.append(place)
        last = place if place is not None else last
    return places if any(place is not None for place in places) else []


def _spine(every: Sequence[Block], taken: Sequence[int]) -> set[Element]:
    """The block elements that stand beside one of the answer's; those of prose also inside one that does."""
    parents = {every[at].holder.getparent() for at in taken if len(every[at].text) >= 40 or every[at].heading}
    parents.discard(None)
    beside: set[Element] = set()
    for block in every:
        reach = 3 if block.prose or block.holder.tag in {"li", "dd"} else 1
        above = _lineage(block.holder)[:reach]
        if block.holder in parents or any(element.getparent() in parents for element in above):
            beside.add(block.holder)
    return beside


def _is_text(block: Block) -> bool:
    if block.holder.tag == "h1" or _is_caption(block) or (block.text[0] in "—–-" and "@" in block.text):
        return False
    if block.holder.tag in {"p", "li", "blockquote", "h2", "h3", "h4", "dd", "pre"} or block.prose:
        return True
    # text beside paragraphs that no element of its own holds
    return block.linked == 0 and len(block.words) >= 4 and len(block.holder) >= 3


def _is_caption(block: Block) -> bool:
    lineage = _lineage(block.holder)[:3]
    return any(element.tag in {"figcaption", "figure"} or "caption" in parts(element) for element in lineage)


def _above(every: Sequence[Block], taken: set[int], first: int, joined: str, description: str | None) -> list[int]:
    """The standfirst: between headline and text, by its name or because the page's description says the same."""
    summary = words(description or "")[:12]
    for at in range(first - 1, max(-1, first - 40), -1):
        block = every[at]
        if block.holder.tag == "h1":
            break
        unfit = len(block.words) < 5 or len(block.text) > _STANDFIRST or block.linked >= 0.3 or _is_caption(block)
        if unfit or f" {' '.join(block.words)} " in joined:
            continue
        named = any("standfirst" in parts(element) for element in _lineage(block.holder)[:3]) or any(
            element.get("itemprop") in {"description", "alternativeHeadline"} for element in _lineage(block.holder)[:2]
        )
        if named or (len(summary) >= 8 and block.words[: len(summary)] == summary):
            return [] if at in taken else [at]
    return []


def _merged(
    lines: Sequence[str], places: Sequence[int | None], missing: Iterable[int], every: Sequence[Block]
) -> list[str]:
    waiting = sorted(missing)
    merged: list[str] = []
    for line, place in zip(lines, places, strict=True):
        while place is not None and waiting and waiting[0] < place:
            merged.append(every[waiting.pop(0)].text)
        merged.append(line)
    return merged + [every[at].text for at in waiting]


def _lineage(element: Element) -> list[Element]:
    return [element, *element.iterancestors()]
