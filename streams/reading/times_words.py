"""The calendar words of `streams/lexicon/dates/words.tsv`, as dictionaries and as parts of regular expressions."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib import resources

YEAR = r"(?:19|20)\d\d"
_HALF = r"(?:[ap]\.m\.|[ap]\.m\b|[ap]m\b|[AP]M\b|[AP]\.M\.)"
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


def rows(name: str, fields: int) -> tuple[tuple[str, ...], ...]:
    """The lines of a table in `streams/lexicon/dates/`, comments left out.

    Raises `ValueError` for a line with another number of fields.
    """
    text = (resources.files("streams") / "lexicon" / "dates" / name).read_text(encoding="utf-8")
    table = [tuple(line.split("\t")) for line in text.splitlines() if line and not line.startswith("#")]
    for row in table:
        if len(row) != fields:
            raise ValueError(f"{name}: {fields} fields expected in {row!r}")
    return tuple(table)


def alternation(words: Iterable[str]) -> str:
    """Any of the words, the longest first."""
    ordered = sorted(set(words), key=lambda word: (-len(word), word))
    return "(?:" + "|".join(re.escape(word).replace(r"\ ", r"\s") for word in ordered) + ")"


def _cased(words: Iterable[str]) -> str:
    """Names as they are written: with a capital, or all in capitals."""
    listed = list(words)
    return alternation([*listed, *(word.upper() for word in listed)])


def _number(value: str) -> float | None:
    return None if value == "X" else float(value)


@cache
def words() -> Words:
    """The table, read once."""
    kinds: dict[str, dict[str, str]] = {}
    for kind, word, value in rows("words.tsv", 3):
        kinds.setdefault(kind, {})[word] = value
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


@cache
def expressions() -> tuple[tuple[str, str], ...]:
    """Reader and pattern of each line of `expressions.tsv`."""
    return tuple((name, text) for name, text in rows("expressions.tsv", 2))


@cache
def _parts() -> dict[str, str]:
    named = {name.removeprefix("part:"): text for name, text in expressions() if name.startswith("part:")}
    return {**words().patterns, **named}


def _filled(text: str) -> str:
    return re.sub(r"<([A-Z]+)>", lambda found: _filled(_parts()[found[1]]), text)


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
