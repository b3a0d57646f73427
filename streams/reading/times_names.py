"""Expressions that name a month, year, decade, season or quarter: in August, early 2022, last summer."""

from __future__ import annotations

import re
from datetime import date, timedelta

from streams.reading import times_calendar as calendar
from streams.reading.times_calendar import Meaning, Past, Stretch
from streams.reading.times_units import narrowed
from streams.reading.times_words import month_of, words


def _year_of(text: str | None, anchor: date) -> int | None:
    if not text:
        return None
    word = text.lower()
    if word.isdigit():
        return int(word)
    return anchor.year + (
        -1 if "last" in word or "previous" in word else 1 if "next" in word or "following" in word else 0
    )


def _months_near(anchor: date, number: int, which: str, *, past: Past) -> Stretch:
    found = [calendar.month(anchor.year + shift, number) for shift in (-2, -1, 0, 1, 2)]
    if which in {"last", "past", "previous"}:
        return max((item for item in found if item.last < anchor), key=lambda item: item.first)
    if which in {"next", "coming", "following"}:
        return min((item for item in found if item.first > anchor), key=lambda item: item.first)
    if which == "this":
        return found[2]
    return calendar.nearest(anchor, found, past=past)


def month_name(match: re.Match[str], past: Past) -> Meaning:
    """In August, last May, mid-June 2024, March last year, this August."""
    number, told = month_of(match["month"]), match.groupdict().get("year")
    which = (match.groupdict().get("which") or "").lower()
    modifier = (match.groupdict().get("modifier") or "").lower().strip(" -")

    def resolve(anchor: date) -> Stretch:
        year = _year_of(told, anchor)
        stretch = calendar.month(year, number) if year else _months_near(anchor, number, which, past=past)
        return narrowed(stretch, modifier, anchor, current=False)

    absolute = bool(told and told.isdigit())
    value = f"{told}-{number:02}" if absolute else f"XXXX-{number:02}"
    return Meaning("DATE", value, resolve, "none" if absolute else "anchor")


def year_name(match: re.Match[str], _past: Past) -> Meaning | None:
    """In 2014, early 2022, the 2015 nuclear agreement; no count of things."""
    if match.groupdict().get("end"):
        return Meaning("DATE", "XXXX", lambda anchor: calendar.year(anchor.year))
    follower = re.match(r"\s([A-Za-z]+)", match.string[match.end() : match.end() + 24])
    if follower and follower[1].lower() in words().counted:
        return None
    stretch = calendar.year(int(match["year"]))
    modifier = (match.groupdict().get("modifier") or "").lower().strip(" -")
    meant = narrowed(stretch, modifier, stretch.first, current=False)
    return Meaning("DATE", stretch.value, lambda _: meant, "none")


def decade(match: re.Match[str], _past: Past) -> Meaning:
    """The 1990s, the '90s."""
    digits = match["digits"]
    first = int(digits) if len(digits) == 4 else 1900 + int(digits) if int(digits) >= 30 else 2000 + int(digits)
    stretch = calendar.decade(first)
    return Meaning("DATE", stretch.value, lambda _: stretch, "none")


_CENTURIES = ("eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth",
              "nineteenth", "twentieth", "twenty-first")  # fmt: skip


def century(match: re.Match[str], _past: Past) -> Meaning:
    """The 19th century, the late twentieth century."""
    number = int(match["number"]) if match["number"] else 11 + _CENTURIES.index(match["ordinal"].lower())
    stretch = calendar.century(100 * number)
    return Meaning("DATE", stretch.value, lambda _: stretch, "none")


def year_ago(match: re.Match[str], _past: Past) -> Meaning:
    """The year-ago quarter."""
    shift = 1 if match["ahead"] else -1
    return Meaning("DATE", "XXXX", lambda anchor: calendar.year(anchor.year + shift))


def season(match: re.Match[str], past: Past) -> Meaning:
    """Last summer, this spring, the winter of 2022."""
    code, told = words().seasons[match["season"].lower()], match.groupdict().get("year")
    which = (match.groupdict().get("which") or "").lower()

    def resolve(anchor: date) -> Stretch:
        year = _year_of(told, anchor)
        if year:
            return calendar.season(year, code)
        found = [calendar.season(anchor.year + shift, code) for shift in (-2, -1, 0, 1)]
        if "this" in which:
            return found[1] if code == "WI" and anchor.month < 6 else found[2]
        if "last" in which:
            return max((item for item in found if item.last < anchor), key=lambda item: item.first)
        if "next" in which or past is False:
            return min((item for item in found if item.last >= anchor), key=lambda item: item.first)
        return max((item for item in found if item.first <= anchor), key=lambda item: item.first)

    absolute = bool(told and told.isdigit())
    return Meaning("DATE", f"{told if absolute else 'XXXX'}-{code}", resolve, "none" if absolute else "anchor")


def quarter(match: re.Match[str], past: Past) -> Meaning | None:
    """The first quarter of 2024, the second half, Q3: without a year the last one that has begun, or the next one."""
    half = match["part"].lower() in {"half", "h"}
    word = match["ordinal"].lower()
    last = 2 if half else 4
    index = last if word in {"final", "last"} else words().ordinals.get(word) or int(word[0])
    if index > last:
        return None
    told = match["year"]
    stretch_of = calendar.half if half else calendar.quarter

    def resolve(anchor: date) -> Stretch:
        year = _year_of(told, anchor)
        if year:
            return stretch_of(year, index)
        found = [stretch_of(anchor.year + shift, index) for shift in (-1, 0, 1)]
        if past is False:
            return min((item for item in found if item.last >= anchor), key=lambda item: item.first)
        return max((item for item in found if item.first <= anchor), key=lambda item: item.first)

    absolute = bool(told and told.isdigit())
    sign = "H" if half else "Q"
    return Meaning("DATE", f"{told if absolute else 'XXXX'}-{sign}{index}", resolve, "none" if absolute else "anchor")


def same_time(match: re.Match[str], _past: Past) -> Meaning:
    """This time last year; the same month last year, which is as exact as its unit."""
    unit = (match["unit"] or "").lower()
    shift = 1 if match["which"].lower() == "next" else -1

    def resolve(anchor: date) -> Stretch:
        if unit == "day":
            return calendar.day(calendar.months(anchor, 12 * shift))
        if unit == "month":
            return calendar.month(anchor.year + shift, anchor.month)
        if unit == "week":
            return calendar.week(anchor + timedelta(days=364 * shift))
        if unit == "quarter":
            return calendar.quarter(anchor.year + shift, (anchor.month - 1) // 3 + 1)
        return calendar.year(anchor.year + shift)

    return Meaning("DATE", "XXXX", resolve)
