"""Expressions that name a day: dates, weekdays, today and yesterday, holidays."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

from streams.reading import times_calendar as calendar
from streams.reading.times_calendar import Meaning, Past, Resolver, Stretch
from streams.reading.times_words import month_of, number_of, weekday_of, words

Handler = Callable[[re.Match[str], Past], Meaning | None]
_DEICTIC = {"today": 0, "tonight": 0, "yesterday": -1, "tomorrow": 1}


def _absolute(stretch: Stretch) -> Meaning:
    return Meaning("DATE", stretch.value, lambda _: stretch, "none")


def valid_day(year: int, month: int, number: int) -> date | None:
    """The day, or None where the calendar has no such."""
    try:
        return date(year, month, number)
    except ValueError:
        return None


def _of_year(month: int, first: int, last: int, weekday: int | None, *, past: Past) -> Resolver:
    def resolve(anchor: date) -> Stretch:
        found = []
        for year in range(anchor.year - 9, anchor.year + 9):
            start, end = valid_day(year, month, first), valid_day(year, month, last)
            if start and end and end >= start:
                found.append(calendar.days(start, end, f"{year:04}-{month:02}-{first:02}"))
        near = [item for item in found if abs(item.first.year - anchor.year) < 2]
        agreeing = [item for item in near if weekday is None or item.first.isoweekday() == weekday]
        if not agreeing and weekday is not None:
            agreeing = [item for item in found if item.first.isoweekday() == weekday]
            return min(agreeing, key=lambda item: abs((item.first - anchor).days))
        if weekday is not None and len(agreeing) == 1:
            return agreeing[0]
        return calendar.nearest(anchor, agreeing if weekday is not None else found, past=past)

    return resolve


def month_day(match: re.Match[str], past: Past) -> Meaning | None:
    """May 3, Thursday, March 3, the 3rd of May 2024, 3-5 May."""
    groups = match.groupdict()
    month, first = month_of(match["month"]), int(match["day"])
    last = int(groups.get("day2") or first)
    year = groups.get("year")
    if last < first or not valid_day(int(year or 2024), month, last) or first < 1:
        return None
    if year:
        value = date(int(year), month, first)
        return _absolute(calendar.days(value, date(int(year), month, last), value.isoformat()))
    weekday = weekday_of(groups["weekday"]) if groups.get("weekday") else None
    resolver = _of_year(month, first, last, weekday, past=past)
    return Meaning("DATE", f"XXXX-{month:02}-{first:02}", resolver)


def iso_date(match: re.Match[str], _past: Past) -> Meaning | None:
    """2024-05-17, 2024/05/17."""
    found = valid_day(int(match["year"]), int(match["month"]), int(match["day"]))
    return _absolute(calendar.day(found)) if found else None


def numeric_date(match: re.Match[str], _past: Past) -> Meaning | None:
    """17/05/2024, 05/17/2024, 17.05.2024; of two readings the one that is nearer to the anchor."""
    first, second, year = int(match["first"]), int(match["second"]), int(match["year"])
    british, american = valid_day(year, second, first), valid_day(year, first, second)
    if match["separator"] == ".":
        american = None
    options = sorted({item for item in (british, american) if item})
    if not options:
        return None
    if len(options) == 1:
        return _absolute(calendar.day(options[0]))
    return Meaning(
        "DATE",
        f"{year:04}-XX-XX",
        lambda anchor: calendar.day(min(options, key=lambda item: abs((item - anchor).days))),
    )


def weekday(match: re.Match[str], past: Past) -> Meaning:
    """On Tuesday, last Tuesday, this Thursday, Tuesday last week."""
    number = weekday_of(match["weekday"])
    before = (match.groupdict().get("which") or "").lower().removeprefix("the ").split()
    week = (match.groupdict().get("week") or "").lower()

    def resolve(anchor: date) -> Stretch:
        if week:
            shift = 7 * _week_shift(week)
            return calendar.day(anchor - timedelta(days=anchor.weekday() - shift - number + 1))
        back = (anchor.isoweekday() - number) % 7
        ahead = (number - anchor.isoweekday()) % 7
        if before and before[0] in {"last", "past", "previous"}:
            return calendar.day(anchor - timedelta(days=back or 7))
        if before and (before[0] in {"next", "coming", "following"} or "coming" in before):
            return calendar.day(anchor + timedelta(days=ahead or 7))
        return calendar.day(anchor + timedelta(days=ahead) if past is False else anchor - timedelta(days=back))

    base = "story" if before and before[0] in {"previous", "following"} else "anchor"
    return Meaning("DATE", f"XXXX-WXX-{number}", resolve, base)  # type: ignore[arg-type]


def _week_shift(text: str) -> int:
    return -1 if "last" in text else 1 if "next" in text else 0


def deictic(match: re.Match[str], _past: Past) -> Meaning:
    """Today, yesterday, tonight, the day before yesterday."""
    word = match["word"].lower()
    around = (match.groupdict().get("around") or "").lower()
    shift = _DEICTIC[word] + (-1 if "before" in around else 1 if "after" in around else 0)
    suffix = "TNI" if word == "tonight" else ""
    return Meaning(
        "TIME" if suffix else "DATE", "XXXX-XX-XX",
        lambda anchor: calendar.day(anchor + timedelta(days=shift)), suffix=suffix,
    )  # fmt: skip


def holiday(match: re.Match[str], past: Past) -> Meaning:
    """Christmas Eve, New Year's Day 2024."""
    month, number = words().holidays[match["holiday"].lower().replace("\n", " ")]
    if match["year"]:
        return _absolute(calendar.day(date(int(match["year"]), month, number)))
    return Meaning("DATE", f"XXXX-{month:02}-{number:02}", _of_year(month, number, number, None, past=past))


