"""Dates, times, money, shares and counts in a sentence, as far as coding must tell them from people and things."""

from __future__ import annotations

from typing import TYPE_CHECKING

from streams.parsing.parser import Name
from streams.resolving.name_words import NameWords

if TYPE_CHECKING:
    from streams.resolving.naming import Sentence

_ROUGHLY = frozenset(
    {"about", "around", "some", "nearly", "almost", "roughly", "over", "under", "only", "just", "up", "to"}
)
_LINKS = frozenset({"-", "–", "to", "and", "or", ","})


def amounts(sentence: Sentence, words: NameWords) -> list[Name]:
    """The amounts and dates of a sentence, in the order of the text, none inside another."""
    found: list[Name] = []
    timely, end = words.timely, 0
    for at, (word, tag) in enumerate(zip(sentence.lower, sentence.tags, strict=True)):
        if at < end or not (tag == "CD" or word in timely or word[0].isdigit() or word.rstrip(".") in timely):
            continue
        name = _at(sentence, at, words)
        if name is not None:
            found.append(name)
            end = name[1]
    return found


def _at(sentence: Sentence, at: int, words: NameWords) -> Name | None:  # noqa: PLR0911  (one for each kind)
    """The amount or date that starts here."""
    word = sentence.lower[at]
    of = words.of
    if word in of["currency-sign"] and sentence.after(at + 1)[:1].isdigit():
        return (at, _number_end(sentence, at + 1, words), "MONEY")
    if sentence.tags[at] == "CD" or word in of["magnitude"] or (word[0].isdigit() and sentence.tags[at] != "JJ"):
        return _number(sentence, at, words)
    if word in of["ordinal"] and sentence.tags[at] in {"JJ", "RB", "NN"}:
        return (at, at + 1, "DATE" if sentence.after(at + 1) in of["unit"] else "ORDINAL")
    if (
        word.rstrip(".") in words.calendar
        and sentence.words[at][0].isupper()
        and sentence.tags[at] not in {"MD", "VB", "VBP"}
    ):
        return _calendar(sentence, at, words)
    if word in of["day"]:
        return (at, at + 1, "DATE")
    if word in of["part-of-day"] and sentence.tags[at] in {"NN", "NNS", "RB", "NNP"}:
        return (at, at + 1, "TIME")
    if word in words.pointing:
        return _pointing(sentence, at, words)
    if word in of["unit"] and sentence.tags[at] in {"NNS", "NN"}:
        return (at, at + 1, "DATE")
    return None


def _number_end(sentence: Sentence, at: int, words: NameWords) -> int:
    """Where a number that starts here ends: `12`, `two to three`, `20 million`, `tens of thousands`."""
    end = at + 1
    while end < len(sentence.words):
        word = sentence.lower[end]
        if sentence.tags[end] == "CD" or word in words.of["magnitude"]:
            end += 1
        elif word in _LINKS | {"of"} and (sentence.tags[end + 1 : end + 2] == ["CD"] or (
            word == "of" and sentence.after(end + 1) in words.of["magnitude"]
        )) and not (word == "," and sentence.spaced[end - 1]):  # fmt: skip
            end += 2
        else:
            break
    return end


def _number(sentence: Sentence, at: int, words: NameWords) -> Name:  # noqa: PLR0911  (one for each kind)
    """What a number counts: money, a share, days, hours, or things."""
    of, end = words.of, _number_end(sentence, at, words)
    word = sentence.after(end)
    if word in of["currency"] or word in of["currency-sign"]:
        return (at, end + 1, "MONEY")
    if word in of["percent"]:
        return (at, end + 1, "PERCENT")
    if word == "per" and sentence.after(end + 1) == "cent":
        return (at, end + 2, "PERCENT")
    if word in of["unit"]:
        return (at, end + 1, "DATE")
    if word in {"-", "–"} and sentence.after(end + 1) in of["unit"]:
        old = sentence.after(end + 2) == "-" and sentence.after(end + 3) == "old"
        return (at, end + 4 if old else end + 2, "DATE")
    if word in of["part-of-day"]:
        return (at, end + 1, "TIME")
    if word.rstrip(".") in of["month"] and sentence.words[end][0].isupper():
        year = end + 1 < len(sentence.words) and _is_year(sentence.words[end + 1])
        return (at, end + 1 + year, "DATE")
    first = sentence.words[at]
    if "-year-old" in first or (end == at + 1 and _is_year(first) and sentence.tags[end : end + 1] != ["NNS"]):
        return (at, end, "DATE")
    if ":" in first and first.replace(":", "").isdigit():
        return (at, end, "TIME")
    if first[-2:] in {"st", "nd", "rd", "th"} and first[0].isdigit():
        return (at, end, "ORDINAL")
    return (at, end, "CARDINAL")


def _is_year(text: str) -> bool:
    return len(text) == 4 and text.isdigit() and "1800" <= text <= "2100"


def _calendar(sentence: Sentence, at: int, words: NameWords) -> Name:
    """A month or weekday with its day and year: `June 3, 2024`, `Monday night`."""
    end = at + 1
    if sentence.after(end)[:1].isdigit():
        end += 1
        if sentence.after(end) == "," and end + 1 < len(sentence.words) and _is_year(sentence.words[end + 1]):
            end += 2
        elif end < len(sentence.words) and _is_year(sentence.words[end]):
            end += 1
    return (at, end, "TIME" if sentence.after(end) in words.of["part-of-day"] and end == at + 1 else "DATE")


def _pointing(sentence: Sentence, at: int, words: NameWords) -> Name | None:
    """`last week`, `the past two years`, `a month`: a unit of time after a word that points to it."""
    end = at
    while end < len(sentence.words) and end - at < 4:
        word = sentence.lower[end]
        if word in words.of["unit"] or word in words.of["season"] or word.rstrip(".") in words.calendar:
            return (at, end + 1, "DATE")
        if word in words.of["part-of-day"] and sentence.tags[end] in {"NN", "NNS"}:
            return (at, end + 1, "TIME")
        points = word in words.of["pointing"] or sentence.tags[end] in {"CD", "DT"} or word in words.of["ordinal"]
        if not points:
            return None
        end += 1
    return None
