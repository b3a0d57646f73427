"""Days as pages write them: in fields for machines, and in the lines that readers see."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from streams.reading.times import find_times
from streams.reading.times_days import valid_day
from streams.records import DateWindow

_ISO = re.compile(
    r"\s{0,9}(?P<year>\d{4})(?P<sign>[-/.]?)(?P<month>\d\d)(?P=sign)(?P<day>\d\d)(?!\d{3})(?P<rest>.{0,40})"
)
_EPOCH = re.compile(r"\s{0,9}(\d{10})(?:\d{3})?(?:\.\d{1,6})?\s{0,9}$")
_NUMBERS = re.compile(r"(?<![\d/.:-])(\d{1,2})([/.-])(\d{1,2})\2((?:19|20)\d\d|\d\d)(?![\d/-])")
_WEEKDAY = re.compile(r"\b(mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}\b", re.IGNORECASE)
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_UTC = re.compile(r"(?:Z|\+00:?00|UTC|GMT)\s*$")
_LONGEST = 200
_UNKNOWN = DateWindow()


@dataclass(frozen=True, slots=True)
class Stamp:
    """A day that is written somewhere."""

    days: tuple[date, ...]
    """One, or both readings of 7/3/2010."""
    in_utc: bool = False
    """It is told in UTC, whatever the place: the day there may be the next or the one before."""
    numbers: bool = False
    """Day and month are both numbers, in an order that only the page's habit tells."""


@dataclass(frozen=True, slots=True)
class Habit:
    """How a page writes dates in numbers: the month first or the day."""

    month_first: bool | None
    """None when it does not show."""


def habit(markup: str, language: str) -> Habit:
    """What the dates of the page that can be read in one way only show, else the custom of its language."""
    day_first = month_first = 0
    for match in _NUMBERS.finditer(markup):
        first, second = int(match[1]), int(match[3])
        day_first += 12 < first <= 31 and 1 <= second <= 12
        month_first += 12 < second <= 31 and 1 <= first <= 12
    if day_first != month_first:
        return Habit(month_first > day_first)
    return Habit(month_first=True if language.lower().replace("_", "-") == "en-us" else None)


def field_stamp(value: str | None, custom: Habit) -> Stamp | None:
    """The day that a field for machines tells: ISO 8601, seconds since 1970, or as people write it."""
    if not value or not value.strip():
        return None
    seconds = _EPOCH.match(value[:40])
    if seconds:
        return Stamp((datetime.fromtimestamp(int(seconds[1]), tz=UTC).date(),), in_utc=True)
    match = _ISO.match(value[:100])
    if match:
        found = valid_day(int(match["year"]), int(match["month"]), int(match["day"]))
        return Stamp((found,), bool(_UTC.search(match["rest"]))) if found else None
    stamps = line_stamps(value, custom)
    return stamps[0] if stamps else None


def line_stamps(line: str, custom: Habit) -> list[Stamp]:
    """The days with their years that a line tells, in order."""
    shown = line[:_LONGEST]
    if not any(character.isdigit() for character in shown):
        return []
    found: list[tuple[int, Stamp]] = []
    for match in _NUMBERS.finditer(shown):
        stamp = _of_numbers(match, shown, custom)
        if stamp:
            found.append((match.start(), stamp))
    covered = _NUMBERS.sub(lambda match: " " * len(match[0]), shown)
    for item in find_times(covered, _UNKNOWN):
        window = item.window
        if window and window.precision == "day" and window.from_ and not item.value.startswith("XXXX"):
            found.append((item.start, Stamp((window.from_,))))
    return [stamp for _, stamp in sorted(found, key=lambda pair: pair[0])]


def _of_numbers(match: re.Match[str], line: str, custom: Habit) -> Stamp | None:
    first, second, year = int(match[1]), int(match[3]), int(match[4])
    year += 0 if year > 99 else 2000 if year < 70 else 1900
    day_first, month_first = valid_day(year, second, first), valid_day(year, first, second)
    days = [found for found in (day_first, month_first) if found]
    if custom.month_first:
        days.reverse()
    weekday = _WEEKDAY.search(line)
    if weekday and len(days) == 2:
        named = _WEEKDAYS.index(weekday[1].lower())
        days = [found for found in days if found.weekday() == named] or days
    return Stamp(tuple(dict.fromkeys(days)), numbers=True) if days else None


def settled(stamp: Stamp, others: Sequence[date], custom: Habit, latest: date) -> date | None:
    """The day that a stamp means: the one that other evidence tells too, else the page's habit, else the day first."""
    days = [found for found in stamp.days if date(1995, 1, 1) <= found <= latest]
    if len(days) == 2 and custom.month_first is None:
        confirmed = [found for found in days if found in others]
        days = confirmed if len(confirmed) == 1 else days
    return days[0] if days else None
