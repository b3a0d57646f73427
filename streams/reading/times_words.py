"""The calendar words of `streams/lexicon/dates/words.tsv`, as dictionaries and as parts of regular expressions."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from streams.extending.files import lines_of
from streams.extending.in_force import forgotten_with_lexicon
from streams.extending.rows import LexiconError, Line
from streams.reading.times_checks import check_pattern, check_removed, check_word, compiled

YEAR = r"(?:19|20)\d\d"
_HALF = r"(?:[ap]\.m\.|[ap]\.m\b|[ap]m\b|[AP]M\b|[AP]\.M\.)"
_KINDS = (
    "month", "month-short", "month-ambiguous", "weekday", "weekday-short", "number", "ordinal", "unit", "part",
    "season", "holiday", "moving", "set", "counted", "planning", "scheduled",
)  # fmt: skip
_LOWER = frozenset({"unit", "part", "season", "set", "counted", "planning", "scheduled"})
"""Words that are looked up in small letters."""
_PART = "part:"
CLOCK = (
    rf"(?:(?:0?[1-9]|1[0-2])(?:[:.][0-5]\d)?\s?{_HALF}|(?:[01]?\d|2[0-3]):[0-5]\d(?!\d)|(?:[01]?\d|2[0-3])h[0-5]\d\b"
    r"|(?:[01]?\d|2[0-3])\.[0-5]\d(?=\s(?:GMT|BST|UTC|CET|CEST|EET|IST|EST|EDT|local)\b))"
)


@dataclass(frozen=True, slots=True)
class Words:
    """Word to value by kind; keys are lower case."""

    months: dict[str, int]
    weekdays: dict[str, int]
    numbers: dict[str, float | None]
    """None for a number that is not told (several)."""
    ordinals: dict[str, int]
    units: dict[str, str]
    parts: dict[str, str]
    seasons: dict[str, str]
    holidays: dict[str, tuple[int, int]]
    moving: dict[str, str]
    """Holidays by a rule: `easter DAYS`, or `nth MONTH WEEKDAY WHICH`."""
    sets: dict[str, str]
    counted: frozenset[str]
    """Nouns that make a number before them a count and not a year."""
    planning: frozenset[str]
    """Verbs (lemmas) after which a day is one to come: agreed to meet on Tuesday."""
    scheduled: frozenset[str]
    """Verbs whose present tense tells what is to come: the summit opens on Friday."""
    patterns: dict[str, str]
    """Names for `compile_pattern`, with the alternation that each stands for."""


def alternation(words: Iterable[str]) -> str:
    """Any of the words, the longest first; of none, what never matches."""
    ordered = sorted(set(words), key=lambda word: (-len(word), word))
    any_of = "|".join(re.escape(word).replace(r"\ ", r"\s") for word in ordered)
    return f"(?:{any_of})" if ordered else "(?!)"


def _cased(words: Iterable[str]) -> str:
    """Names as they are written: with a capital, or all in capitals."""
    listed = list(words)
    return alternation([*listed, *(word.upper() for word in listed)])


def _number(value: str) -> float | None:
    return None if value == "X" else float(value)


def _kinds() -> dict[str, dict[str, str]]:
    """The table: of each kind its words with their values. Raises `LexiconError` for a user's row that is wrong."""
    check_removed()
    lines = list(lines_of("dates/words"))
    ours: dict[str, set[str]] = {kind: set() for kind in _KINDS}
    for kind, _, value in (line.cells for line in lines if not line.own):
        ours[kind].add(value)
    kinds: dict[str, dict[str, str]] = {kind: {} for kind in ours}
    for line in lines:
        kind, word, value = line.cells
        if line.own:
            check_word(line, ours)
            word = word.lower() if kind in _LOWER else word
        kinds[kind][word] = value
    return kinds


