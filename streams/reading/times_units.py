"""Expressions of weeks, months, years and lengths: last week, in August, two days ago, for three weeks."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Literal

from streams.reading import times_calendar as calendar
from streams.reading.times_calendar import Meaning, Past, Stretch
from streams.reading.times_words import month_of, number_of, weekday_of, words

_SHIFT = {"last": -1, "previous": -1, "past": -1, "next": 1, "coming": 1, "following": 1}
_STORY = frozenset({"that", "same", "the same", "the previous", "the following", "the next"})
_UNKNOWN = {"W": "XXXX-WXX", "M": "XXXX-XX", "Y": "XXXX", "3M": "XXXX-QX", "D": "XXXX-XX-XX"}


def _code(unit: str) -> str:
    return words().units[unit.lower()]


def _unit_around(anchor: date, code: str, shift: int) -> Stretch:
    """The week, month, quarter, year or decade of the anchor, so many of them on."""
    if code == "W":
        return calendar.week(anchor + timedelta(days=7 * shift))
    if code == "M":
        return calendar.month(anchor.year, anchor.month + shift)
    if code == "3M":
        years, index = divmod(anchor.year * 4 + (anchor.month - 1) // 3 + shift, 4)
        return calendar.quarter(years, index + 1)
    if code == "Y":
        return calendar.year(anchor.year + shift)
    if code == "10Y":
        return calendar.decade((anchor.year // 10 + shift) * 10)
    return calendar.century(anchor.year, shift) if code == "100Y" else calendar.day(anchor + timedelta(days=shift))


def narrowed(stretch: Stretch, modifier: str, anchor: date, *, current: bool) -> Stretch:
    """Early, mid or late in the stretch; in the current one earlier ends, and later begins, with the anchor."""
    first, last = stretch.first, stretch.last
    if current and modifier in {"earlier", "early"}:
        last = min(last, anchor)
    elif current and modifier in {"later", "late"}:
        first = max(first, anchor)
    elif modifier:
        kind = "early" if modifier in {"early", "earlier", "beginning", "start"} else "late"
        return calendar.part_of(stretch, "mid" if modifier in {"mid", "middle"} else kind)
    return Stretch(stretch.value, first, last, stretch.precision)


def _back(anchor: date, code: str) -> date:
    """The same day one unit before."""
    if code == "W":
        return anchor - timedelta(days=7)
    count = int(re.sub(r"\D", "", code) or 1)
    return calendar.months(anchor, -count if code.endswith("M") else -12 * count)


def this_unit(match: re.Match[str], past: Past) -> Meaning:
    """Last week, this month, next year, earlier this month, late last week, the end of the year."""
    which, code = match["which"].lower(), _code(match["unit"])
    modifier = (match["modifier"] or "").lower()
    if which.endswith("past"):
        return Meaning(
            "DURATION", _length(1.0, code),
            lambda anchor: calendar.days(_back(anchor, code) + timedelta(days=1), anchor, ""),
        )  # fmt: skip
    shift = _SHIFT.get(which.removeprefix("the ").split()[-1], 0)

    def resolve(anchor: date) -> Stretch:
        stretch = _unit_around(anchor, code, shift)
        if not shift and not modifier and past is not False and stretch.first <= anchor:
            stretch = Stretch(stretch.value, stretch.first, min(anchor, stretch.last), stretch.precision)
        return narrowed(stretch, modifier, anchor, current=not shift)

    base: Literal["anchor", "story"] = "story" if which in _STORY else "anchor"
    return Meaning("DATE", _UNKNOWN.get(code, "XXXX"), resolve, base, back=shift < 1)


def weekend(match: re.Match[str], past: Past) -> Meaning:
    """At the weekend, last weekend, next weekend."""
    which = (match["which"] or "").lower()

    def resolve(anchor: date) -> Stretch:
        if which in {"last", "this past", "the past", "the previous"}:
            return calendar.weekend(anchor - timedelta(days=7))
        if which in {"next", "the following"}:
            return calendar.weekend(anchor + timedelta(days=7))
        inside = anchor.weekday() >= 5 or past is False
        return calendar.weekend(anchor if inside else anchor - timedelta(days=7))

    return Meaning("DATE", "XXXX-WXX-WE", resolve)


def _moved(anchor: date, count: float, code: str) -> Stretch:
    """The anchor so many units on (negative: back), as exact as the unit is."""
    if "T" in code:
        return calendar.day(anchor + timedelta(hours=count if code == "TH" else 0))
    number = int(re.sub(r"\D", "", code) or 1) * count
    if code.endswith("D"):
        return calendar.day(anchor + timedelta(days=number))
    if code.endswith("W"):
        return calendar.week(anchor + timedelta(days=7 * number))
    if code.endswith("M"):
        moved = calendar.months(anchor, int(number))
        return calendar.month(moved.year, moved.month)
    return calendar.year(anchor.year + int(number))


def _distance(match: re.Match[str], sign: int, base: Literal["anchor", "story"]) -> Meaning:
    code, count = _code(match["unit"]), number_of(match["number"])
    reference = "PAST_REF" if sign < 0 else "FUTURE_REF"
    if count is None:
        return Meaning("DATE", reference)
    exact = "T" not in code
    value = _UNKNOWN.get(code[-1], reference) if exact else "XXXX-XX-XX"
    kind: Literal["DATE", "TIME"] = "DATE" if exact or count >= 24 else "TIME"

    def resolve(anchor: date) -> Stretch:
        moved = _moved(anchor, sign * count, code)
        hours = count if code == "TH" else 0
        if hours:
            other = anchor + timedelta(days=sign * (1 if hours < 24 else int(hours // 24)))
            return calendar.days(min(anchor, other), max(anchor, other), anchor.isoformat())
        return moved

    return Meaning(kind, value, resolve, base, back=sign < 0)


def ago(match: re.Match[str], _past: Past) -> Meaning:
    """Two days ago, a year ago; the week, month or year where the unit is as coarse."""
    return _distance(match, -1, "anchor")


def from_now(match: re.Match[str], _past: Past) -> Meaning:
    """In two days' time, two weeks from now."""
    return _distance(match, 1, "anchor")


