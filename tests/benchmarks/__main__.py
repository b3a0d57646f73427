"""`make bench`: how fast one process reads and codes, beside the bare language pipeline on the same text, in one run.

Figures are of one core and of this machine; only the ratios can be compared with other runs.
"""

from __future__ import annotations

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
    """Print the figures."""
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
