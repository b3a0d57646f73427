"""The dates that a page shows: marked as such, or on lines beside its headline and below its text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import islice

from streams.extending.in_force import forgotten_with_lexicon
from streams.reading.page_blocks import Block, words
from streams.reading.page_stamps import Habit, Stamp, field_stamp, line_stamps
from streams.reading.page_tree import Element, names
from streams.reading.page_words import folded_field, table

ADDRESS, PUBLISHED, LABELLED, NEAR, CREATED, UPDATED, BELOW, FIRST, LIBRARY, MODIFIED = range(10)
"""Ranks of evidence: the page's address; a field for the publication; a line or mark near the headline that says it;
a date near it without a label; a field for some date; a line near the headline that says "updated"; a line elsewhere
that says "published"; a lone mark; what the library finds; a field for the last change."""

_ZONE = 60
_ABOVE = 8
_PARAGRAPH = 60
_ATTRIBUTES = (
    "datetime",
    "content",
    "data-datetime",
    "data-date",
    "data-time",
    "data-timestamp",
    "data-published",
    "title",
)
_MOST_MARKS = 400
_SHORT = 160
_MOST_PIECES = 200
"""Texts of elements inside a mark that are looked at."""


@dataclass(frozen=True, slots=True)
class Clues:
    """What is known of a page beside its tree."""

    markup: str
    fetched: date
    urls: tuple[str, ...]
    library: str | None
    """The day that the library's quick search finds."""
    title: str | None
    text: str
    """The article's text as it was extracted."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A stamp with its rank as evidence; the smaller rank is the better."""

    stamp: Stamp
    rank: int


def visible(tree: Element, every: Sequence[Block], clues: Clues, custom: Habit) -> Iterator[Candidate]:
    """The dates beside the headline, the marked ones first; below the text those with a label."""
    head, start, end = _zone(every, clues.title, clues.text)
    order = {element: place for place, element in enumerate(tree.iter())}
    first = order.get(every[head].holder, 0) if head < len(every) else 0
    prose = order.get(every[start].holder, 0) if start < len(every) else len(order)
    marks = list(_marks(tree))[:_MOST_MARKS]
    for element in marks:
        rank = _mark_rank(element)
        near = first - _ZONE // 4 <= order[element] <= prose + 2
        stamp = _mark_stamp(element, custom)
        if stamp and near:
            yield Candidate(stamp, rank)
        elif stamp and rank == LABELLED and len(marks) < 3:
            yield Candidate(stamp, BELOW)
    times = [element for element in marks if element.tag == "time"]
    lone = _mark_stamp(times[0], custom) if len(times) == 1 else None
    if lone:
        yield Candidate(lone, FIRST)
    for at, block in enumerate(every):
        if max(0, head - 4) <= at < start:
            yield from _of_line(block, custom, near=True, above=at < head)
        elif at >= end:
            yield from _of_line(block, custom, near=False, above=False)


def _zone(every: Sequence[Block], title: str | None, text: str) -> tuple[int, int, int]:
    """The index of the headline, of the first paragraph below it, and of the first block below the last paragraph."""
    key = " ".join(words(title or ""))
    told = {words(line) for line in text.splitlines() if len(line) >= _PARAGRAPH}
    prose = [at for at, block in enumerate(every) if block.prose and not block.heading]
    body = [at for at in prose if every[at].words in told] or prose
    heads = [at for at, block in enumerate(every) if _is_headline(block, key)]
    if heads and body and heads[0] > body[0]:
        body = [at for at in body if at > heads[0]] or body
    start = body[0] if body else min(len(every), _ZONE)
    above = [at for at in heads if at < start]
    head = above[-1] if above and start - above[-1] <= _ZONE else max(0, start - _ABOVE)
    return head, start, (body[-1] if body else len(every)) + 1


def _is_headline(block: Block, key: str) -> bool:
    told = " ".join(block.words)
    return (
        block.holder.tag == "h1"
        or (bool(key) and told == key)
        or (len(block.words) >= 4 and block.heading and told in key)
    )


def _marks(tree: Element) -> Iterator[Element]:
    """The elements that say they are dates."""
    uses = table("dates")
    for element in tree.iter(
        "time", "abbr", "span", "div", "p", "li", "dd", "a", "small", "em", "i", "strong", "b", "td"
    ):
        field = folded_field(element.get("itemprop") or element.get("property") or "")
        if element.tag == "time" or field in uses["published"] or "data-datetime" in element.attrib:
            yield element
        elif element.get("class") or element.get("id"):
            called = {word for name in names(element) for word in re.split(r"[^a-z]+", name.lower())}
            if called & uses["class"] and len(element) <= 6:
                yield element


def _mark_rank(element: Element) -> int:
    uses = table("dates")
    field = folded_field(element.get("itemprop") or element.get("property") or "")
    called = {word for name in names(element) for word in re.split(r"[^a-z]+", name.lower())}
    if field in uses["published"] or "pubdate" in element.attrib or called & {"published", "pubdate", "posted"}:
        return LABELLED
    modified = field in uses["modified"] or (called & uses["class-modified"] and not called & {"date", "entry"})
    return UPDATED if modified else NEAR


def _mark_stamp(element: Element, custom: Habit) -> Stamp | None:
    text = " ".join("".join(islice(element.itertext(), _MOST_PIECES)).split())
    seen = line_stamps(text, custom) if len(text) <= _SHORT and not _other_label(text) else []
    if len(seen) == 1 and len(seen[0].days) == 1:
        return None if _label_rank(text) == UPDATED else seen[0]
    if element.tag in {"time", "abbr"} or element.get("itemprop") or "data-datetime" in element.attrib:
        for attribute in _ATTRIBUTES:
            stamp = field_stamp(element.get(attribute), custom)
            if stamp:
                return stamp
    return seen[0] if seen and _label_rank(text) != UPDATED else None


def _of_line(block: Block, custom: Habit, *, near: bool, above: bool) -> Iterator[Candidate]:
    if len(block.text) > _SHORT or _other_label(block.text):
        return
    text = block.text
    rank = _label_rank(text)
    behind = _first(text, "label")
    if rank == UPDATED and behind is not None and line_stamps(text[behind:], custom):
        text, rank = text[behind:], LABELLED
    if not near and rank != LABELLED:
        return
    stamps = line_stamps(text, custom)
    if not stamps or (block.linked > 0.6 and len(block.words) > 6):
        return
    beside = len(block.words) <= 14
    if rank is None and not beside:
        return
    place = (BELOW if rank == LABELLED else UPDATED) if above or not near else NEAR if rank is None else rank
    yield Candidate(stamps[0], place)


def _label_rank(text: str) -> int | None:
    """What the first label in a line says of the date behind it."""
    published_at, modified_at = (_first(text, use) for use in ("label", "label-modified"))
    if published_at is not None and (modified_at is None or published_at < modified_at):
        return LABELLED
    return UPDATED if modified_at is not None else None


def _other_label(text: str) -> bool:
    return _first(text, "label-other") is not None


def _first(text: str, use: str) -> int | None:
    match = _labels(use).search(text[:_SHORT].lower())
    return match.start() if match else None


@forgotten_with_lexicon
@cache
def _labels(use: str) -> re.Pattern[str]:
    every = sorted(table("dates")[use], key=len, reverse=True)
    return re.compile("|".join(rf"(?<!\w){re.escape(words)}(?!\w)" for words in every) or "(?!)")
