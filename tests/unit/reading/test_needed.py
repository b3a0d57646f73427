"""The pieces of a pattern let everything pass that the pattern matches."""

from __future__ import annotations

import re

import pytest

from streams.reading.needed import pieces
from streams.reading.searching import Able
from streams.reading.times_grammar import able, rules
from tests.evaluation.reading_sets import records


@pytest.mark.parametrize(
    ("pattern", "wanted"),
    [
        (r"\b(?:last|next) (?:week|month)\b", {"last week", "last month", "next week", "next month"}),
        (r"\d+ (?i:YEARS?) ago", {" year ago", " years ago"}),
        (r"(?:the )?\w+ decades?", {" decade"}),
        (r"\d{1,2}\s", set()),
        (r"(?:Monday|\d+)", set()),
    ],
)
def test_pieces(pattern: str, wanted: set[str]) -> None:
    found = pieces(re.compile(pattern))
    assert bool(found) == bool(wanted)
    assert all(any(piece in one for piece in found) for one in wanted)


def test_letters_that_only_look_alike_pass() -> None:
    able_to = Able([re.compile("weeks", re.IGNORECASE)])
    for text in ("WEEKS", "weekſ", "weeKs"):
        assert re.search("weeks", text, re.IGNORECASE)
        assert able_to.numbers(text) == [0]


def test_no_expression_of_a_time_is_passed_over() -> None:
    for record in records("times", "dev"):
        for text in record["text"].split("\n"):
            passed = set(able().numbers(text))
            assert all(number in passed for number, (pattern, _) in enumerate(rules()) if pattern.search(text))


def test_what_is_found_near_the_pieces_is_what_is_found_everywhere() -> None:
    for record in records("times", "dev")[:20]:
        for text in record["text"].split("\n"):
            everywhere = [
                (n, match.span()) for n, (pattern, _) in enumerate(rules()) for match in pattern.finditer(text)
            ]
            assert [(number, match.span()) for number, match in able().find(text)] == everywhere
