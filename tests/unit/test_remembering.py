"""Memories tell what was worked out, and stay within their bounds."""

from __future__ import annotations

import random

from streams.remembering import LONGEST_LINE, ByLine, Recent


def test_a_line_is_asked_about_once() -> None:
    asked = []

    def length(line: str) -> int:
        asked.append(line)
        return len(line)

    remembered = ByLine(length)
    assert [remembered("one"), remembered("three"), remembered("one")] == [3, 5, 3]
    assert asked == ["one", "three"]
    remembered.forget()
    assert remembered("one") == 3
    assert asked == ["one", "three", "one"]


def test_lines_stay_within_their_room() -> None:
    remembered = ByLine(len, room=10_000, per_line=100)
    numbers = random.Random(1)
    for _ in range(2_000):
        line = "x" * numbers.choice([1, 50, 300, LONGEST_LINE + 1])
        line += str(numbers.randrange(100))
        assert remembered(line) == len(line)
        kept = {**remembered._newer, **remembered._older}
        assert sum(100 + len(line) for line in kept) <= 10_000


def test_what_is_asked_for_stays_and_the_rest_is_forgotten() -> None:
    recent: Recent[int] = Recent(1_000)
    recent.keep("kept", 0, 100)
    for number in range(1, 50):
        recent.keep(str(number), number, 100)
        assert recent.get("kept") == 0
    assert recent.get("1") is None
    assert recent.get("49") == 49


def test_what_is_larger_than_the_room_is_not_kept() -> None:
    recent: Recent[int] = Recent(0)
    recent.keep("any", 1, 1)
    assert recent.get("any") is None
