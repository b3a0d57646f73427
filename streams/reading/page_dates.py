"""The day on which a page was published: every date that it tells, weighed by what tells it and where."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import cache

import htmldate

from streams.extending.in_force import forgotten_with_lexicon
from streams.reading.dating_url import url_stretch
from streams.reading.page_blocks import Block
from streams.reading.page_data import Described
from streams.reading.page_marks import (
    ADDRESS,
    BELOW,
    CREATED,
    LABELLED,
    LIBRARY,
    MODIFIED,
    NEAR,
    PUBLISHED,
    Candidate,
    Clues,
    visible,
)
from streams.reading.page_size import head_of, too_large
from streams.reading.page_stamps import Habit, Stamp, field_stamp, habit, settled
from streams.reading.page_tree import FAILURES, Element
from streams.reading.page_words import folded_field, table

_CLOCK = timedelta(days=1)
_LEAST_GUESS = date(1995, 1, 1)
_BEHIND_TITLE = 300
"""Characters of a script between the title of an article and its date."""


def published(
    tree: Element, every: Sequence[Block], mine: Sequence[Described], data: Sequence[Described], clues: Clues
) -> str | None:
    """The ISO day of publication, or None when the page does not tell it but, perhaps, by its address."""
    latest = clues.fetched + _CLOCK
    root = tree if tree.tag == "html" else tree.getroottree().getroot()
    custom = habit(clues.markup, root.get("lang") or "")
    found = [*_described(mine, data, custom), *_fields(tree, custom), *visible(tree, every, clues, custom)]
    found += [Candidate(stamp, CREATED) for stamp in _scripts(tree, clues.title, custom)]
    for url in clues.urls:
        told = url_stretch(url, latest)
        if told and told.precision == "day":
            found.append(Candidate(Stamp((told.first,)), ADDRESS))
    foreign = _foreign(mine, data, custom)
    library = field_stamp(clues.library, custom)
    if library and library.days[0] not in foreign:
        found.append(Candidate(library, LIBRARY))
    chosen = _chosen(found, custom, clues.fetched) or _guessed(tree, clues.fetched, foreign)
    return chosen.isoformat() if chosen else None


def _foreign(mine: Sequence[Described], data: Sequence[Described], custom: Habit) -> set[date]:
    """The days of other articles that the page's data describe."""
    told: tuple[set[date], set[date]] = (set(), set())
    for one in data:
        stamp = field_stamp(one.published, custom)
        if stamp:
            told[one in mine or _is_of_page(one, mine, data)].add(stamp.days[0])
    return told[False] - told[True]


def _is_of_page(one: Described, mine: Sequence[Described], data: Sequence[Described]) -> bool:
    """It describes the page, or is the only article, under another headline."""
    return one.page or (not mine and sum(not other.page for other in data) == 1)


def _chosen(found: Sequence[Candidate], custom: Habit, fetched: date) -> date | None:
    certain = [item.stamp.days[0] for item in found if len(item.stamp.days) == 1]
    days: list[tuple[int, date, Candidate]] = []
    for item in found:
        day = settled(item.stamp, certain, custom, fetched + _CLOCK)
        if day:
            days.append((item.rank, day, item))
    if not days:
        return None
    days.sort(key=lambda entry: entry[0])
    rank, best, candidate = days[0]
    seen = [(other, day) for other, day, _ in days if other <= BELOW and day != best]
    if rank >= LABELLED and best >= fetched - _CLOCK:
        best = next((day for _, day in seen if day < fetched - 3 * _CLOCK), best)
    if rank == PUBLISHED and candidate.stamp.in_utc:
        best = next((day for other, day in seen if other in {LABELLED, NEAR} and abs(day - best) <= _CLOCK), best)
    return _outvoted(best, days) or best


def _outvoted(best: date, days: Sequence[tuple[int, date, Candidate]]) -> date | None:
    """An earlier day that evidence of two kinds tells, where the best evidence stands alone."""
    kinds: dict[date, set[int]] = {}
    for rank, day, _ in days:
        if rank <= CREATED:
            kinds.setdefault(day, set()).add(rank)
    if len(kinds.get(best, ())) >= 2:
        return None
    return min((day for day, ranks in kinds.items() if len(ranks) >= 2 and day < best - _CLOCK), default=None)


def _described(mine: Sequence[Described], data: Sequence[Described], custom: Habit) -> Iterator[Candidate]:
    for one in mine:
        yield from _candidates(field_stamp(one.published, custom), PUBLISHED)
        yield from _candidates(field_stamp(one.modified, custom), MODIFIED)
    for one in (other for other in data if _is_of_page(other, mine, data)):
        yield from _candidates(field_stamp(one.published, custom), CREATED)
        yield from _candidates(field_stamp(one.modified, custom), MODIFIED)


def _candidates(stamp: Stamp | None, rank: int) -> list[Candidate]:
    return [Candidate(stamp, rank)] if stamp else []


def _fields(tree: Element, custom: Habit) -> Iterator[Candidate]:
    """The dates of the page's meta elements."""
    ranks = {"published": PUBLISHED, "created": CREATED, "modified": MODIFIED}
    for element in tree.iter("meta"):
        for attribute in ("property", "name", "itemprop", "http-equiv"):
            field = folded_field(element.get(attribute) or "")
            for use, rank in ranks.items():
                if field and field in table("dates")[use]:
                    yield from _candidates(field_stamp(element.get("content") or element.get("datetime"), custom), rank)


@forgotten_with_lexicon
@cache
def _script_field() -> re.Pattern[str]:
    every = "|".join(map(re.escape, sorted(table("dates")["script"], key=len, reverse=True))) or "(?!)"
    return re.compile(rf"\\?[\"'](?:{every})\\?[\"']\s{{0,5}}:\s{{0,5}}(?:\\?[\"'])?([^\"'\\,}}]{{8,40}})")


def _scripts(tree: Element, title: str | None, custom: Habit) -> list[Stamp]:
    """The date that the state of the page's scripts calls its publication: behind its title, or if all agree."""
    found: list[Stamp] = []
    for script in tree.iter("script"):
        text = script.text or ""
        for match in _script_field().finditer(text) if "ld+json" not in (script.get("type") or "") else ():
            stamp = field_stamp(match[1], custom)
            if stamp and title and title in text[max(0, match.start() - _BEHIND_TITLE) : match.start()]:
                return [stamp]
            found += [stamp] if stamp else []
    return found[:1] if len({stamp.days for stamp in found}) == 1 else []


def _guessed(tree: Element, fetched: date, foreign: set[date]) -> date | None:
    """What the library finds by searching everything; no first of a month, which it makes of a mere month or year."""
    try:
        page = head_of(tree) if too_large(tree) else tree
        told = htmldate.find_date(page, original_date=True, extensive_search=True, max_date=fetched.isoformat())
    except FAILURES:
        return None
    found = date.fromisoformat(told) if told else None
    return found if found and found > _LEAST_GUESS and found.day != 1 and found not in foreign else None
