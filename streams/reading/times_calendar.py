"""Calendar arithmetic: what stretch of days an expression means, seen from a day."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from dateutil.easter import easter  # type: ignore[import-untyped]

from streams.records import DatePrecision

Past = bool | None
"""Tense around an expression; None when it is not known."""
TimexType = Literal["DATE", "TIME", "DURATION", "SET"]
SEASON_MONTHS = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days from first to last, both included, with their TIMEX3 value."""

    value: str
    first: date
    last: date
    precision: DatePrecision


Resolver = Callable[[date], Stretch]


@dataclass(frozen=True, slots=True)
class Meaning:
    """What an expression says before it is seen from a day."""

    type: TimexType
    value: str
    """TIMEX3 value as far as the words alone tell it."""
    resolve: Resolver | None = None
    """Its days seen from an anchor day; may raise `ValueError` or `OverflowError` beyond the calendar."""
    base: Literal["none", "anchor", "story", "day"] = "anchor"
    """Seen from nowhere (absolute), from the publication, from the day that the story is at, or from the day of the
    sentence: a time of the clock."""
    back: bool = True
    """It looks back from the story; one that looks forward means nothing where the story's day is not known."""
    suffix: str = ""
    """Time of day that ends the resolved value, such as TMO or T17:00."""


def day(value: date) -> Stretch:
    """One day."""
    return Stretch(value.isoformat(), value, value, "day")


def days(first: date, last: date, value: str) -> Stretch:
    """An odd window of days."""
    return Stretch(value, first, last, "day" if first == last else "days")


def week(value: date) -> Stretch:
    """Monday to Sunday of the week that the day lies in."""
    first = value - timedelta(days=value.weekday())
    iso = value.isocalendar()
    return Stretch(f"{iso.year:04}-W{iso.week:02}", first, first + timedelta(days=6), "week")


def weekend(value: date) -> Stretch:
    """Saturday and Sunday of the week that the day lies in."""
    whole = week(value)
    return Stretch(f"{whole.value}-WE", whole.last - timedelta(days=1), whole.last, "days")


def month(year: int, number: int) -> Stretch:
    """A calendar month; `number` may lie outside 1 to 12 and counts on."""
    year, index = year + (number - 1) // 12, (number - 1) % 12 + 1
    last = monthrange(year, index)[1]
    return Stretch(f"{year:04}-{index:02}", date(year, index, 1), date(year, index, last), "month")


def months(first: date, count: int) -> date:
    """The same day so many months on, or the last of the month where that day is missing."""
    target = month(first.year, first.month + count)
    return target.first.replace(day=min(first.day, target.last.day))


def year(number: int) -> Stretch:
    """A calendar year."""
    return Stretch(f"{number:04}", date(number, 1, 1), date(number, 12, 31), "year")


def decade(first: int) -> Stretch:
    """Ten years; TIMEX3 writes the first three digits."""
    return Stretch(f"{first // 10:03}", date(first, 1, 1), date(first + 9, 12, 31), "unknown")


def century(number: int, shift: int = 0) -> Stretch:
    """The century of a year, so many on; TIMEX3 writes the first two digits."""
    first = ((number - 1) // 100 + shift) * 100
    return Stretch(f"{first // 100:02}", date(first + 1, 1, 1), date(first + 100, 12, 31), "unknown")


def season(number: int, code: str) -> Stretch:
    """A season of the northern hemisphere; winter begins in December of the year."""
    first = month(number, SEASON_MONTHS[code])
    return Stretch(f"{number:04}-{code}", first.first, month(number, SEASON_MONTHS[code] + 2).last, "season")


def quarter(number: int, index: int) -> Stretch:
    """A quarter of a year, 1 to 4."""
    first = month(number, 3 * index - 2)
    return Stretch(f"{number:04}-Q{index}", first.first, month(number, 3 * index).last, "season")


def half(number: int, index: int) -> Stretch:
    """A half of a year, 1 or 2."""
    first = month(number, 6 * index - 5)
    return Stretch(f"{number:04}-H{index}", first.first, month(number, 6 * index).last, "year")


def holiday(number: int, rule: str) -> date:
    """The day of a moving holiday in that year: `easter DAYS`, or `nth MONTH WEEKDAY WHICH` (-1: the last)."""
    kind, *given = rule.split()
    if kind == "easter":
        sunday: date = easter(number)
        return sunday + timedelta(days=int(given[0]))
    index, weekday, which = (int(item) for item in given)
    whole = month(number, index)
    if which < 0:
        return whole.last - timedelta(days=(whole.last.isoweekday() - weekday) % 7)
    return whole.first + timedelta(days=(weekday - whole.first.isoweekday()) % 7 + 7 * (which - 1))


def part_of(stretch: Stretch, modifier: str) -> Stretch:
    """The early, middle or late third of a stretch; its value stays, as TIMEX3 has it."""
    length = (stretch.last - stretch.first).days + 1
    first, second = stretch.first + timedelta(days=length // 3), stretch.last - timedelta(days=length // 3)
    if modifier == "early":
        return replace(stretch, last=first)
    if modifier == "late":
        return replace(stretch, first=second)
    return replace(stretch, first=first, last=second)


def nearest(anchor: date, candidates: list[Stretch], *, past: Past) -> Stretch:
    """The occurrence that news text means: the last one, unless the tense or a near future one speaks against it.

    "They agreed to vote on July 20", said on July 14, means the coming day although the tense is past.
    """
    before = max((item for item in candidates if item.first <= anchor), key=lambda item: item.first)
    after = min((item for item in candidates if item.last >= anchor), key=lambda item: item.first)
    if past is False:
        return after
    weight = 8 if past else 4
    ahead, behind = (after.first - anchor).days, (anchor - before.last).days
    return after if 0 < ahead * weight < behind else before
