"""When a text was written, as its own words bound it: solving for the publication day over constraints."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from streams.reading.dating_anchors import Naming, named, spoken_of
from streams.reading.dating_offices import known_since, office_terms
from streams.reading.dating_page import passages, told_lines
from streams.reading.dating_relations import is_ahead, is_fresh, ordinal_of, spans_after, spans_before
from streams.reading.dating_vote import Evidence, Span, best_days
from streams.reading.times import FoundTime, find_times
from streams.reading.times_calendar import months
from streams.reading.times_days import valid_day
from streams.reading.times_words import compile_pattern, month_of, number_of, weekday_of
from streams.records import DateWindow
from streams.remembering import ByLine

_FUTURE = re.compile(
    r"\b(?:will|would|by|until|till|due|scheduled|expected|set to|plans?|planned|planning|deadline|before|expires?"
    r"|runs? out|to (?:run|last|take place)|upcoming|next|could|should|target|goal|aims?)\b",
    re.IGNORECASE,
)
_FULL = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_AHEAD = 60
_SHORT = 60
"""A date in a shorter line may be the page's clock or a teaser's; in characters."""
_LEAD = 700
"""The title and the first paragraphs; characters."""
_NEWS = timedelta(days=7)
_YEAR = timedelta(days=400)
_NEAR = timedelta(days=30)
"""How far from its publication an article tells of a day with its weekday and month, and no year."""
_EARLIEST = date(1995, 1, 1)
_OLDEST = 1900
_ENOUGH = 2
_BESIDE = 1500
"""How far from "today, the 15th" a weekday still belongs to it; characters."""
_LONGEST = 60_000
"""A text is dated by its first so many characters."""


@dataclass(frozen=True, slots=True)
class Solution:
    """The days that the text allows, both ends included; None where it says nothing."""

    first: date | None
    last: date | None


def solve(text: str, title: str | None, latest: date) -> Solution:
    """The days up to `latest` on which most of what the text tells agrees."""
    told = "\n".join(told_lines(text[:_LONGEST]))
    whole = f"{title}\n{told}" if title else told
    span, weight = best_days(_evidence(whole, latest), _EARLIEST, latest)
    if span is None or weight < _ENOUGH:
        return Solution(None, None)
    return Solution(span[0] if span[0] > _EARLIEST else None, span[1] if span[1] < latest else None)


def _evidence(text: str, latest: date) -> Iterator[Evidence]:
    soon = min(latest, date.max - _YEAR) + _YEAR
    lines = passages(text)
    dates = [told for line in lines for told in _full_dates(line) if told <= latest]
    if dates:
        yield Evidence(((max(dates), latest),), 3)
    yield from _anniversaries(lines, dates)
    for naming in named(text, soon):
        yield from _by_name(naming)
    for naming in spoken_of(text, soon):
        ahead = is_ahead(naming)
        told = spans_before if ahead else spans_after
        yield Evidence(tuple(span for anchor in naming.anchors for span in told(anchor, naming)), 1 if ahead else 2)
    for terms in office_terms(text, latest):
        yield Evidence(tuple(terms), 2)
    for span in known_since(text, latest):
        yield Evidence((span,), 1)
    for naming in named(text[:_LEAD], latest, 200):
        if is_fresh(naming):
            first = naming.anchors[0].first
            yield Evidence(((first, first + _NEWS),), 3)
    for line in lines:
        for hint in _weekday_dates(line):
            yield Evidence(_days_on(*hint, latest.year), 2)


def _by_name(naming: Naming) -> Iterator[Evidence]:
    anchor = naming.anchors[0]
    if is_ahead(naming):
        yield Evidence(tuple(spans_before(anchor, naming)), 3)
        return
    yield Evidence(((anchor.first, date.max),), 2)
    if anchor.kind != "era":
        yield Evidence(tuple(spans_after(anchor, naming)), 3)


def _anniversaries(lines: Sequence[str], dates: Sequence[date]) -> Iterator[Evidence]:
    """Of a day that the text tells in full: "75 years ago today", "the 20th anniversary"."""
    for line in lines:
        for years, slack in _years_since(line):
            days = [months(day, 12 * years) for day in dates if day.day > 1 and day.year + years < date.max.year]
            yield Evidence(tuple((day - slack, day + slack) for day in days), 2)


@ByLine
def _years_since(line: str) -> tuple[tuple[int, timedelta], ...]:
    """So many years lie between a day and the article, give or take so many days."""
    pattern = compile_pattern(
        r"\b(?:(?P<number>\d{1,3}|(?i:<NUMBER>)) years? ago (?P<today>today)"
        r"|(?P<ordinal>\d{1,3}(?:st|nd|rd|th)|(?i:<ORDINAL>)) anniversary)\b"
    )
    found = pattern.finditer(line) if "anniversary" in line or "ago" in line else iter(())
    return tuple(
        (
            int(number_of(match["number"]) or 0) if match["number"] else ordinal_of(match["ordinal"]),
            timedelta(days=0 if match["today"] else 14),
        )
        for match in found
    )


@ByLine
def _weekday_dates(line: str) -> tuple[tuple[int, int, int | None], ...]:
    """Weekday, day and, where it is told, month of "Tuesday 9 August" and "Thursday the 23rd"."""
    pattern = compile_pattern(
        r"\b(?P<weekday><WEEKDAY>),? (?:the )?(?:(?P<day>[0-3]?\d)(?:st|nd|rd|th)?(?: of)? (?P<month><MONTH>)"
        r"|(?P<month2><MONTH>) (?P<day2>[0-3]?\d)(?:st|nd|rd|th)?|(?P<day3>[0-3]?\d)(?:st|nd|rd|th))(?!\w)(?!,? <YEAR>)"
    )
    return tuple(
        (
            weekday_of(match["weekday"]),
            int(match["day"] or match["day2"] or match["day3"]),
            month_of(match["month"] or match["month2"]) if match["month"] or match["month2"] else None,
        )
        for match in pattern.finditer(line)
    )


@lru_cache(maxsize=1_000)
def _days_on(weekday: int, number: int, month: int | None, latest: int) -> tuple[Span, ...]:
    """The days around each day of that number that falls on the weekday, in a year up to the one after `latest`."""
    named = (month,) if month else range(1, 13)
    days = (valid_day(year, told, number) for year in range(_EARLIEST.year, latest + 2) for told in named)
    near = _NEAR if month else _NEWS
    return tuple((day - near, day + near) for day in days if day and day.isoweekday() == weekday)


@ByLine
def _full_dates(passage: str) -> tuple[date, ...]:
    """The days, months or years that lines of prose tell in full as past, by their first days."""
    prose = "\n".join(
        line
        for line in passage.split("\n")
        if _FULL.search(line) and (len(line) > _SHORT or line.endswith((".", "!", "?", '"', "”")))
    )
    told = []
    for found in find_times(prose, DateWindow()):
        start = found.window.from_ if found.window else None
        if start and _FULL.search(found.text) and found.type in {"DATE", "TIME"}:
            told += [start] if start.year >= _OLDEST and not _ahead(prose, found) else []
    return tuple(told)


def _ahead(text: str, found: FoundTime) -> bool:
    """The date may lie ahead of the article: a deadline, a plan."""
    before = re.split(r"[.!?]\s|\n", text[max(0, found.start - _AHEAD) : found.start])[-1]
    return bool(_FUTURE.search(before))


def narrowed_by_today(text: str, solution: Solution, latest: date) -> Solution:
    """Narrow by "today, the 15th May": that day, in a year in which it falls on a weekday that the text names."""
    pattern = compile_pattern(
        r"\b(?i:today),? (?:(?P<weekday><WEEKDAY>),? )?(?:the )?"
        r"(?:(?P<day>[0-3]?\d)(?:st|nd|rd|th)?(?: of)? (?P<month><MONTH>)"
        r"|(?P<month2><MONTH>) (?P<day2>[0-3]?\d)(?:st|nd|rd|th)?)(?!\w)(?!,? <YEAR>)"
    )
    match = pattern.search(text)
    if not match:
        return solution
    month, number = month_of(match["month"] or match["month2"]), int(match["day"] or match["day2"])
    named = (
        frozenset([weekday_of(match["weekday"])])
        if match["weekday"]
        else weekdays_named(text[max(0, match.start() - _BESIDE) : match.end() + _BESIDE])
    )
    days = fitting_days((month, number), named, solution, latest)
    return Solution(min(days), max(days) + timedelta(days=1)) if days and len(days) == 1 else solution


def weekdays_named(text: str) -> frozenset[int]:
    """The ISO weekdays that the text names."""
    return frozenset(weekday_of(match[0]) for match in compile_pattern(r"\b<WEEKDAY>(?!\w)").finditer(text))


def fitting_days(month_day: tuple[int, int], weekdays: frozenset[int], solution: Solution, latest: date) -> list[date]:
    """The days of that month and number that the solution allows and that fall on one of the weekdays (if any)."""
    start = solution.first or date(max(1995, latest.year - 40), 1, 1)
    end = min(solution.last or latest, latest)
    found = [valid_day(year, *month_day) for year in range(start.year, end.year + 1)]
    allowed = [item for item in found if item and start <= item <= end]
    agreeing = [item for item in allowed if item.isoweekday() in weekdays]
    return agreeing or allowed if not weekdays else agreeing


def lead_fits(text: str, days: list[date]) -> list[date]:
    """Of the days those on which the weekday that the lead names was the same day or the one before."""
    match = compile_pattern(r"\b<WEEKDAY>(?!\w)").search(text, 0, 3000)
    if not match:
        return days
    number = weekday_of(match[0])
    return [item for item in days if (item.isoweekday() - number) % 7 <= 1]
