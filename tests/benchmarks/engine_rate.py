"""How many small records a second the engine moves, beside stock Faust on the same broker in the same run."""

from __future__ import annotations

import statistics
import time
from dataclasses import dataclass
from typing import Literal

from rich.console import Console
from rich.table import Table

from streams.settings import Settings
from tests.benchmarks.engine_broker import (
    BenchmarkError,
    EndOffsets,
    Filling,
    Measured,
    benchmark_broker,
    commit_start,
    create_topics,
    fill,
    partition_of,
)
from tests.benchmarks.engine_jobs import INPUT, changelog_topic, output_topic, record_of

KEYS = 5000
ROUNDS = 3
SILENT_SECONDS = 20.0
"""A job that publishes nothing more for so long has lost the rest."""
LEAST_RATIO = 0.5
"""What the engine must reach of stock Faust's rate."""
Store = Literal["memory", "rocksdb"]
STORES: tuple[Store, ...] = ("memory", "rocksdb")


@dataclass(frozen=True, slots=True)
class Rate:
    """One run of one job."""

    per_second: float
    """Records a second, from the first output seen to the last."""
    cpu_micros: float
    """Processor time of the process for one record, in microseconds; other work on the machine hardly changes it."""
    missing: int
    """Inputs whose output did not come."""


def main(records: int, console: Console) -> None:
    """Print rates, ratios and their spread, for each store."""
    with benchmark_broker() as settings:
        create_topics(settings, {INPUT.name: "delete"})
        fill(settings, INPUT.name, inputs(records))
        for store in STORES:
            rates: dict[str, list[Rate]] = {"stock": [], "ours": []}
            for number in range(ROUNDS):
                for job, found in rates.items():
                    console.print(f"{store}: {job}, run {number + 1} of {ROUNDS}", style="dim")
                    found.append(rate(settings, store, job, number, records))
            console.print(table(store, records, rates))


def inputs(number: int) -> Filling:
    """Small records over `KEYS` keys, each in the partition that its key belongs to."""
    for one in range(number):
        key, value = record_of(one, KEYS)
        yield partition_of(key), key, value


def rate(settings: Settings, store: Store, job: str, number: int, records: int) -> Rate:
    """Run one job in a process of its own until its outputs are all there."""
    name = f"{job}-{store}-{number}"
    own = settings.model_copy(update={"application_id": name, "store": store, "state_dir": settings.state_dir / name})
    create_topics(own, {changelog_topic(own): "compact", output_topic(own): "delete"})
    commit_start(own, INPUT.name)
    seen: list[tuple[float, float, int]] = []
    with EndOffsets(own, output_topic(own)) as output, Measured(own, [job]) as process:
        process.wait_ready()
        seen.append((time.perf_counter(), process.cpu_seconds(), output.total()))
        while seen[-1][2] < records and time.perf_counter() < seen[-1][0] + SILENT_SECONDS and process.is_running():
            time.sleep(0.05)
            total = output.total()
            if total > seen[-1][2]:
                seen.append((time.perf_counter(), process.cpu_seconds(), total))
    (start, cpu_before, first), (end, cpu, last) = seen[1 if len(seen) > 2 else 0], seen[-1]
    moved = last - first
    if not moved:
        raise BenchmarkError(f"{name} published nothing: {process.last_words()}")
    return Rate(moved / (end - start), 1e6 * (cpu - cpu_before) / moved, max(0, records - last))


def table(store: str, records: int, rates: dict[str, list[Rate]]) -> Table:
    """All runs of one store."""
    shown = Table(title=f"{records:,} small records, {store} store")
    shown.add_column("")
    for column in (*(f"run {number + 1}" for number in range(ROUNDS)), "median", "outputs missing"):
        shown.add_column(column, justify="right")
    for job, found in rates.items():
        missing = str(sum(one.missing for one in found))
        shown.add_row(f"{job}, records/s", *_row([one.per_second for one in found], ",.0f"), missing)
        shown.add_row(f"{job}, CPU µs a record", *_row([one.cpu_micros for one in found], ",.0f"))
    pairs = list(zip(rates["ours"], rates["stock"], strict=True))
    ratios = [ours.per_second / stock.per_second for ours, stock in pairs]
    shown.add_row("ratio of records/s", *_row(ratios, ".2f"))
    shown.add_row("ratio by CPU", *_row([stock.cpu_micros / ours.cpu_micros for ours, stock in pairs], ".2f"))
    verdict = "enough" if statistics.median(ratios) >= LEAST_RATIO else f"less than {LEAST_RATIO}"
    shown.caption = f"ratio {statistics.median(ratios):.2f} ({min(ratios):.2f} to {max(ratios):.2f}): {verdict}"
    return shown


def _row(numbers: list[float], form: str) -> list[str]:
    return [*(format(one, form) for one in numbers), format(statistics.median(numbers), form)]
