"""Numbers of people in words and digits, as ranges."""

from __future__ import annotations

import re
from collections.abc import Mapping

from streams.parsing.tokens import Token

DIGITS = re.compile(r"\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?")
RANGE = re.compile(r"(\d+)\s?[-–]\s?(\d+)")
LARGE = {"hundred": 100, "thousand": 1000, "million": 1000000, "billion": 1000000000}
MOST = 10**10
"""More people than there are: a larger number counts something else, or nothing."""
LONGEST = 30
"""Characters of a number; a longer one is none, and Python may refuse to read it."""
Range = tuple[int, int]


def word_range(word: str, words: Mapping[str, Range]) -> Range | None:
    """The range of one word, such as `14`, `1,400`, `fourteen`, `dozens`; None if it is no number."""
    text = word.lower()
    if text in words:
        return words[text]
    if len(text) > LONGEST:
        return None
    if DIGITS.fullmatch(text):
        value = int(float(text.replace(",", "")))
        return value, value
    match = RANGE.fullmatch(text)
    if match:
        return int(match.group(1)), int(match.group(2))
    if "-" in text:
        tens, _, unit = text.partition("-")
        if tens in words and unit in words:
            value = words[tens][0] + words[unit][0]
            return value, value
    return None


def range_of(number: Token, words: Mapping[str, Range]) -> Range | None:
    """The range that a number and what stands with it tell: `at least 14`, `up to nine`, `20 to 25`, `two dozen`."""
    value = word_range(number.text, words)
    if value is None:
        return None
    if number.lower_ in LARGE or number.lower_ == "dozen":
        value = multiplied(number, value, words)
    other = range_partner(number, words)
    if other is not None:
        return min(value[0], other[0]), max(value[1], other[1])
    before = [token.lower_ for token in number.doc[max(number.sent.start, number.i - 3) : number.i]]
    if before[-2:] == ["up", "to"] or before[-3:] == ["as", "many", "as"]:
        return 0, value[1]
    if before[-2:] == ["tens", "of"]:
        return value[0] * 10, value[1] * 10
    return value


def multiplied(number: Token, value: Range, words: Mapping[str, Range]) -> Range:
    """`two dozen`, `three hundred`, `tens of thousands`: the factor before the unit counts."""
    before = number.nbor(-1) if number.i > number.sent.start else None
    factor = word_range(before.text, words) if before is not None else None
    return (factor[0] * value[0], factor[1] * value[1]) if factor else value


def range_partner(number: Token, words: Mapping[str, Range]) -> Range | None:
    """The other end of `between 10 and 20`, `20 to 25`, `seven or eight`."""
    return neighbour(number, words, -1) or neighbour(number, words, 1)


def neighbour(number: Token, words: Mapping[str, Range], step: int) -> Range | None:
    """The number before (-1) or after (1) a word that joins the ends of a range; `and` only joins after `between`."""
    doc, i = number.doc, number.i
    if not number.sent.start <= i + 2 * step < number.sent.end:
        return None
    link, other = doc[i + step].lower_, doc[i + 2 * step]
    first = min(i, other.i)
    between = first > number.sent.start and doc[first - 1].lower_ == "between"
    if other.lower_ == "no" or link not in {"to", "or", "-", "–", "and"} or (link == "and" and not between):
        return None
    return word_range(other.text, words)


def counted(head: Token, words: Mapping[str, Range]) -> Range | None:
    """How many people a phrase tells: its number, its article, or its parts summed; None if it does not say."""
    told = summed(head, words)
    return told if told is not None and told[1] <= MOST else None


def summed(head: Token, words: Mapping[str, Range]) -> Range | None:
    """The number of a phrase and of what is joined to it."""
    own = one_phrase(head, words)
    if own is None:
        return None
    for child in head.children:
        if child.dep_ == "conj" and child.pos_ in {"NOUN", "NUM", "PROPN"}:
            more = summed(child, words)
            if more is not None and child.pos_ == "NOUN":
                own = own[0] + more[0], own[1] + more[1]
    return own


def one_phrase(head: Token, words: Mapping[str, Range]) -> Range | None:
    """The number of one phrase without what is joined to it."""
    own = range_of(head, words) if head.pos_ in {"NUM", "NOUN"} or head.lower_ in words else None
    if own is not None and head.lower_ not in {"no", "none"}:
        return own
    for child in head.children:
        if child.dep_ in {"nummod", "amod", "det", "quantmod"} and child.ent_type_ not in {"DATE", "TIME", "ORDINAL"}:
            told = range_of(child, words)
            if told is not None:
                return told
    singular = head.tag_ == "NN" and any(child.lower_ in {"a", "an", "another"} for child in head.children)
    return (1, 1) if singular else None
