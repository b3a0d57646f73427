"""Numbers of which the first are drawn most often."""

from __future__ import annotations

import random
from bisect import bisect
from itertools import accumulate


class Zipf:
    """The number n of `size` is drawn as often as 1 / (n + `flatness`) says."""

    def __init__(self, size: int, flatness: int) -> None:
        self.size = size
        self._reached = list(accumulate(1 / (number + flatness) for number in range(size)))

    def draw(self, rng: random.Random) -> int:
        """A number from 0."""
        return min(self.size - 1, bisect(self._reached, rng.random() * self._reached[-1]))
