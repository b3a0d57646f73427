"""Groups of things that common marks join, over any number of steps; things may go again."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Hashable, Iterable, Sequence
from typing import Generic, TypeVar

STEPS = 64
"""How far is looked for another way between two marks when a thing that has both goes."""

Thing = TypeVar("Thing", bound=Hashable)


class Joined(Generic[Thing]):
    """Things, each with at least one mark."""

    def __init__(self) -> None:
        self.groups = 0
        """How many groups there are, unless `is_in_doubt`."""
        self.is_in_doubt = False
        """Something went that may have held a group together."""
        self._marks: dict[Thing, tuple[Hashable, ...]] = {}
        self._holders: defaultdict[Hashable, dict[Thing, None]] = defaultdict(dict)
        self._links: defaultdict[Hashable, dict[Hashable, None]] = defaultdict(dict)
        self._numbers: dict[Hashable, int] = {}
        """Of each mark; one that went and comes again gets another."""
        self._parents: list[int] = []

    def add(self, thing: Thing, marks: Sequence[Hashable]) -> None:
        """The thing is there, and its marks are joined."""
        self._marks[thing] = tuple(marks)
        for mark in marks:
            self._holders[mark][thing] = None
        self._join_all(marks)

    def remove(self, thing: Thing) -> None:
        """The thing is gone, with the marks that nothing else has."""
        left: list[Hashable] = []
        for mark in self._marks.pop(thing):
            holders = self._holders[mark]
            del holders[thing]
            if holders:
                left.append(mark)
            else:
                left += self._drop(mark)
        left = list(dict.fromkeys(mark for mark in left if mark in self._numbers))
        if not left:
            self.groups -= 1
        elif len(left) > 1 and not self._are_still_joined(left):
            self.is_in_doubt = True

    def holds(self, mark: Hashable) -> bool:
        """Whether anything has the mark."""
        return mark in self._numbers

    def are_joined(self, one: Hashable, other: Hashable) -> bool:
        """Whether the things with either mark are one group."""
        return self._find(self._numbers[one]) == self._find(self._numbers[other])

    def join(self, one: Hashable, other: Hashable) -> None:
        """The things with either mark are one group from now on, until one of the marks is gone."""
        self._links[one][other] = self._links[other][one] = None
        self._join_all((one, other))

    def join_anew(self) -> None:
        """Groups of what is there, by common marks alone; what `join` joined is forgotten."""
        self.groups, self.is_in_doubt = 0, False
        self._links.clear()
        self._numbers.clear()
        self._parents.clear()
        for marks in self._marks.values():
            self._join_all(marks)

    def _drop(self, mark: Hashable) -> Iterable[Hashable]:
        """Nothing has the mark any more; returns those it was linked with."""
        del self._holders[mark], self._numbers[mark]
        linked = self._links.pop(mark, {})
        for other in linked:
            self._links[other].pop(mark)
        return linked

    def _join_all(self, marks: Sequence[Hashable]) -> None:
        for mark in marks:
            if mark not in self._numbers:
                self._numbers[mark] = len(self._parents)
                self._parents.append(len(self._parents))
                self.groups += 1
        first = self._find(self._numbers[marks[0]])
        for mark in marks[1:]:
            root = self._find(self._numbers[mark])
            if root != first:
                self._parents[root] = first
                self.groups -= 1

    def _find(self, number: int) -> int:
        while self._parents[number] != number:
            self._parents[number] = self._parents[self._parents[number]]
            number = self._parents[number]
        return number

    def _are_still_joined(self, marks: Sequence[Hashable]) -> bool:
        """Whether a short search from the first of the marks finds all; False may mean that it ended too soon."""
        missing = set(marks[1:])
        reached, waiting = {marks[0]}, deque([marks[0]])
        for _ in range(STEPS):
            if not waiting:
                break
            mark = waiting.popleft()
            near = [*self._links.get(mark, ())]
            for _, thing in zip(range(STEPS), reversed(self._holders[mark]), strict=False):
                near += self._marks[thing]
            new = dict.fromkeys(other for other in near if other not in reached)
            reached |= new.keys()
            missing -= new.keys()
            if not missing:
                return True
            waiting.extend(new)
        return False
