"""What it costs to derive a stage's state from its table, at once as the agents do it or key by key; no broker.

An entry's key begins with the key of the records that change it (a merge key, a day and country). Nothing that is
derived for one of these keys needs entries of another, so a state could be built for a key when a record first has it.
"""

from __future__ import annotations

import gc
import statistics
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from rich.console import Console
from rich.table import Table

from streams.counting import entry as count_entry
from streams.counting import sums
from streams.merging import entry
from streams.merging.state import MergeState
from streams.merging.unsent import check
from tests.benchmarks.engine_broker import Filling
from tests.benchmarks.engine_entries import samples


@dataclass(frozen=True, slots=True)
class Derived:
    """One table and what is derived from it."""

    name: str
    decode: Callable[[bytes], Any]
    build: Callable[[Iterable[Any]], object]
    record_key: Callable[[str], str]
    """The key of the records that change the entry with this key."""


def _merged(entries: Iterable[entry.MentionsEntry]) -> MergeState:
    """The state as the agent builds it: clustered, and asked what may be unsent."""
    state = MergeState(entries)
    for merge_key in state.merge_keys():
        for _ in check(state, merge_key):
            pass
    return state


MENTIONS = Derived("mentions", entry.decode_entry, _merged, lambda key: "|".join(key.split("|", 2)[:2]))
CONTRIBUTIONS = Derived("contributions", count_entry.decode_entry, sums.CountState, lambda key: key.rpartition("|")[0])


def main(entries: int, console: Console) -> None:
    """Print seconds for all entries at once and for single keys."""
    coded = samples()
    shown = Table(title=f"state from {entries:,} entries: CPU seconds")
    for column in ("table", "what", "entries", "decode", "build", "µs an entry"):
        shown.add_column(column, justify="left" if column in {"table", "what"} else "right")
    for derived, filling in ((MENTIONS, coded.merging), (CONTRIBUTIONS, coded.counting)):
        measure(derived, filling(entries), shown)
    console.print(shown)


def measure(derived: Derived, filling: Filling, shown: Table) -> None:
    """Rows of one table."""
    table = {key.decode(): value for _, key, value in filling}
    start = time.process_time()
    by_key: dict[str, list[bytes]] = defaultdict(list)
    for key, value in table.items():
        by_key[derived.record_key(key)].append(value)
    indexing = time.process_time() - start
    shown.add_row(derived.name, f"find the {len(by_key):,} record keys", f"{len(table):,}", "", f"{indexing:.2f}", "")
    groups = sorted(by_key.values(), key=len)
    middle = statistics.median_low(len(group) for group in groups)
    median = next(group for group in groups if len(group) == middle)
    for what, values in (("the fullest record key", groups[-1]), ("a record key of median size", median)):
        _row(derived, what, values, shown)
    _row(derived, "everything, as the agents do it", list(table.values()), shown)
    gc.collect()
    gc.disable()
    try:
        _row(derived, "the same without garbage collection", list(table.values()), shown)
    finally:
        gc.enable()


def _row(derived: Derived, what: str, values: Sequence[bytes], shown: Table) -> None:
    start = time.process_time()
    decoded = [derived.decode(value) for value in values]
    between = time.process_time()
    state = derived.build(decoded)
    end = time.process_time()
    micros = 1e6 * (end - start) / len(values)
    numbers = f"{len(values):,}", f"{between - start:.3f}", f"{end - between:.3f}", f"{micros:.0f}"
    shown.add_row(derived.name, what, *numbers)
    del state
