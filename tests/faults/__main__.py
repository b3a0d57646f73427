"""`make faults`: faults at random on the real broker, run after run; the topics must say what the oracle says."""

from __future__ import annotations

import argparse
import itertools
import logging
import signal
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console

from tests.faults.results import Result, append, read_results, table_of
from tests.faults.run import Plan, run
from tests.faults.scenarios import SCENARIOS
from tests.faults.workload import Size

KIBIBYTES_FOR_THREE = 8 * 1024**2
STORES = ("memory", "rocksdb")
HOUR = "hour"
"""The one scenario that is played only when it is named: it is long, and nothing happens in it."""


def main() -> int:
    """Run the plans, or print what was asked for; 1 when any run failed."""
    options = _parser().parse_args()
    if options.list:
        for scenario in SCENARIOS.values():
            print(f"{scenario.name:17} {scenario.about}")
        return 0
    results = read_results(options.table) if options.table else _run_all(options)
    Console(width=None if sys.stdout.isatty() else 200).print(table_of(results))
    failed = [result for result in results if not result.has_passed]
    for result in failed:
        print(f"failed: {result.scenario} {result.store} seed {result.seed}: {result.folder}")
    return bool(failed)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="make faults", description=__doc__)
    usual = [name for name in SCENARIOS if name != HOUR]
    parser.add_argument("--scenario", nargs="+", choices=SCENARIOS, default=usual, metavar="NAME")
    parser.add_argument("--store", nargs="+", choices=STORES, default=list(STORES))
    parser.add_argument("--seeds", type=int, default=5, help="runs of each scenario with each store")
    parser.add_argument("--first-seed", type=int, default=1)
    parser.add_argument("--documents", type=int, default=Size().documents)
    parser.add_argument("--articles", type=int, default=Size().articles)
    parser.add_argument("--decisions", type=int, default=Size().decisions)
    parser.add_argument(
        "--brokers", type=int, choices=(1, 3), default=brokers_that_fit(), help="by default 3 if they fit"
    )
    parser.add_argument("--minutes", type=float, default=float("inf"), help="begin no run after so long")
    parser.add_argument("--hour-minutes", type=float, default=60.0, help=f"how long the scenario `{HOUR}` takes")
    parser.add_argument("--results", type=Path, help="file to add the results to, a line of JSON each")
    parser.add_argument("--keep", action="store_true", help="keep the folders of passed runs too")
    parser.add_argument("--list", action="store_true", help="show the scenarios")
    parser.add_argument("--table", nargs="+", type=Path, metavar="FILE", help="one table of these result files")
    return parser


def brokers_that_fit() -> int:
    """Three brokers where the memory that is free now holds them and three workers, else one."""
    told = dict(line.split(":", 1) for line in Path("/proc/meminfo").read_text(encoding="utf-8").splitlines())
    return 3 if int(told["MemAvailable"].split()[0]) > KIBIBYTES_FOR_THREE else 1


def _run_all(options: argparse.Namespace) -> list[Result]:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that a run that is stopped stops what it started
    logging.getLogger("kafka").setLevel(logging.CRITICAL)  # clients tell of each try while the broker is away
    deadline = time.monotonic() + options.minutes * 60
    file = options.results or Path(f".daybook/faults-{datetime.now(UTC):%Y%m%dT%H%M%S}.jsonl")
    results = []
    for plan in _plans(options):
        if time.monotonic() > deadline:
            print("the time is over")
            break
        print(f"{datetime.now(UTC):%H:%M:%S} {plan.name} ...", end=" ", flush=True)
        result = run(plan, keep=options.keep)
        append(file, result)
        results.append(result)
        print(_line(result), flush=True)
    print(f"results are in {file}")
    return results


def _plans(options: argparse.Namespace) -> Iterator[Plan]:
    """Every scenario with every store for one seed, then for the next, so that a run cut short has seen them all."""
    seeds = range(options.first_seed, options.first_seed + options.seeds)
    scenarios = {**SCENARIOS, HOUR: replace(SCENARIOS[HOUR], seconds=options.hour_minutes * 60)}
    for seed, name, store in itertools.product(seeds, options.scenario, options.store):
        if store in scenarios[name].stores:
            size = Size(options.documents, options.articles, options.decisions)
            yield Plan(scenarios[name], store, seed, size, options.brokers)


def _line(result: Result) -> str:
    told = f"{result.seconds:.0f} s, {result.faults} faults, recovered in {result.recover_seconds} s"
    if result.guard_exits:
        told += f", exits {result.guard_exits}"
    if result.has_passed:
        return f"exact ({told}) {result.folder}"
    why = f"lost {result.lost}, doubled {result.doubled}, wrong {result.wrong}, hangs {list(result.hangs)}"
    return f"FAILED ({told}): {why} {result.error.strip().rpartition(chr(10))[2]} {result.folder}"


if __name__ == "__main__":
    sys.exit(main())
