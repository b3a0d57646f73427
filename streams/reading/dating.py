"""The publication date of an article, by the best evidence there is; a window where there is no better."""

from __future__ import annotations

import re
from datetime import date, timedelta
from email.utils import parsedate

from streams.reading.dating_line import DatedLine, dated_lines
from streams.reading.dating_text import Solution, fitting_days, lead_fits, narrowed_by_today, solve
from streams.reading.dating_url import canonical_url, url_stretch
from streams.reading.times import find_times, precision_of
from streams.reading.times_calendar import Stretch, day, month, year
from streams.reading.times_days import valid_day
from streams.records import Article, DateWindow

_ISO = re.compile(r"\s{0,9}(?P<year>\d{4})(?:-(?P<month>\d\d)(?:-(?P<day>\d\d))?)?(?=$|[T\s])")
_COMPACT = re.compile(r"\s{0,9}(\d{4})(\d\d)(\d\d)(?!\d)")
_SLACK = timedelta(days=1)
"""A calendar day somewhere may be one ahead of the fetch time's."""

_CLOCK = timedelta(days=3)
"""A date within so many days of the fetch may come from the page's clock."""


def publication_window(
    article: Article, text: str, title: str | None, html_date: str | None, *, live: bool = False
) -> DateWindow:
    """When the article was published: given, HTML metadata, URL, dateline, then what the text allows.

    No time zones are converted: the calendar day is the one that was written. Nothing but a given date is later than
    the fetch. What the text only bounds from below ends with the fetch; what it does not bound at all has no start,
    precision `unknown` and evidence `fetched`. With `live` such an article takes the day of its fetch.
    """
    fetched = article.fetched.date()
    given = told_date(article.published)
    if given:
        return _window(given, "given")
    outside = _outside(article, html_date, fetched + _SLACK)
    if outside and outside[0][0].first < fetched - _CLOCK:
        return _window(*outside[0])
    solution = solve(text, title, fetched)
    for told, evidence in outside:
        if told.first < fetched - _CLOCK or not _contradicted(told, solution):
            return _window(told, evidence)
    stated = _stated(text, solution, fetched)
    if stated:
        return _window(day(stated), "dateline")
    narrowed = narrowed_by_today(text, _narrowed_by_month(article, solution, fetched), fetched)
    return _by_text(narrowed, fetched, live=live)


def told_date(text: str | None) -> Stretch | None:
    """The day, month or year that a date field tells: ISO 8601, an e-mail date, or words."""
    if not text or not text.strip():
        return None
    iso = _ISO.match(text)
    if iso:
        return _of_numbers(int(iso["year"]), int(iso["month"] or 0), int(iso["day"] or 0))
    compact = _COMPACT.match(text)
    if compact:
        return _of_numbers(*(int(number) for number in compact.groups()))
    parsed = _email_date(text)
    if parsed:
        return day(parsed)
    for found in find_times(text[:200], DateWindow()):
        if found.window and found.window.from_ and found.window.precision == "day":
            return day(found.window.from_)
    return None


def _email_date(text: str) -> date | None:
    try:
        parsed = parsedate(text[:100])
    except (ValueError, IndexError, TypeError):
        return None  # the parser of the standard library trips over some texts that are no dates
    return valid_day(*parsed[:3]) if parsed else None


def _of_numbers(number: int, month_number: int, day_number: int) -> Stretch | None:
    if day_number:
        found = valid_day(number, month_number, day_number)
        return day(found) if found else None
    if number < 1 or month_number > 12:
        return None
    return month(number, month_number) if month_number else year(number)


def _outside(article: Article, html_date: str | None, latest: date) -> list[tuple[Stretch, str]]:
    """Days that the page's metadata and its addresses tell, best first."""
    found = [(told_date(html_date), "html")]
    found += [(url_stretch(url, latest), "url") for url in (article.url, canonical_url(article.html))]
    return [(told, evidence) for told, evidence in found if told and told.precision == "day" and told.first <= latest]


def _contradicted(told: Stretch, solution: Solution) -> bool:
    """A date as late as the fetch, of a text that is plainly older, is the page's and not the article's."""
    return solution.last is not None and told.first > solution.last + timedelta(days=45)


def _stated(text: str, solution: Solution, fetched: date) -> date | None:
    """The best date that stands in the text to date it, and that what the text tells does not speak against."""
    lines = dated_lines(text)
    for line in lines:
        if line.day and line.day <= fetched + _SLACK and _possible(line, solution, fetched):
            return line.day
    for line in lines:
        if line.day is None:
            weekdays = frozenset([line.weekday] if line.weekday else [])
            days = fitting_days(line.month_day, weekdays, solution, fetched)
            if len(days) > 1 and not line.weekday:
                days = lead_fits(text, days)
            if len(days) == 1:
                return days[0]
    return None


def _possible(line: DatedLine, solution: Solution, fetched: date) -> bool:
    if line.day is None or (line.weekday and line.day.isoweekday() != line.weekday):
        return False
    slack = timedelta(days=45) if line.rank < 2 else _SLACK
    if solution.last and line.day > solution.last + slack:
        return False
    # a line with nothing but the day of the fetch is often the page's clock: the text must not be plainly older
    return not (solution.first and line.day < solution.first - slack) and line.day <= fetched + _SLACK


def _narrowed_by_month(article: Article, solution: Solution, fetched: date) -> Solution:
    """The month that an address tells, as a constraint like those of the text."""
    for url in (article.url, canonical_url(article.html)):
        told = url_stretch(url, fetched)
        if told and told.precision == "month":
            first = max(told.first, solution.first or told.first)
            last = min(told.last, solution.last or told.last, fetched)
            return Solution(first, last) if first <= last else Solution(told.first, min(told.last, fetched))
    return solution


def _by_text(solution: Solution, fetched: date, *, live: bool) -> DateWindow:
    if live and (solution.last is None or solution.last >= fetched - _SLACK):
        return DateWindow(fetched, fetched, "day", "live")
    if solution.first is None:
        return DateWindow(None, fetched, "unknown", "fetched")
    last = min(solution.last or fetched, fetched)
    if solution.first > last:
        return DateWindow(None, fetched, "unknown", "fetched")
    return DateWindow(solution.first, last, precision_of(solution.first, last), "text")


def _window(told: Stretch, evidence: str) -> DateWindow:
    return DateWindow(told.first, told.last, told.precision, evidence)
