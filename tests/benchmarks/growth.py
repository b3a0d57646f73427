"""Whether the time of reading grows with the length of what is read, and not with its square.

The tests count the same in steps of Python, which the machine's load does not change; here are the CPU times, of what
regular expressions and the HTML parser do as well.
"""

from __future__ import annotations

import gc
import re
import time
from collections.abc import Callable, Iterator

from rich.console import Console

from tests.benchmarks.patterns import all_patterns, attacks
from tests.unit.reading.hard_texts import PAGES, UNITS, WARM, read_page, read_text, repeated

MOST = 8.0
"""Four times the length may take so many times as long: far from the sixteen of a square."""
TOO_SHORT = 0.05
"""A CPU time (seconds) below which a ratio says nothing."""
CAPPED = (
    "boilerplate.INNER_END", "forms.", "inline._CREDIT", "inline._CRUMB", "kinds.", "joining._DATELINE", "dating_line",
    "inline._PLACEHOLDER", "markup._PAGE_START", "markup:",
)  # fmt: skip
"""Patterns that only ever see a piece of bounded length (a short line), as their callers say."""


def main(console: Console) -> int:
    """Print how much longer what is four times as long takes, and the cases that grow too fast; 1 if there are any."""
    read_text(WARM)
    # The tables that reading has loaded are not looked through in the middle of a measurement.
    gc.freeze()
    found = dict(_cases())
    bad = {name: times for name, times in found.items() if times > MOST}
    console.print(
        f"{len(found)} cases; for four times the length the worst takes {max(found.values()):.1f} times as long"
    )
    for name, times in bad.items():
        console.print(f"{name}: {times:.1f}", markup=False)
    return 1 if bad else 0


def _cases() -> Iterator[tuple[str, float]]:
    for unit, size in UNITS:
        yield f"text {ascii(unit)[:40]}", growth(read_text, repeated(unit), size)
    for name, page in PAGES.items():
        yield f"page {name}", growth(read_page, page, 2_500)
    for name, pattern in all_patterns().items():
        if not name.startswith(CAPPED):
            worst = max((growth(_run(pattern), _attack(*attack), 1_000) for attack in attacks(pattern)), default=1.0)
            yield f"pattern {name}", worst


def growth(work: Callable[[str], object], text: Callable[[int], str], size: int) -> float:
    """How many times as long `work` takes for four times `size`; 1 where it is too quick to tell."""
    short, long = text(size), text(4 * size)
    slow = _seconds(work, long)
    if slow < TOO_SHORT:
        return 1.0
    quick = min(_seconds(work, short) for _ in range(3))
    if slow > MOST * quick:
        slow = min(slow, _seconds(work, long), _seconds(work, long))
    return slow / quick


def _seconds(work: Callable[[str], object], text: str) -> float:
    started = time.process_time()
    work(text)
    return time.process_time() - started


def _run(pattern: re.Pattern[str]) -> Callable[[str], object]:
    return lambda text: sum(1 for _ in pattern.finditer(text))


def _attack(unit: str, end: str) -> Callable[[int], str]:
    return lambda size: unit * (size // len(unit) + 1) + end
