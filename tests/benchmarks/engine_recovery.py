"""How soon the engine is ready with a table of so many entries, in memory and in RocksDB, cold and warm."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table

from streams.settings import Settings
from tests.benchmarks.engine_broker import (
    BenchmarkError,
    Filling,
    Measured,
    Ready,
    benchmark_broker,
    commit_start,
    create_topics,
    fill,
    forget_members,
)
from tests.benchmarks.engine_entries import Variant, variants
from tests.benchmarks.engine_jobs import INPUT, changelog_topic, output_topic

STOCK_ENTRIES = 20_000
"""All that stock Faust is asked to recover: it takes minutes for more."""
COLUMNS = ("job", "store", "entries", "MiB of values", "seconds", "CPU seconds", "entries/s", "peak MiB")
LIMIT_ENTRIES, LIMIT_SECONDS = 200_000, 10.0
"""So many entries must be ready in so many seconds, in memory."""


def main(sizes: Sequence[int], console: Console) -> None:
    """Print seconds to ready, rate and memory for each size."""
    with benchmark_broker() as settings:
        create_topics(settings, {INPUT.name: "delete"})
        for variant in variants():
            shown = Table(title=f"recovery, {variant.name} entries: from the start of the process to ready")
            for column in COLUMNS:
                shown.add_column(column, justify="right" if column not in {"job", "store"} else "left")
            for size in (STOCK_ENTRIES, *(size for size in sizes if size <= variant.most)):
                _measure(settings, variant, size, shown, console)
            limit = f"{LIMIT_ENTRIES:,} entries in memory must be ready in {LIMIT_SECONDS:.0f} s"
            limit += "; warm: started again after kill -9, with the session of the killed process ended by hand"
            shown.caption = limit
            console.print(shown)


def _measure(settings: Settings, variant: Variant, size: int, shown: Table, console: Console) -> None:
    """All runs with one size; stock Faust has the smallest only. Each application has its own changelog."""
    jobs = ("stock", "ours") if size == STOCK_ENTRIES else ("ours",)
    for job in jobs:
        name = f"{variant.name}-{size}-{job}"
        own = settings.model_copy(update={"application_id": name, "state_dir": settings.state_dir / name})
        create_topics(own, {changelog_topic(own): "compact", output_topic(own): "delete"})
        commit_start(own, INPUT.name)
        mebibytes = _filled(own, variant, size)
        for store, told in (("memory", "memory"), ("rocksdb", "RocksDB, cold"), ("rocksdb", "RocksDB, warm")):
            console.print(f"{variant.name}: {size:,} entries, {job}, {told}", style="dim")
            with Measured(own.model_copy(update={"store": store}), [job]) as process:
                ready = process.wait_ready()
            forget_members(own)
            _row(shown, (job, told), size, mebibytes, ready)


def _filled(settings: Settings, variant: Variant, size: int) -> float:
    """Fill the changelog; how many MiB its values have."""
    told = 0

    def counted() -> Filling:
        nonlocal told
        for record in variant.filling(size):
            told += len(record[2])
            yield record

    fill(settings, changelog_topic(settings), counted())
    return told / 2**20


def _row(shown: Table, names: tuple[str, str], size: int, mebibytes: float, ready: Ready) -> None:
    if ready.entries != size and names[0] == "ours":
        raise BenchmarkError(f"{names}: ready with {ready.entries} entries of {size}")
    times = f"{ready.seconds:.1f}", f"{ready.cpu_seconds:.1f}", f"{size / ready.seconds:,.0f}"
    shown.add_row(*names, f"{ready.entries:,}", f"{mebibytes:,.0f}", *times, f"{ready.peak_mib:,.0f}")
