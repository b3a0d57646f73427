"""Measures with the number that they were taken over, and text around a place for people who look at errors."""

from __future__ import annotations

import re
from dataclasses import dataclass

_BLANKS = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Measure:
    """A share from 0 to 1 (or a number with its unit) over so many cases."""

    value: float
    of: int
    is_most: bool = False
    """Smaller is better."""
    unit: str = ""

    def __str__(self) -> str:
        value = f"{self.value:g} {self.unit}" if self.unit else f"{self.value:.3f}"
        return f"{value} of {self.of:,}"


def ratio(part: float, whole: float) -> float:
    """Part of the whole; 1 where there was nothing to find, and nothing found."""
    return part / whole if whole else 1.0


def harmonic(precision: float, recall: float) -> float:
    """F1 of a precision and a recall."""
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def f1(hits: float, found: float, gold: float) -> float:
    """F1 of so many hits among those found and those in gold; 1 when both are none."""
    return ratio(2 * hits, found + gold)


def around(text: str, start: int, end: int, width: int = 45) -> str:
    """The stretch in brackets with the words around it, on one line."""
    shown = f"{text[max(0, start - width) : start]}[{text[start:end]}]{text[end : end + width]}"
    return _BLANKS.sub(" ", shown)
