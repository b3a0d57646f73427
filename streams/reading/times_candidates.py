"""Where a text may tell a time: every match of every rule, the longest winning, with the tense around it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from streams.reading.times_calendar import Meaning, Past
from streams.reading.times_clock import clock_value
from streams.reading.times_days import deictic, iso_date, month_day, numeric_date, weekday
from streams.reading.times_grammar import able, after_day, before_day, rules
from streams.reading.times_words import words

_DAY_HANDLERS = (month_day, weekday, deictic, iso_date, numeric_date)
_BACK = re.compile(r"\b[Ss]ince(?:\s(?:the|last|late|early))?\s$")
_DUE = re.compile(
    r"\b(?:due|scheduled|slated|until|till|ahead of|no later than|set (?:for|to))\b[^.,;:!?\n“”\"]{0,30}$"
)
_AHEAD = re.compile(r"\b(?:will|shall|won['’]t|(?:is|are) (?:to|due|set)|by)\b[^.,;:!?\n“”\"]{0,80}$")
_FOR = re.compile(
    r"\b(?:called|set|planned|expected|announced|for a \w+|fixed|vote|election|date) for (?:the |next )?$"
)
Tense = Callable[[int], Past]
_LOOK_BACK = 48
_CLAUSE = 80


def untold(_offset: int) -> Past:
    """The tense where nothing tells it."""
    return None


@dataclass(frozen=True, slots=True)
class Candidate:
    """An expression at its place, not yet seen from any day."""

    start: int
    end: int
    meaning: Meaning


def candidates_in(text: str, tense: Tense) -> list[Candidate]:
    """Every match of every rule; of those that overlap the longest, of equally long ones the first rule's."""
    matched: list[tuple[int, int, int, Candidate]] = []
    for order, match in able().find(text):
        pattern, handler = rules()[order]
        dated = getattr(handler, "__wrapped__", handler) in _DAY_HANDLERS
        start, end = match.span("text") if "text" in pattern.groupindex else match.span()
        meaning = handler(match, _tense(text, start, tense, dated=dated))
        if meaning is None:
            continue
        candidate = Candidate(start, end, meaning)
        if dated:
            candidate = _with_time_of_day(text, candidate)
        matched.append((candidate.end - candidate.start, -order, -candidate.start, candidate))
    kept: list[Candidate] = []
    taken = bytearray(len(text) + 1)
    for *_, candidate in sorted(matched, key=lambda item: item[:3], reverse=True):
        if not any(taken[candidate.start : candidate.end]):
            taken[candidate.start : candidate.end] = b"\x01" * (candidate.end - candidate.start)
            kept.append(_trimmed(text, candidate))
    return sorted(kept, key=lambda item: item.start)


def _tense(text: str, start: int, tense: Tense, *, dated: bool) -> Past:
    """The tense given, but for what the words before a day tell better: since, due, until, by; `dated`: a day."""
    before = text[max(0, start - _CLAUSE) : start]
    if "ince" in before and _BACK.search(before):
        return True
    if _DUE.search(before) or (dated and "for " in before and _FOR.search(before) and text[start - 1] != "\n"):
        return False
    past = tense(start)
    return False if past is None and _AHEAD.search(before) else past


def _trimmed(text: str, candidate: Candidate) -> Candidate:
    start, end = candidate.start, candidate.end
    while start < end and not text[start].isalnum() and text[start] not in "'’":
        start += 1
    while end > start and not text[end - 1].isalnum() and text[end - 1] != ".":
        end -= 1
    if (start, end) == (candidate.start, candidate.end):
        return candidate
    return replace(candidate, start=start, end=end)


def _with_time_of_day(text: str, candidate: Candidate) -> Candidate:
    """Join "the early hours of", "late", "5 p.m. on" before a day, and "morning", "at 9 am" after it."""
    offset = max(0, candidate.start - _LOOK_BACK)
    before = before_day().search(text[offset : candidate.start])
    after = after_day().match(text[candidate.end : candidate.end + _LOOK_BACK])
    start, end, suffix = candidate.start, candidate.end, candidate.meaning.suffix
    for match in (before, after):
        if match and match["part"]:
            suffix = f"T{_part(match['part'])}"
        elif match and match["clock"]:
            suffix = f"T{clock_value(match['clock'])}"
    if before:
        start = offset + before.start()
        if text[start : start + 3].lower() == "in ":
            start += 3
    if after:
        end += after.end()
    meaning = candidate.meaning
    return Candidate(start, end, replace(meaning, suffix=suffix, type="TIME" if suffix else meaning.type))


def _part(text: str) -> str:
    name = " ".join(text.lower().split())
    return words().parts.get(name) or words().parts[name.removeprefix("early ")]
