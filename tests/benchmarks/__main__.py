"""`make bench`: how fast one process reads and codes, beside the bare language pipeline on the same text, in one run.

With options, on a real broker: `--engine-rate` compares the engine with stock Faust, `--recovery N ...` measures how
soon it is ready with N entries in its table, `--worker N` the whole worker; and `--state N`, without one, what a stage
derives from its table; and `--reading` reading beside coding, by part.

Figures are of this machine, and the first of one core; only the ratios can be compared with other runs.
"""

from __future__ import annotations

import argparse
import resource
import time
from collections.abc import Callable

from streams import codec
from streams.articles import ArticleProcessor
from streams.coding.pipeline import load_pipeline
from streams.records import Article
from streams.settings import load
from tests.evaluation.gold import SEEDS

ROUNDS = 3


def seconds(work: Callable[[], object]) -> float:
    """The best of several runs, in seconds."""
    best = float("inf")
    for _ in range(ROUNDS):
        start = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - start)
    return best


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
    parser.add_argument("--records", type=int, default=20_000, help="records of each run of --engine-rate")
    arguments = parser.parse_args()
    if arguments.engine_rate or arguments.recovery or arguments.worker or arguments.state:
        engine(arguments)
    elif arguments.reading:
        from rich.console import Console  # noqa: PLC0415

        from tests.benchmarks import reading  # noqa: PLC0415

        reading.main(articles(), Console())
    else:
        coding()


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


def coding() -> None:
    """Print the figures of reading and coding."""
    settings = load()
    texts = articles()
    start = time.perf_counter()
    processor = ArticleProcessor(settings)
    loading = time.perf_counter() - start
    documents = [processor.document(article)[0] for article in texts]
    paragraphs = [part.text for document in documents if document.language == "en" for part in document.paragraphs]
    words = sum(len(text.split()) for text in paragraphs)
    pipeline = load_pipeline(settings.pipeline)
    bare = seconds(lambda: list(pipeline.pipe(paragraphs)))
    whole = seconds(lambda: [processor.document(article) for article in texts])
    parts = [processor.document(article)[1] for article in texts]
    reading = sum(part["reading"] for part in parts) / sum(sum(part.values()) for part in parts)
    print(f"articles                    {len(texts)} with {words:,} words kept")
    print(f"loading                     {loading:.1f} s")
    print(f"bare language pipeline      {words / bare:,.0f} words/s")
    print(f"reading and coding          {words / whole:,.0f} words/s, {len(texts) / whole:.1f} articles/s")
    print(f"ratio to the bare pipeline  {bare / whole:.2f}")
    print(f"share of reading            {reading:.0%}")
    print(f"memory of the process       {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MiB at most")


if __name__ == "__main__":
    main()
