"""`make eval`: what Daybook finds in `seeds/` against the gold annotations, for development and held-out articles."""

from __future__ import annotations

import sys

from rich.console import Console
from rich.table import Table

from tests.evaluation.run import FLOORS, evaluate, merging_share, overall


def main() -> int:
    """Print the table and what it is floored at; 1 when a floor is broken."""
    dev, held_out = evaluate()
    table = Table(title="seeds/ against gold", title_justify="left", header_style="bold")
    for column in ("measure", "development", "held out", "floor (all)"):
        table.add_column(column, justify="left" if column == "measure" else "right")
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
    print(f"floors broken: {', '.join(broken) or 'none'}")
    return bool(broken)


if __name__ == "__main__":
    sys.exit(main())
