"""What a mention costs MERGE at the start, in the middle and at the end of a big day, and what memory it takes.

Two cases under one merge key. The *day* is that of `merging_day.py`. The *reprints*: one article printed over and over,
with corrections and retractions among the copies.
"""

from __future__ import annotations

import gc
import random
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from multiprocessing import get_context

from rich.console import Console
from rich.table import Table

from streams.merging.entry import MentionsEntry, decode_entry, encode_entry
from streams.merging.merge import handle
from streams.merging.state import MergeState
from streams.records import Casualties, Figure, Mentions
from streams.worker import collect_seldom
from tests.benchmarks.engine_jobs import peak_mib
from tests.benchmarks.merging_day import CHANGED, KEY, KINDS, day, deed, fetched, record, town, whole


def reprints(copies: int, seed: int = 2) -> list[Mentions]:
    """One article with three deeds, printed again and again; some copies are corrected or taken back."""
    rng = random.Random(seed)
    towns = [town(number, rng) for number in range(3)]
    deeds = [replace(deed(number, towns[number], rng), kind=KINDS[number]) for number in range(3)]
    text = tuple(rng.randrange(2**32) for _ in range(128))
    records: list[Mentions] = []
    for copy in range(copies):
        moment = copy / copies
        if records and rng.random() < CHANGED:
            records.append(fetched(_changed(rng.choice(records), rng), moment))
            continue
        told = [whole(deed, f"r{copy}", number) for number, deed in enumerate(deeds)]
        cut = tuple(value if rng.random() > 0.05 else rng.randrange(2**32) for value in text)
        one = replace(record(f"r{copy}", told, rng), signature=rng.choice((text, cut)))
        records.append(fetched(one, moment))
    return records


@dataclass(frozen=True)
class Measured:
    """What it cost to take all records in."""

    tenths: Sequence[float]
    """Microseconds per mention in the first, middle and last tenth of the records."""
    events: int
    mib: float
    """What the state takes, without the records' bytes in the table."""


def measure(records: Sequence[Mentions]) -> Measured:
    """Take the records in, one after the other; then the newest again in another process, for memory."""
    state = MergeState()
    part = max(1, len(records) // 10)
    spent = [0.0] * 10
    mentions = [0] * 10
    gc.freeze()
    for number, told in enumerate(records):
        tenth = min(9, number // part)
        start = time.process_time()
        handle(state, told, number)
        spent[tenth] += time.process_time() - start
        mentions[tenth] += max(1, len(told.mentions))
    gc.unfreeze()
    tenths = [1e6 * spent[tenth] / mentions[tenth] for tenth in (0, 5, 9)]
    return Measured(tenths, len(state.clusters(KEY)), _mib(records))


def main(console: Console, mentions: int = 100_000, copies: int = 10_000) -> None:
    """Print the table of both cases."""
    collect_seldom()
    shown = Table(title="MERGE: µs per mention")
    for column in ("case", "records", "first tenth", "middle", "last tenth", "last / first", "events", "MiB"):
        shown.add_column(column, justify="left" if column == "case" else "right")
    cases: tuple[tuple[str, Callable[[], list[Mentions]]], ...] = (
        ("one day and country", lambda: day(mentions)),
        ("reprints of one article", lambda: reprints(copies)),
    )
    for name, records_of in cases:
        records = records_of()
        found = measure(records)
        first, middle, last = found.tenths
        shown.add_row(
            name, f"{len(records):,}", f"{first:.0f}", f"{middle:.0f}", f"{last:.0f}", f"{last / first:.2f}",
            f"{found.events:,}", f"{found.mib:.0f}",
        )  # fmt: skip
    console.print(shown)


def _mib(records: Sequence[Mentions]) -> float:
    """What a process grows by as it builds a state of the records, their own fields included as decoding makes them."""
    newest = {record.article_id: encode_entry(MentionsEntry(record)) for record in records}
    with ProcessPoolExecutor(1, get_context("spawn")) as another:
        return another.submit(_grown, list(newest.values())).result()


def _grown(entries: Sequence[bytes]) -> float:
    """How much more this process has resident with a state of the entries than before."""
    before = peak_mib()
    state = MergeState(map(decode_entry, entries))
    for key in state.merge_keys():
        state.clusters(key)
    return peak_mib() - before


def _changed(record: Mentions, rng: random.Random) -> Mentions:
    """A correction of a copy, or its retraction."""
    if rng.random() < 0.3:
        return replace(record, mentions=())
    mentions = tuple(replace(one, casualties=Casualties(killed=Figure(5, 5))) for one in record.mentions)
    return replace(record, mentions=mentions)
