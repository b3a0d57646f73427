"""When a text was written, as its own words bound it: solving for the publication day over constraints."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from streams.reading.dating_anchors import anchor_bounds, fresh_anchors
from streams.reading.dating_page import told_lines
from streams.reading.times import FoundTime, find_times
from streams.reading.times_days import valid_day
from streams.reading.times_words import compile_pattern, month_of, weekday_of
from streams.records import DateWindow

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
_NEWS_DAYS = 7
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
    """Intersect what the text tells about its date, none later than `latest`.

    The safest constraints come first, and one that contradicts those before it is dropped.
    """
    told = "\n".join(told_lines(text[:_LONGEST]))
    whole = f"{title}\n{told}" if title else told
    bounds = anchor_bounds(whole, latest)
    first = max((bound.first for bound in bounds if bound.first and bound.last is None), default=None)
    prose = (line for line in whole.split("\n") if len(line) > _SHORT or line.endswith((".", "!", "?", '"', "”")))
    named = _latest_date("\n".join(prose), latest)
    if named and (first is None or named > first):
        first = named
    last: date | None = None
    for bound in sorted((item for item in bounds if item.last), key=lambda item: item.last or latest):
        start = max(item for item in (bound.first, first, date.min) if item)
        end = min(item for item in (bound.last, last, latest) if item)
        if start <= end:
            first, last = start, end
    return Solution(*_fresh(whole, first, last, latest))


def _fresh(text: str, first: date | None, last: date | None, latest: date) -> tuple[date | None, date | None]:
    """An event that the lead tells as news, with a weekday and no year, is at most days old."""
    lead = text[:_LEAD]
    for begin in fresh_anchors(lead, latest):
        end = begin + timedelta(days=_NEWS_DAYS)
        if (last is None or begin <= last) and (first is None or first <= end):
            return max(begin, first or begin), min(end, last or end)
    return first, last


def _latest_date(text: str, latest: date) -> date | None:
    """The last day, month or year that the text tells in full and that lay behind it."""
    best: date | None = None
    for found in find_times(text, DateWindow()):
        start = found.window.from_ if found.window else None
        if not start or not _FULL.search(found.text) or start > latest or found.type not in {"DATE", "TIME"}:
            continue
        if start.year < 1990 or _ahead(text, found):
            continue
        best = start if best is None or start > best else best
    return best


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
