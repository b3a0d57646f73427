"""The expressions that are looked for: `streams/lexicon/dates/expressions.tsv`, compiled, with what reads each."""

from __future__ import annotations

import re
from functools import cache, wraps

from streams.extending.in_force import forgotten_with_lexicon
from streams.reading import times_clock as clock
from streams.reading import times_days as days
from streams.reading import times_names as names
from streams.reading import times_units as units
from streams.reading.searching import Able
from streams.reading.times_calendar import Meaning, Past
from streams.reading.times_days import Handler
from streams.reading.times_words import compile_pattern, expressions


def _handlers() -> dict[str, Handler]:
    return {
        "clock": clock.clock,
        "day_of_month": days.day_of_month,
        "deictic": days.deictic,
        "holiday": days.holiday,
        "hour_of": clock.hour_of,
        "in_the_day": clock.in_the_day,
        "iso_date": days.iso_date,
        "month_day": days.month_day,
        "noon": clock.noon,
        "numeric_date": days.numeric_date,
        "overnight": clock.overnight,
        "this_part": clock.this_part,
        "weekday": days.weekday,
        "weekday_ago": days.weekday_ago,
        "week_of": days.week_of,
        "moving_holiday": days.moving_holiday,
        "numeric_day": days.numeric_day,
        "ago": units.ago,
        "century": names.century,
        "decade": names.decade,
        "duration": units.duration,
        "from_now": units.from_now,
        "month_name": names.month_name,
        "quarter": names.quarter,
        "repeated": units.repeated,
        "running_day": units.running_day,
        "season": names.season,
        "same_time": names.same_time,
        "story_day": units.story_day,
        "story_distance": units.story_distance,
        "this_unit": units.this_unit,
        "vague": units.vague,
        "weekend": units.weekend,
        "year_ago": names.year_ago,
        "year_name": names.year_name,
    }


def tolerant(handler: Handler) -> Handler:
    """A reader for a user's pattern: what it lets pass but the reader does not know is no expression."""

    @wraps(handler)
    def read(match: re.Match[str], past: Past) -> Meaning | None:
        try:
            return handler(match, past)
        except (AttributeError, LookupError, TypeError, ValueError):
            return None

    return read


@forgotten_with_lexicon
@cache
def rules() -> tuple[tuple[re.Pattern[str], Handler], ...]:
    """The compiled patterns with what reads them, in the order of the table."""
    readers = _handlers()
    return tuple(
        (compile_pattern(text), tolerant(readers[name]) if own else readers[name])
        for _, (name, text), own in expressions()
        if name in readers
    )


@forgotten_with_lexicon
@cache
def able() -> Able:
    """Tells which rules can find anything in a text."""
    return Able([pattern for pattern, _ in rules()])


@forgotten_with_lexicon
@cache
def _single(name: str) -> re.Pattern[str]:
    return compile_pattern(next(line.cells[1] for line in expressions() if line.cells[0] == name))


@forgotten_with_lexicon
@cache
def hint() -> re.Pattern[str]:
    """Found in every text that holds a temporal expression; in every text if there are expressions of the user's."""
    own = any(line.own and line.cells[0] in _handlers() for line in expressions())
    return re.compile("") if own else _single("hint")


def before_day() -> re.Pattern[str]:
    """A time or part of the day that ends where the expression of a day starts."""
    return _single("before")


def after_day() -> re.Pattern[str]:
    """A time or part of the day that follows the expression of a day."""
    return _single("after")