@forgotten_with_lexicon
@cache
def words() -> Words:
    """The table, read once."""
    kinds = _kinds()
    numbers = {word.lower(): _number(value) for word, value in kinds["number"].items()}
    units = kinds["unit"]
    clear = set(kinds["month"]) - set(kinds["month-ambiguous"])
    patterns = {
        "WEEKDAY": _cased(kinds["weekday"]),
        "ANYWEEKDAY": rf"(?:{_cased([*kinds['weekday'], *kinds['weekday-short']])}\b\.?)",
        "MONTH": rf"(?:{_cased(kinds['month'])}\b|{_cased(kinds['month-short'])}\b\.?)",
        "CLEARMONTH": _cased(clear),
        "UNCLEARMONTH": _cased(kinds["month-ambiguous"]),
        "NUMBER": rf"(?:\d{{1,3}}|{alternation(kinds['number'])})",
        "COUNT": rf"(?:\d{{1,3}}|{alternation(set(kinds['number']) - {'a', 'an'})})",
        "ORDINAL": rf"(?:\d{{1,2}}(?:st|nd|rd|th)|{alternation(kinds['ordinal'])})",
        "UNIT": alternation(units),
        "UNITS": alternation([*(unit + "s" for unit in units), "centuries"]),
        "DAYPART": r"(?:morning|afternoon|evening|night|lunchtime)",
        "PART": alternation(kinds["part"]),
        "SEASON": alternation(kinds["season"]),
        "HOLIDAY": alternation(kinds["holiday"]),
        "MOVING": alternation(kinds["moving"]),
        "SET": alternation(kinds["set"]),
        "YEAR": YEAR,
        "CLOCK": CLOCK,
    }
    return Words(
        months={word.lower(): int(value) for kind in ("month", "month-short") for word, value in kinds[kind].items()},
        weekdays={
            word.lower(): int(value) for kind in ("weekday", "weekday-short") for word, value in kinds[kind].items()
        },
        numbers=numbers,
        ordinals={word.lower(): int(value) for word, value in kinds["ordinal"].items()},
        units={**units, **{unit + "s": value for unit, value in units.items()}, "centuries": units["century"]},
        parts=kinds["part"],
        seasons=kinds["season"],
        holidays={word.lower(): (int(value[:2]), int(value[3:])) for word, value in kinds["holiday"].items()},
        moving={word.lower(): value for word, value in kinds["moving"].items()},
        sets=kinds["set"],
        counted=frozenset(kinds["counted"]),
        planning=frozenset(kinds["planning"]),
        scheduled=frozenset(kinds["scheduled"]),
        patterns=patterns,
    )


@forgotten_with_lexicon
@cache
def expressions() -> tuple[Line, ...]:
    """The lines of `expressions.tsv`, reader and pattern; a user's come first. Those are not yet checked."""
    return tuple(lines_of("dates/expressions"))


def check_expressions() -> None:
    """Raises `LexiconError` for a pattern of the user's that does not suit its reader, or the patterns that name it."""
    own = [line for line in expressions() if line.own]
    ours = [(name, text) for _, (name, text), own in expressions() if not own]
    for line in (line for line in own if line.cells[0].startswith(_PART)):
        found = _compiled(line)
        before = {_PART + name: text for name, text in words().patterns.items()} | dict(ours)
        if line.cells[0] in before:
            check_pattern(line, found, [compile_pattern(before[line.cells[0]])], part=True)
    patterns: dict[str, list[re.Pattern[str]]] = {}
    for name, text in ours:
        patterns.setdefault(name, []).append(compile_pattern(text))
    for line in (line for line in own if not line.cells[0].startswith(_PART)):
        name = line.cells[0]
        if name not in patterns:
            readers = sorted(one for one in patterns if not one.startswith(_PART))
            raise LexiconError(f"{line.where}: no reader {name!r}; there are {', '.join(readers)}")
        check_pattern(line, _compiled(line), patterns[name])


def _compiled(line: Line) -> re.Pattern[str]:
    return compiled(line, lambda: compile_pattern(line.cells[1]))


@forgotten_with_lexicon
@cache
def _parts() -> dict[str, str]:
    # Of two parts of one name the first, which is the user's, is taken.
    named = [
        (line.cells[0].removeprefix(_PART), line.cells[1]) for line in expressions() if line.cells[0].startswith(_PART)
    ]
    return {**words().patterns, **dict(reversed(named))}


def _filled(text: str) -> str:
    return re.sub(r"<([A-Z]+)>", lambda found: _filled(_parts()[found[1]]), text)


@forgotten_with_lexicon
@cache
def compile_pattern(template: str) -> re.Pattern[str]:
    """A pattern in which `<NAME>` stands for a part of the tables and a space for one or two of any kind.

    Raises `KeyError` for a name that no table has.
    """
    return re.compile(_filled(template).replace(" ", r"\s{1,2}"))


def number_of(word: str) -> float | None:
    """The value of a numeral or number word; None when it does not tell (several) or is unknown."""
    key = re.sub(r"\s+", " ", word.strip().lower())
    return float(key) if key.isascii() and key.isdigit() else words().numbers.get(key)


def month_of(word: str) -> int:
    """The month of a name or abbreviation that a pattern matched."""
    return words().months[word.rstrip(".").lower()]


def weekday_of(word: str) -> int:
    """The ISO weekday, Monday 1, of a name or abbreviation that a pattern matched."""
    return words().weekdays[word.rstrip(".").lower()]
