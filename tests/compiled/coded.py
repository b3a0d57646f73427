"""Prints how many modules are compiled, and then what reading and coding make of sample articles: a record a line."""

from __future__ import annotations

import sys

from streams import codec
from streams.articles import ArticleProcessor
from streams.compiled import count_in_use
from streams.settings import load
from tests.benchmarks.__main__ import articles
from tests.benchmarks.speed import texts


def main() -> None:
    """Write it to standard output."""
    processor = ArticleProcessor(load())
    sys.stdout.write(f"{count_in_use()}\n")
    for article in (*articles(), *texts()[::2]):
        if not article.retracted:
            document, _ = processor.document(article, full=True)
            sys.stdout.buffer.write(codec.encode(document) + b"\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
