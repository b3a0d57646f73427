"""`daybook code`: articles to coded documents, without a broker."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import click

from streams import codec
from streams.commands.common import not_empty
from streams.commands.filters import Skipped
from streams.feeding.sources import Item, files_under, items_of_file, items_of_stream
from streams.records import InvalidRecordError
from streams.settings import load


@click.command("code")
@click.argument("files", nargs=-1, metavar="[FILE...]")
@click.option("--full", is_flag=True, help="Add every place, party and time expression found anywhere in the text.")
def command(files: tuple[str, ...], *, full: bool) -> None:
    """Read text, HTML or Article JSON Lines (- or nothing: standard input) and print one document a line.

    A document is the article cleaned, dated and coded, with its mentions. What cannot be read is named on standard
    error and skipped; the exit code is then 1.

    \b
    Example:
      daybook code article.html | python -m json.tool
      cat seeds/articles/*.jsonl | daybook code - | daybook merge | daybook count
    """
    from streams.articles import ArticleProcessor, check_time, decode_article  # noqa: PLC0415  (loads spaCy: slow)

    not_empty(files)
    settings, skipped = load(), Skipped()
    processor = ArticleProcessor(settings)
    now_ms = int(datetime.now(UTC).timestamp() * 1000)
    for item in items_of(files or ("-",)):
        try:
            article = decode_article(item.value, settings)
            check_time(article, now_ms, settings)
            document, _ = processor.document(article, full=full)
            click.echo(codec.encode(document))
        except InvalidRecordError as error:
            skipped.add(item.origin, error)
    skipped.leave()


def items_of(names: tuple[str, ...]) -> Iterator[Item]:
    """The items of files, folders and standard input, in that order."""
    for file in files_under(Path(name) for name in names if name != "-"):
        yield from items_of_file(file)
    if "-" in names:
        yield from items_of_stream(sys.stdin.buffer, "standard input", datetime.now(UTC))
