"""What must be true of a user's rows in the tables of dates. All raise `LexiconError` with the row's file and line."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date

from streams.extending.in_force import in_force
from streams.extending.rows import LexiconError, Line

_NAMED = frozenset({"unit", "part", "ordinal", "season"})
"""Kinds of which the patterns name some words themselves: such a word can get another value but not go."""
_SINGLE = frozenset({"hint", "before", "after"})
_LEAP_YEAR = 2000


def wrong(line: Line, what: str) -> LexiconError:
    """The error that names this row."""
    return LexiconError(f"{line.where}: {what}")


def check_removed() -> None:
    """Nothing goes that a pattern or the code asks for by name."""
    for line in in_force().lines.get("dates/expressions", ()):
        if line.act == "remove" and (line.cells[0].startswith("part:") or line.cells[0] in _SINGLE):
            raise LexiconError(f"{line.where}: {line.cells[0]!r} can be replaced, not removed")
    for line in in_force().lines.get("dates/words", ()):
        if line.act == "remove" and line.cells[0] in _NAMED:
            raise LexiconError(
                f"{line.where}: expressions name words of the kind {line.cells[0]!r}: they can be replaced, not removed"
            )


def check_word(line: Line, ours: Mapping[str, Iterable[str]]) -> None:
    """A calendar word: its kind is one of `ours`, and its value one that such words have."""
    kind, word, value = line.cells
    if kind not in ours:
        raise wrong(line, f"no {kind!r}; there are {', '.join(sorted(ours))}")
    if not word:
        raise wrong(line, "the word is empty")
    closed = {one: frozenset(ours[one]) for one in ("unit", "part", "season")}
    if kind in closed and value not in closed[kind]:
        raise wrong(line, f"{value!r} is not one of {', '.join(sorted(closed[kind]))}")
    test, expected = _VALUES.get(kind, (None, ""))
    if test is not None and not test(value):
        raise wrong(line, f"{value!r} is not {expected}")


def check_pattern(line: Line, pattern: re.Pattern[str], ours: Iterable[re.Pattern[str]], *, part: bool = False) -> None:
    """A pattern has the named groups that all of ours for its reader have, and none that none of them has.

    A `part` of patterns may match where nothing stands.
    """
    groups = [frozenset(one.groupindex) - {"text"} for one in ours]
    mine = frozenset(pattern.groupindex) - {"text"}
    if missing := frozenset.intersection(*groups) - mine:
        raise wrong(line, f"its pattern lacks the group {', '.join(sorted(missing))}; a group may be empty, (?P<a>)?")
    if unknown := mine - frozenset.union(*groups):
        raise wrong(line, f"{line.cells[0]!r} reads no group {', '.join(sorted(unknown))}")
    if not part and pattern.fullmatch(""):
        raise wrong(line, "its pattern matches where nothing stands")


def day_of(line: Line, at: int) -> date | None:
    """The day of a cell, None for `-`."""
    try:
        return None if line.cells[at] == "-" else date.fromisoformat(line.cells[at])
    except ValueError:
        raise wrong(line, f"{line.cells[at]!r} is no date like 2024-05-31") from None


def compiled(line: Line, make: Callable[[], re.Pattern[str]]) -> re.Pattern[str]:
    """A pattern of a row, if it is one."""
    try:
        return make()
    except re.error as error:
        raise wrong(line, f"the pattern is wrong: {error}") from None
    except KeyError as error:
        raise wrong(line, f"no part is called <{error.args[0]}>") from None
    except RecursionError:
        raise wrong(line, "the pattern holds itself") from None


def _whole(least: int, most: int) -> Callable[[str], bool]:
    return lambda value: value.isascii() and value.isdecimal() and least <= int(value) <= most


def _number(value: str) -> bool:
    return value == "X" or re.fullmatch(r"\d{1,9}(?:\.\d{1,9})?", value, re.ASCII) is not None


def _month_and_day(value: str) -> bool:
    found = re.fullmatch(r"(\d\d)-(\d\d)", value, re.ASCII)
    try:
        return found is not None and bool(date(_LEAP_YEAR, int(found[1]), int(found[2])))
    except ValueError:
        return False


def _moving(value: str) -> bool:
    found = re.fullmatch(r"easter -?\d{1,3}|nth (?P<month>\d\d?) [1-7] (?:[1-5]|-1)", value, re.ASCII)
    return found is not None and (found["month"] is None or 1 <= int(found["month"]) <= 12)


def _values() -> Iterator[tuple[str, tuple[Callable[[str], bool], str]]]:
    for kind in ("month", "month-short", "month-ambiguous"):
        yield kind, (_whole(1, 12), "the number of a month, 1 to 12")
    for kind in ("weekday", "weekday-short"):
        yield kind, (_whole(1, 7), "the number of a weekday, 1 (Monday) to 7")
    yield "number", (_number, "a number, or X for one that is not told")
    yield "ordinal", (_whole(1, 999), "a whole number")
    yield "holiday", (_month_and_day, "a month and day like 12-25")
    yield "moving", (_moving, "a rule: `easter DAYS` or `nth MONTH WEEKDAY WHICH`")
    yield "set", (re.compile(r"PT?\d{1,3}[HDWMY]").fullmatch, "a TIMEX3 period like P1W")  # type: ignore[misc]


_VALUES = dict(_values())
