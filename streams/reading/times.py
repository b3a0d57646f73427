"""Temporal expressions: where the text tells a time, what it says by TIMEX3, and which days it means.

News style: "on Tuesday" is the last Tuesday up to the publication, with "will" the next. Seen from a publication that
is known only as a window, an expression means a window that is wider by as much; seen from an unknown one only what
is absolute has days.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise

from streams.reading.times_calendar import Meaning, Stretch, TimexType
from streams.reading.times_candidates import Candidate, Tense, candidates_in, untold
from streams.reading.times_grammar import hint
from streams.records import DatePrecision, DateWindow

_SINCE = re.compile(r"\b[Ss]ince(?:\s(?:the|early|late|at least))?\s$")
_BETWEEN = re.compile(r"(?:\b[Bb]etween|\b[Ff]rom)\s(?:the\s)?$")
_AND = re.compile(r"\s?(?:and|to|until|till|through|-|–)\s?(?:on\s)?")
_LOOKING_BACK = timedelta(days=300)
_SENTENCE_END = re.compile(r"[.!?][\"”’')]{0,2}\s")
_GUESSED_DAYS = 31
"""Of a publication that is known to so many days, its first day decides on a value: most articles tell what is new."""


@dataclass(frozen=True, slots=True)
class FoundTime:
    """A temporal expression of the text."""

    start: int
    end: int
    text: str
    type: TimexType
    value: str
    """TIMEX3 value, with X for what is not known."""
    window: DateWindow | None
    """The days that it means; None for a length, a repetition, and what cannot be resolved. A running day ("for a third
    day") is a length that has days, and "since Friday" reaches to the anchor."""


def find_times(
    text: str, anchor: DateWindow, *, tense: Tense = untold, story: DateWindow | None = None
) -> tuple[FoundTime, ...]:
    """The temporal expressions of the text in their order, seen from the anchor (the day of publication).

    `tense` tells of an offset whether the words around it tell what is past: False makes "on Tuesday" the next one.
    `story` is the day from which "the day
    before" and "a week later" count until the paragraph itself names one; without it, the anchor or the day before it.
    """
    candidates = candidates_in(text, tense)
    if not candidates or not _hinted(text, candidates[0].start):
        return ()
    context = _Context(text, anchor, story)
    found = [context.read(candidate) for candidate in candidates]
    return tuple(_ranges(text, found, candidates))


def _hinted(text: str, first: int) -> bool:
    """Whether the text has a hint at a time; sooner seen from the first candidate on."""
    return bool(hint().search(text, first) or hint().search(text))


@dataclass(slots=True)
class _Context:
    """The paragraph that is read, and what it has named so far."""

    text: str
    anchor: DateWindow
    story: DateWindow | None
    named: FoundTime | None = None
    """The last expression with days."""
    told: FoundTime | None = None
    """The last one whose days are not still to come."""

    def read(self, candidate: Candidate) -> FoundTime:
        item = _read(self.text, candidate, self.anchor, self._base(candidate))
        if item.type in {"DATE", "TIME"} and item.window:
            self.named = item
            if not _is_ahead(item.window, self.anchor):
                self.told = item
        return item

    def _base(self, candidate: Candidate) -> DateWindow:
        """The days from which the expression is seen."""
        meaning = candidate.meaning
        if meaning.base == "story":
            named = self.named.window if self.named and self._is_near(self.named, candidate) else None
            return named or self.story or (_day_or_the_one_before(self.anchor) if meaning.back else DateWindow())
        told = self.told
        if meaning.base == "day" and told and told.window and told.window.precision in {"day", "days"}:
            return told.window if self._in_sentence(told, candidate) or self._is_old(told.window) else self.anchor
        return self.anchor

    def _is_old(self, window: DateWindow) -> bool:
        """Whether the story is at a time that the article looks back to."""
        return bool(window.to and self.anchor.from_ and window.to < self.anchor.from_ - _LOOKING_BACK)

    def _is_near(self, named: FoundTime, candidate: Candidate) -> bool:
        return "\n" not in self.text[named.end : candidate.start]

    def _in_sentence(self, named: FoundTime, candidate: Candidate) -> bool:
        return not _SENTENCE_END.search(self.text, named.end, candidate.start)


def _is_ahead(window: DateWindow, anchor: DateWindow) -> bool:
    """The days are still to come: the story has not got there."""
    return bool(window.from_ and anchor.to and window.from_ > anchor.to)


def _read(text: str, candidate: Candidate, anchor: DateWindow, base: DateWindow) -> FoundTime:
    meaning = candidate.meaning
    value, window = _resolved(meaning, base)
    since = _SINCE.search(text, max(0, candidate.start - 24), candidate.start)
    if window and since and anchor.to and window.from_ and window.from_ <= anchor.to:
        window = DateWindow(window.from_, anchor.to, precision_of(window.from_, anchor.to), window.evidence)
    if meaning.type == "DURATION":
        value = meaning.value
    shown = text[candidate.start : candidate.end]
    return FoundTime(candidate.start, candidate.end, shown, meaning.type, value + meaning.suffix, window)


def _day_or_the_one_before(anchor: DateWindow) -> DateWindow:
    if anchor.from_ is None or anchor.from_ == date.min:
        return anchor
    return replace(anchor, from_=anchor.from_ - timedelta(days=1))


def _resolved(meaning: Meaning, base: DateWindow) -> tuple[str, DateWindow | None]:
    """The value and the days, seen from both ends of the base and from all between."""
    if meaning.resolve is None:
        return meaning.value, None
    if meaning.base == "none":
        only = _safely(meaning, date(2000, 1, 1))
        return (only.value, _window(only, only)) if only else (meaning.value, None)
    if base.from_ is None or base.to is None:
        return meaning.value, None
    first, last = _safely(meaning, base.from_), _safely(meaning, base.to)
    if first is None or last is None:
        return meaning.value, None
    near = meaning.base == "story" and (base.to - base.from_).days <= 1
    value = meaning.value
    if first.value == last.value or near:
        value = last.value
    elif (base.to - base.from_).days <= _GUESSED_DAYS:
        value = first.value
    return value, _window(first, last)


def _safely(meaning: Meaning, day: date) -> Stretch | None:
    try:
        return meaning.resolve(day) if meaning.resolve else None
    except (ValueError, OverflowError):
        return None  # a day before the year 1 or after 9999: told, but on no calendar


def _window(one: Stretch, other: Stretch) -> DateWindow:
    first, last = min(one.first, other.first), max(one.last, other.last)
    same = (one.first, one.last) == (other.first, other.last)
    return DateWindow(first, last, one.precision if same else precision_of(first, last), "text")


def precision_of(first: date, last: date) -> DatePrecision:
    """The precision that a window of such a length deserves."""
    length = (last - first).days + 1
    steps: tuple[tuple[int, DatePrecision], ...] = (
        (1, "day"),
        (10, "days"),
        (31, "month"),
        (100, "season"),
        (731, "year"),
    )
    return next((name for most, name in steps if length <= most), "unknown")


def _ranges(text: str, found: list[FoundTime], candidates: list[Candidate]) -> list[FoundTime]:
    """Both ends of "between Friday and Sunday" and "from Saturday to Monday" mean all the days between."""
    for index, (one, other) in enumerate(pairwise(found)):
        if not (one.window and other.window and _AND.fullmatch(text, one.end, other.start)):
            continue
        if not _BETWEEN.search(text, max(0, one.start - 14), one.start):
            continue
        first, last = one.window.from_, other.window.to
        if first and last and first > last and "-WXX-" in candidates[index].meaning.value:
            first -= timedelta(days=7)
        if first and last and first < last:
            window = DateWindow(first, last, precision_of(first, last), "text")
            found[index], found[index + 1] = replace(one, window=window), replace(other, window=window)
    return found
