"""What the runs gave: one line of JSON for each, and the table of them all."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from statistics import median

from rich.table import Table


@dataclass(frozen=True, slots=True)
class Result:
    """One run."""

    scenario: str
    store: str
    seed: int
    brokers: int = 1
    lost: int = 0
    doubled: int = 0
    wrong: int = 0
    """Subjects, events and dead letters that differ from the truth."""
    replayed: int = 0
    guard_exits: dict[str, int] = field(default_factory=dict)
    hangs: tuple[str, ...] = ()
    faults: int = 0
    recover_seconds: float | None = None
    """From the last fault until no input is left and all workers are ready; none when that never came."""
    seconds: float = 0.0
    error: str = ""
    """Why the run could not be judged."""
    folder: str = ""
    """Where a failed run is kept."""

    @property
    def has_passed(self) -> bool:
        return not (self.lost or self.doubled or self.wrong or self.hangs or self.error)


def append(file: Path, result: Result) -> None:
    """Add one result to a file of JSON Lines."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("a", encoding="utf-8") as lines:
        lines.write(json.dumps(asdict(result)) + "\n")


def read_results(files: Iterable[Path]) -> list[Result]:
    """The results in these files."""
    lines = [line for file in files for line in file.read_text(encoding="utf-8").splitlines()]
    return [Result(**json.loads(line)) for line in lines]


def table_of(results: Iterable[Result]) -> Table:
    """One row for each scenario and store."""
    groups: dict[tuple[str, str], list[Result]] = defaultdict(list)
    for result in results:
        groups[result.scenario, result.store].append(result)
    table = Table(title="Faults", title_justify="left")
    for column in ("scenario", "store"):
        table.add_column(column, no_wrap=True)
    for column in ("runs", "faults", "lost", "doubled", "wrong", "replayed", "hangs", "errors", "seconds to recover"):
        table.add_column(column, justify="right")
    table.add_column("guard exits")
    for (scenario, store), runs in groups.items():
        sums = [sum(getattr(run, name) for run in runs) for name in ("faults", "lost", "doubled", "wrong", "replayed")]
        failures = [sum(len(run.hangs) for run in runs), sum(bool(run.error) for run in runs)]
        numbers = [str(number) for number in (len(runs), *sums, *failures)]
        table.add_row(scenario, store, *numbers, _times(runs), _exits(runs))
    return table


def _times(runs: list[Result]) -> str:
    """Median and worst."""
    times = [run.recover_seconds for run in runs if run.recover_seconds is not None]
    return f"{median(times):.0f} / {max(times):.0f}" if times else "-"


def _exits(runs: list[Result]) -> str:
    exits = sum((Counter(run.guard_exits) for run in runs), Counter[str]())
    return ", ".join(f"{cause} {count}" for cause, count in sorted(exits.items())) or "none"
