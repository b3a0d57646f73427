"""`daybook merge`: documents to events, without a broker."""

from __future__ import annotations

import click

from streams.commands.filters import Skipped, read_lines, write_lines
from streams.merging.merge import merge_documents
from streams.records import Document


@click.command("merge")
def command() -> None:
    """Read the lines of `daybook code` and print one Event a line, with all its reports.

    Of several versions of one article the newest counts.

    \b
    Example:
      daybook code seeds/articles/*.txt | daybook merge > events.jsonl
    """
    skipped = Skipped()
    write_lines(merge_documents(read_lines(Document, skipped)))
    skipped.leave()