def story_distance(match: re.Match[str], _past: Past) -> Meaning:
    """A day earlier, three weeks later: seen from the day that the story is at."""
    sign = -1 if match["way"].lower() in {"earlier", "before", "previously"} else 1
    return _distance(match, sign, "story")


def story_day(match: re.Match[str], _past: Past) -> Meaning:
    """The day before, the previous day, the night before, the next morning."""
    text = match["text"].lower()
    shift = -1 if "before" in text or "previous" in text or "earlier" in text else 1
    part = next((name for name in ("night", "evening", "morning", "afternoon") if name in text), None)
    return Meaning(
        "TIME" if part else "DATE",
        "XXXX-XX-XX",
        lambda anchor: calendar.day(anchor + timedelta(days=shift)),
        "story",
        back=shift < 0,
        suffix=f"T{words().parts[part]}" if part else "",
    )


def vague(match: re.Match[str], _past: Past) -> Meaning:
    """Now, recently, in recent days, in the coming weeks, years ago, in the past."""
    if match.groupdict().get("now"):
        return Meaning("DATE", "PRESENT_REF")
    text = match[0].lower()
    future = any(word in text for word in ("coming", "next", "soon", "future", "ahead"))

    def recent(anchor: date) -> Stretch:
        return calendar.days(anchor - timedelta(days=6), anchor, "PAST_REF")

    near = not future and "recent" in text and "day" in text
    return Meaning("DATE", "FUTURE_REF" if future else "PAST_REF", recent if near else None)


def _length(number: float | None, code: str) -> str:
    mark = "T" if code.startswith("T") else ""
    factor, unit = int(re.sub(r"\D", "", code) or 1), code.lstrip("T")[-1]
    if number is None:
        return f"P{mark}X{unit}"
    if number == 0.5:
        halves = {"Y": "P6M", "D": "PT12H", "H": "PT30M", "W": "P3D"}
        return halves.get(unit, f"P{mark}0.5{unit}") if factor == 1 else f"P{int(factor / 2)}{unit}"
    if number % 1:
        return f"PT{int(60 * number)}M" if code == "TH" else f"P{mark}{number * factor:g}{unit}"
    return f"P{mark}{int(number * factor)}{unit}"


def duration(match: re.Match[str], _past: Past) -> Meaning:
    """Three weeks, several days, a 90-day, week-long, the past 24 hours."""
    groups = match.groupdict()
    number = number_of(groups["number"]) if groups.get("number") else None if "vague" in groups else 1.0
    if groups.get("quarter"):
        return Meaning("DURATION", "P25Y")
    if groups.get("half") and number is not None:
        number += 0.5
    return Meaning("DURATION", _length(number, _code(match["unit"])))


def running_day(match: re.Match[str], _past: Past) -> Meaning:
    """For a third day: three days that end with the anchor, which are still going on."""
    word = match["ordinal"].lower()
    number = int(re.sub(r"\D", "", word) or 0) or words().ordinals[word]
    code = _code(match["unit"])

    def resolve(anchor: date) -> Stretch:
        first = _moved(anchor, 1 - number, code).first
        return calendar.days(first, anchor, "")

    return Meaning("DURATION", _length(number, code), resolve)


def repeated(match: re.Match[str], _past: Past) -> Meaning:
    """Every Friday, each week, daily, twice a month, on Sundays, every other year."""
    groups = {name: told.lower() for name, told in match.groupdict().items() if told}
    readers: dict[str, Callable[[str], str]] = {
        "word": lambda word: words().sets[word],
        "weekday": lambda name: f"XXXX-WXX-{weekday_of(name)}",
        "month": lambda name: f"XXXX-{month_of(name):02}",
        "part": lambda name: f"XXXX-XX-XXT{words().parts[name]}",
        "weekends": lambda name: "XXXX-WXX-WE" if name == "weekends" else "XXXX-WXX-WD",
        "season": lambda name: f"XXXX-{words().seasons[name]}",
    }
    told = next((name for name in readers if name in groups), None)
    if told:
        return Meaning("SET", readers[told](groups[told]))
    number = number_of(groups["number"]) if "number" in groups else 2.0 if "other" in groups else 1.0
    return Meaning("SET", _length(number, _code(groups["unit"])))
