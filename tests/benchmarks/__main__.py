"""`make bench`: how fast one process reads and codes fresh text and reprints, beside the bare pipeline, in one run.

With options, on a real broker: `--engine-rate` compares the engine with stock Faust, `--recovery N ...` measures how
soon it is ready with N entries in its table, `--worker N` the whole worker; and `--state N`, without one, what a stage
derives from its table; `--merging` what a mention costs MERGE at the start and at the end of a big day; `--reading`
reading beside coding, by part; and `--growth` how reading's time grows with the length (exit code 1: as its square).

Figures are of this machine, and the first of one core; only the ratios can be compared with other runs.
"""

from __future__ import annotations

import argparse
import sys

from streams import codec
from streams.records import Article
from tests.evaluation.gold import SEEDS


def articles() -> list[Article]:
    """The sample articles, as they would be fed."""
    from streams.feeding.sources import files_under, items_of_file  # noqa: PLC0415  (not needed before)

    files = files_under([SEEDS / "articles"])
    return [codec.decode(Article, item.value) for file in files for item in items_of_file(file)]


def main() -> None:
    """Measure what the options say."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    one = parser.add_mutually_exclusive_group()
    one.add_argument("--engine-rate", action="store_true", help="small records a second, beside stock Faust")
    one.add_argument("--recovery", type=int, nargs="+", metavar="ENTRIES", help="from start to ready")
    one.add_argument("--worker", type=int, metavar="ENTRIES", help="from start to ready and to the first record")
    one.add_argument("--state", type=int, metavar="ENTRIES", help="what deriving a state from a table costs; no broker")
    one.add_argument("--reading", action="store_true", help="reading beside coding, by part and function; no broker")
    one.add_argument(
        "--merging", type=int, metavar="MENTIONS", help="what a mention costs on a day of so many; no broker"
    )
    one.add_argument("--growth", action="store_true", help="how reading's time grows with the length; no broker")
    parser.add_argument("--records", type=int, default=20_000, help="records of each run of --engine-rate")
    arguments = parser.parse_args()
    if arguments.engine_rate or arguments.recovery or arguments.worker or arguments.state:
        engine(arguments)
    elif arguments.merging:
        from rich.console import Console  # noqa: PLC0415

        from tests.benchmarks import merging  # noqa: PLC0415

        merging.main(Console(), arguments.merging, max(10, arguments.merging // 10))
    elif arguments.reading:
        from rich.console import Console  # noqa: PLC0415

        from tests.benchmarks import reading  # noqa: PLC0415

        reading.main(articles(), Console())
    elif arguments.growth:
        from rich.console import Console  # noqa: PLC0415

        from tests.benchmarks import growth  # noqa: PLC0415

        sys.exit(growth.main(Console()))
    else:
        from rich.console import Console  # noqa: PLC0415

        from tests.benchmarks import speed  # noqa: PLC0415

        speed.main(articles(), Console())


def engine(arguments: argparse.Namespace) -> None:
    """What measures the engine; Faust is not imported before it is wanted."""
    from rich.console import Console  # noqa: PLC0415

    from tests.benchmarks import engine_rate, engine_recovery, engine_state, engine_worker  # noqa: PLC0415

    console = Console()
    if arguments.engine_rate:
        engine_rate.main(arguments.records, console)
    elif arguments.recovery:
        engine_recovery.main(arguments.recovery, console)
    elif arguments.state:
        engine_state.main(arguments.state, console)
    else:
        engine_worker.main(arguments.worker, console)


if __name__ == "__main__":
    main()
