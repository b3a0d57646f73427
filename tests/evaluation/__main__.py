"""`make eval`: what Daybook finds in `seeds/` against the gold annotations, for development and held-out articles.

`make eval ARGS="--errors times"` lists each error of reading on the development records of a set instead.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator
from functools import partial

from rich.console import Console
from rich.table import Table

from tests.evaluation import coding_run, reading_run, sentences, stories_run, toponyms
from tests.evaluation.reading_sets import SetError
from tests.evaluation.run import FLOORS, READING_FLOORS, Floor, evaluate, merging_share, overall

CODING: dict[str, Callable[[], Iterator[str]]] = {
    "sentences": sentences.errors,
    "leads": partial(sentences.errors, "leads"),
    "wire": partial(sentences.errors, "wire"),
    "toponyms": toponyms.errors,
    "stories": stories_run.errors,
}


def main() -> int:
    """Print the tables and what they are floored at; 1 when a floor is broken or a set is missing."""
    parser = argparse.ArgumentParser(prog="python -m tests.evaluation", description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument(
        "--errors", choices=(*reading_run.SETS, *CODING), help="list the errors on a set, on development records only"
    )
    wanted = parser.parse_args().errors
    return list_errors(wanted) if wanted else print_all()


def list_errors(name: str) -> int:
    """Print each error on the development records of a set; 1 when the set is missing."""
    try:
        for line in CODING[name]() if name in CODING else reading_run.errors(name):
            print(line)
    except SetError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def print_all() -> int:
    """Print what coding and reading find; 1 when a floor is broken or a set is missing."""
    dev, held_out = evaluate()
    table = _table("seeds/ against gold", "floor (all)")
    broken = []
    for name in dev.of:
        floor = FLOORS.get(name)
        broken += [name] if floor is not None and not floor.holds(overall(name)) else []
        cells = (f"{score.share(name):.2f} of {score.of[name]}" for score in (dev, held_out))
        table.add_row(name, *cells, str(floor or ""))
    Console().print(table)
    shared, clusters = merging_share()
    print(f"gold clusters whose found mentions share one merge key: {shared} of {clusters}")
    confusion = (dev.confusion + held_out.confusion).most_common(30)
    pairs = (f"{gold}>{found} {count}" for (gold, found), count in confusion if gold != found)
    print("most confused types (gold > found):", ", ".join(pairs))
    print_coding()
    print_merging()
    low, missing = print_reading()
    low += [*coding_run.broken(), *stories_run.broken()]
    print(f"floors broken: {', '.join(broken + low) or 'none'}")
    return bool(broken or low or missing)


def print_coding() -> None:
    """Print what coding finds in its annotated sets, which types it confuses, which frames fire."""
    table = _table("coding against its annotated sentences, leads and toponyms", "floors")
    for name, pair in coding_run.measures().items():
        table.add_row(name, *map(str, pair), ", ".join(map(_exactly, coding_run.FLOORS.get(name, ()))))
    Console().print(table)
    rows = list(coding_run.confusion())
    grid = Table(
        title="types of sentences and leads, gold by found (both sides)", title_justify="left", header_style="bold"
    )
    for column in rows[0]:
        grid.add_column(column, justify="right")
    for row in rows[1:]:
        grid.add_row(*row)
    Console(width=160).print(grid)
    taken, every = coding_run.firing()
    print(f"frames that fire on the held-out sentences and leads: {taken} of {every} ({taken / every:.0%})")


def print_merging() -> None:
    """Print how well tellings of one event are joined across the articles of a story."""
    table = _table("merging against the annotated stories", "floors")
    for name, pair in stories_run.measures().items():
        table.add_row(name, *map(str, pair), ", ".join(map(_exactly, stories_run.FLOORS.get(name, ()))))
    Console().print(table)


def print_reading() -> tuple[list[str], list[str]]:
    """Print what reading finds; the measures below their floors, and what is wrong with the sets."""
    table = _table("reading against its annotated sets", "floors")
    broken, missing = [], []
    for part in reading_run.SETS:
        try:
            names = list(reading_run.measured(part, "dev"))
            rows = [(name, reading_run.measure(name)) for name in names]
        except SetError as error:
            missing.append(str(error))
            continue
        for name, measures in rows:
            floors = READING_FLOORS.get(name, ())
            broken += (
                [name] if any(not floor.holds(m.value) for floor, m in zip(floors, measures, strict=False)) else []
            )
            table.add_row(name, *map(str, measures), ", ".join(map(_exactly, floors)))
        table.add_section()
    Console().print(table)
    for message in missing:
        print(f"not measured: {message}")
    return broken, missing


def _exactly(floor: Floor) -> str:
    return f"{'<=' if floor.is_most else '>='} {floor.value:g}"


def _table(title: str, last: str) -> Table:
    table = Table(title=title, title_justify="left", header_style="bold")
    for column in ("measure", "development", "held out", last):
        table.add_column(column, justify="left" if column == "measure" else "right")
    return table


if __name__ == "__main__":
    sys.exit(main())
