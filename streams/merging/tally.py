"""Distinct values among the tellings of one event: how many tell each, and who first."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Generic, NamedTuple, TypeVar

from streams.merging.tellings import Rank, Telling

Value = TypeVar("Value")


class Counted(NamedTuple, Generic[Value]):
    """One distinct value."""

    value: Value
    number: int
    """Of tellings that tell it."""
    first: Telling
    """The first of them in canonical order."""


class Tally(Generic[Value]):
    """What `value_of` says of each telling, by distinct value; None is not counted."""

    __slots__ = ("_firsts", "_numbers", "_value_of")

    def __init__(self, value_of: Callable[[Telling], Value | None]) -> None:
        self._value_of = value_of
        self._numbers: dict[Value, int] = {}
        self._firsts: dict[Value, tuple[Rank, Telling]] = {}

    def __len__(self) -> int:
        return len(self._numbers)

    def add(self, telling: Telling, rank: Rank) -> None:
        """The telling counts."""
        value = self._value_of(telling)
        if value is None:
            return
        self._numbers[value] = self._numbers.get(value, 0) + 1
        first = self._firsts.get(value)
        if first is None or rank < first[0]:
            self._firsts[value] = rank, telling

    def remove(self, telling: Telling, rank: Rank, later: Callable[[], Iterable[Telling]]) -> None:
        """The telling counts no more; `later` gives those that still do and come after it, in order."""
        value = self._value_of(telling)
        if value is None:
            return
        self._numbers[value] -= 1
        if not self._numbers[value]:
            del self._numbers[value], self._firsts[value]
        elif self._firsts[value][0] == rank:
            following = next(other for other in later() if self._value_of(other) == value)
            self._firsts[value] = following.rank, following

    def values(self) -> Iterable[Value]:
        """The distinct values, in no order."""
        return self._numbers.keys()

    def in_order(self) -> list[Counted[Value]]:
        """The distinct values, in the order in which they are first told."""
        order = sorted(self._firsts.items(), key=lambda item: item[1][0])
        return [Counted(value, self._numbers[value], first) for value, (_, first) in order]


def majority(counted: Iterable[Counted[Value]]) -> Counted[Value]:
    """The most frequent value; the first of them on a tie."""
    return max(counted, key=lambda one: one.number)
