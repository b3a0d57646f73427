"""Dates that stand in a text to date it: "Published 3 June 2023", a line with a date alone, an agency's dateline."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import partial

from streams.reading.dating_page import told_lines
from streams.reading.times import FoundTime, find_times
from streams.records import DateWindow
from streams.remembering import ByLine

_LABEL = re.compile(
    r"\b(?P<label>(?i:(?:first |originally )?(?:published|posted|released|filed|issued|created|publication date|date)"
    r"|(?:last )?(?:updated|modified|update)))\b(?: (?i:on|at|by|date))?[:\s|,–—-]{0,4}"
)
_DATELINE = re.compile(
    r"^(?:[\w.' -]{0,30}[:|] )?(?P<place>[^\W\d_a-z][\w.'’/ -]{1,40}"
    r"(?:\([\w .]{2,20}\))?(?:, [\w.'’ -]{2,30}){0,2}), ?$"
)
_AFTER_DATELINE = re.compile(
    r"^\s?,?\s?(?:\([^()\n]{1,40}\)\s?)?(?:[-–—:]|\.-)\s|^\s?\([^()\n]{1,40}\)|^\s?/[A-Z][\w -]{1,25}/"
)
_FILLER = re.compile(r"[\W\d_]+")
_HEAD_LINES = 25
_TAIL_LINES = 8
_MOST_BESIDE = 45
"""More letters beside a date than this, and the line is not there to date the article."""


@dataclass(frozen=True, slots=True)
class DatedLine:
    """A date in the text that may be the article's own."""

    day: date | None
    """None when the year is not told."""
    month_day: tuple[int, int]
    weekday: int | None
    """ISO weekday, where the line tells it."""
    rank: int
    """0 published, 1 dateline, 2 a line with a date alone, 3 updated; the smaller is the better evidence."""


_UNKNOWN = DateWindow()


def dated_lines(text: str) -> list[DatedLine]:
    """The candidates, best first; those that head the text, and below it those that say what they are."""
    lines = told_lines(text)
    found: list[DatedLine] = []
    for index, line in enumerate(lines):
        head, tail = index < _HEAD_LINES, index >= len(lines) - _TAIL_LINES
        if not head and not tail:
            continue
        dated = _dated_head(line) if head else _dated_tail(line)
        if dated:
            found.append(dated)
    return sorted(found, key=lambda item: item.rank)


def _dated(line: str, *, head: bool) -> DatedLine | None:
    shown = line if len(line) < 400 else line[:200]
    has_digit = any(map(str.isdigit, shown))
    dates = [item for item in find_times(shown, _UNKNOWN) if _month_day(item)] if has_digit else []
    if not dates:
        return None
    first = dates[0]
    label = _label_before(shown, first)
    if label:
        updated = "updat" in label or "modif" in label
        other = len(dates) > 1 and updated
        return _line(dates[0], 3 if updated and not other else 0) if head or not updated else None
    if not head or re.match(r"\d{1,2}[.)]\s|[-•*»]\s", line):
        return None
    before = _DATELINE.search(shown[: first.start])
    if before and _capital(before["place"]) and _AFTER_DATELINE.match(shown[first.end :]):
        return _line(first, 1)
    if len(_FILLER.sub("", _without(shown, dates))) <= _MOST_BESIDE and len(line) < 150 and not _prose(shown):
        return _line(first, 2)
    return None


_dated_head = ByLine(partial(_dated, head=True))
_dated_tail = ByLine(partial(_dated, head=False))


def _label_before(line: str, found: FoundTime) -> str:
    for match in _LABEL.finditer(line, 0, found.start):
        between = line[match.end() : found.start]
        if len(between) <= 12 and not re.search(r"[^\W\d_]{4}", between):
            return match["label"].lower()
    return ""


def _capital(place: str) -> bool:
    """A dateline's place begins with a word in capitals, or is a name alone."""
    word = re.split(r"[\s,/(]", place.strip(), maxsplit=1)[0]
    return word.isupper() or (len(place.split()) <= 4 and all(part[:1].isupper() for part in place.split()))


def _prose(line: str) -> bool:
    """It is a sentence: it ends like one, or has a small word of one inside."""
    return bool(re.search(r"\b(?:was|were|is|are|has|have|had|said|the|who|will|to|after|during)\b", line))


def _without(line: str, dates: list[FoundTime]) -> str:
    for item in reversed(dates):
        line = line[: item.start] + " " + line[item.end :]
    return line


def _month_day(found: FoundTime) -> tuple[int, int] | None:
    match = re.match(r"(?:\d{4}|XXXX)-(\d\d)-(\d\d)(?!\d)", found.value)
    return (int(match[1]), int(match[2])) if match and found.type in {"DATE", "TIME"} else None


def _line(found: FoundTime, rank: int) -> DatedLine | None:
    month_day = _month_day(found)
    if month_day is None:
        return None
    weekdays = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
    named = next((n for n, w in enumerate(weekdays, 1) if re.search(rf"\b{w}", found.text.lower())), None)
    window = found.window
    day = window.from_ if window and not found.value.startswith("XXXX") else None
    return DatedLine(day, month_day, named, rank)