def day_of_month(match: re.Match[str], past: Past) -> Meaning | None:
    """On the 15th: the last one up to the anchor, or the next one; the 15th of this month."""
    number = int(match["day"])
    if not 1 <= number <= 31:
        return None
    told = (match.groupdict().get("which") or "").lower()

    def resolve(anchor: date) -> Stretch:
        step = 1 if past is False else -1
        shifts = [-1 if "last" in told else 1 if "next" in told else 0] if told else [step * n for n in range(4)]
        for shift in shifts:
            stretch = calendar.month(anchor.year, anchor.month + shift)
            found = valid_day(stretch.first.year, stretch.first.month, number)
            if found and (told or (found >= anchor if past is False else found <= anchor)):
                return calendar.day(found)
        raise ValueError(number)

    return Meaning("DATE", f"XXXX-XX-{number:02}", resolve)


def numeric_day(match: re.Match[str], past: Past) -> Meaning | None:
    """On 25/05: a day and a month, in whichever order is on the calendar; the day first where both are."""
    first, second = int(match["first"]), int(match["second"])
    number, month = (first, second) if second <= 12 else (second, first)
    if not valid_day(2024, month, number):
        return None
    return Meaning("DATE", f"XXXX-{month:02}-{number:02}", _of_year(month, number, number, None, past=past))


def weekday_ago(match: re.Match[str], _past: Past) -> Meaning:
    """Two Sundays ago."""
    number, count = weekday_of(match["weekday"]), int(number_of(match["number"]) or 1)

    def resolve(anchor: date) -> Stretch:
        back = (anchor.isoweekday() - number) % 7 or 7
        return calendar.day(anchor - timedelta(days=back + 7 * (count - 1)))

    return Meaning("DATE", f"XXXX-WXX-{number}", resolve)


def week_of(match: re.Match[str], past: Past) -> Meaning | None:
    """The week of June 3, the week beginning 3 June."""
    month, number = month_of(match["month"] or match["month2"]), int(match["day"] or match["day2"])
    told = match["year"]
    if not valid_day(int(told or 2024), month, number):
        return None
    if told:
        stretch = calendar.week(date(int(told), month, number))
        return _absolute(stretch)
    nearest = _of_year(month, number, number, None, past=past)
    return Meaning("DATE", "XXXX-WXX", lambda anchor: calendar.week(nearest(anchor).first))


def moving_holiday(match: re.Match[str], past: Past) -> Meaning:
    """Easter, Thanksgiving: by the rule of words.tsv."""
    rule = words().moving[match["holiday"].lower()]
    if match["year"]:
        return _absolute(calendar.day(calendar.holiday(int(match["year"]), rule)))

    def resolve(anchor: date) -> Stretch:
        found = [calendar.day(calendar.holiday(anchor.year + shift, rule)) for shift in (-1, 0, 1)]
        return calendar.nearest(anchor, found, past=past)

    return Meaning("DATE", "XXXX-XX-XX", resolve)
