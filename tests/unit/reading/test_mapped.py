"""Texts that know where their characters came from."""

from __future__ import annotations

from streams.reading.mapped import Edit, Mapped, joined


def test_edits_keep_offsets_and_insertions_take_the_next() -> None:
    text = Mapped("ab  cd", range(10, 16))
    found = text.edited([Edit(1, 1, "-"), Edit(2, 4, " "), Edit(6, 6, ".")])
    assert found.text == "a-b cd."
    assert list(found.offsets) == [10, 11, 11, 12, 14, 15, 15]
    assert (found.start, found.end) == (10, 16)
    assert not found.contiguous()


def test_no_edits_change_nothing() -> None:
    text = Mapped("abc", range(3))
    assert text.edited([]) is text
    assert text.contiguous()


def test_stripping_and_cutting() -> None:
    assert Mapped("  a b ", range(6)).stripped() == Mapped("a b", range(2, 5))
    assert Mapped("   ", range(3)).stripped().text == ""


def test_joining_puts_a_blank_where_the_first_ended() -> None:
    found = joined([Mapped("ab", range(2)), Mapped("cd", range(5, 7)), Mapped("e", range(9, 10))], [" ", ""])
    assert (found.text, list(found.offsets)) == ("ab cde", [0, 1, 2, 5, 6, 9])
