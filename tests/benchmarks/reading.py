"""What reading costs beside coding, on the sample articles: CPU time of one process, by part and by function.

The parts are measured inside `read`, as it calls them; one that calls another counts without it.
"""

from __future__ import annotations

import cProfile
import functools
import importlib
import pstats
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest import mock

from rich.console import Console
from rich.table import Table

from streams.articles import ArticleProcessor
from streams.reading import read
from streams.records import Article, Version
from streams.settings import load

PARTS = {
    "page": "reader._page", "check": "reader._check", "cleaning": "reader._cleaned", "kinds": "kinds.assign",
    "dating": "reader.publication_window", "times": "dating_text.find_times dating_line.find_times dating.find_times",
    "language": "language.detect", "signature": "signature.sign",
}  # fmt: skip
"""Each part with the functions that do it, by the modules that call them."""
ROUNDS = 3
SLOWEST = 12
GOAL = 0.2
"""Reading should cost less than this share of coding."""
VERSION = Version("2024", "0")


def cpu(work: Callable[[], object]) -> float:
    """The least CPU time of several runs, in seconds."""
    best = float("inf")
    for _ in range(ROUNDS):
        started = time.process_time()
        work()
        best = min(best, time.process_time() - started)
    return best


@contextmanager
def parted(spent: defaultdict[str, float]) -> Iterator[None]:
    """While it lasts the parts add the CPU seconds that they take to `spent`."""
    stack: list[float] = []

    def timed(part: str, function: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(function)
        def run(*args: Any, **named: Any) -> Any:
            started = time.process_time()
            stack.append(0.0)
            try:
                return function(*args, **named)
            finally:
                taken = time.process_time() - started
                spent[part] += taken - stack.pop()
                if stack:
                    stack[-1] += taken

        return run

    patches = []
    for part, places in PARTS.items():
        for place in places.split():
            module_name, name = place.split(".")
            module = importlib.import_module(f"streams.reading.{module_name}")
            if hasattr(module, name):
                patches.append(mock.patch.object(module, name, timed(part, getattr(module, name))))
    for patch in patches:
        patch.start()
    try:
        yield
    finally:
        for patch in patches:
            patch.stop()


def slowest(work: Callable[[], object]) -> list[tuple[str, int, float]]:
    """The functions with the most CPU time of their own: name, calls, seconds (a profiler slows all down)."""
    profile = cProfile.Profile(time.process_time)
    profile.runcall(work)
    told: dict[tuple[str, int, str], tuple[int, int, float, float, Any]] = vars(pstats.Stats(profile))["stats"]
    own = [(f"{Path(file).stem}.{name}", calls, seconds) for (file, _, name), (_, calls, seconds, _, _) in told.items()]
    return sorted(own, key=lambda item: -item[2])[:SLOWEST]


def main(articles: Sequence[Article], console: Console) -> None:
    """Print the tables."""
    processor = ArticleProcessor(load())

    def read_all() -> None:
        for article in articles:
            read(article, "a", VERSION)

    def code_all() -> None:
        for article in articles:
            processor.document(article)

    read_all()
    code_all()
    reading, whole = cpu(read_all), cpu(code_all)
    spent: defaultdict[str, float] = defaultdict(float)
    with parted(spent):
        read_all()
    spent["the rest"] = max(0.0, reading - sum(spent.values()))
    share = reading / (whole - reading)
    verdict = "met" if share < GOAL else "missed"
    each = 1000 / len(articles)
    console.print(
        f"{len(articles)} articles: reading {reading * each:.1f} ms, coding {(whole - reading) * each:.1f} ms each"
    )
    console.print(f"reading costs {share:.1%} of coding; the goal of less than {GOAL:.0%} is {verdict}")
    table = Table("part of reading", "ms an article", "share")
    for part, seconds in sorted(spent.items(), key=lambda item: -item[1]):
        table.add_row(part, f"{seconds * each:.2f}", f"{seconds / sum(spent.values()):.0%}")
    console.print(table)
    functions = Table("function (under the profiler)", "calls", "own ms an article")
    for name, calls, seconds in slowest(read_all):
        functions.add_row(name, f"{calls:,}", f"{seconds * each:.2f}")
    console.print(functions)
