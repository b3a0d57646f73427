"""Expressions that name a part of a day: this morning, overnight, at noon, 5 p.m., six in the morning."""

from __future__ import annotations

import re
from datetime import timedelta

from streams.reading import times_calendar as calendar
from streams.reading.times_calendar import Meaning, Past
from streams.reading.times_words import number_of, words


def this_part(match: re.Match[str], _past: Past) -> Meaning:
    """This morning, last night, that evening, earlier in the day."""
    which, part = match["which"].lower(), match["part"].lower()
    shift = -1 if which == "last" else 1 if which == "next" else 0
    base = (
        "day"
        if which == "the"
        else "story"
        if which in {"that", "the same", "the next", "the following", "the previous"}
        else "anchor"
    )
    if which in {"the next", "the following"}:
        shift = 1
    if which == "the previous":
        shift = -1
    return Meaning(
        "TIME", "XXXX-XX-XX", lambda anchor: calendar.day(anchor + timedelta(days=shift)),
        base, suffix=f"T{words().parts[part]}",  # type: ignore[arg-type]
    )  # fmt: skip


def overnight(match: re.Match[str], _past: Past) -> Meaning:
    """Overnight: the night to the anchor day."""
    del match
    return Meaning(
        "TIME", "XXXX-XX-XX",
        lambda anchor: calendar.days(before := anchor - timedelta(days=1), anchor, before.isoformat()), suffix="TNI",
    )  # fmt: skip


def in_the_day(match: re.Match[str], _past: Past) -> Meaning:
    """Earlier in the day, the same day, that day: the day that the story is at."""
    del match
    return Meaning("DATE", "XXXX-XX-XX", calendar.day, "day")


def hour_of(match: re.Match[str], _past: Past) -> Meaning:
    """Six in the morning, 8 this morning, five o'clock."""
    groups = match.groupdict()
    hour = int(number_of(match["hour"]) or 0)
    part, which = (groups.get("part") or groups.get("part2") or "").lower(), (groups.get("which") or "").lower()
    if part in {"afternoon", "evening"} or (part == "at night" and hour > 5):
        hour = hour % 12 + 12
    shift = -1 if which == "yesterday" else 1 if which == "tomorrow" else 0
    return Meaning(
        "TIME",
        "XXXX-XX-XX",
        lambda anchor: calendar.day(anchor + timedelta(days=shift)),
        "anchor" if which in {"this", "yesterday", "tomorrow"} else "day",
        suffix=f"T{hour:02}:00",
    )


def clock(match: re.Match[str], _past: Past) -> Meaning:
    """5 p.m., 17:30: of the day that the story is at."""
    return Meaning("TIME", "XXXX-XX-XX", calendar.day, "day", suffix="T" + clock_value(match[0]))


def noon(match: re.Match[str], _past: Past) -> Meaning:
    """At noon, at dawn, at night: a part of the day that the story is at."""
    return Meaning("TIME", "XXXX-XX-XX", calendar.day, "day", suffix=f"T{words().parts[match['part'].lower()]}")


def clock_value(text: str) -> str:
    """A clock time as HH:MM, or HH when no minutes are told."""
    numbers = re.findall(r"\d+", text)
    hour = int(numbers[0])
    letters = text.lower()
    if "p" in letters and hour < 12:
        hour += 12
    if "a" in letters and hour == 12:
        hour = 0
    if len(numbers[0]) == 4:
        return f"{numbers[0][:2]}:{numbers[0][2:]}"
    return f"{hour:02}:{numbers[1]}" if len(numbers) > 1 else f"{hour:02}:00"
