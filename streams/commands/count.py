"""`daybook count`: events to counts, without a broker."""

from __future__ import annotations

import click

from streams.commands.filters import Skipped, read_lines, write_lines
from streams.counting.count import count_events
from streams.records import Event


@click.command("count")
def command() -> None:
    """Read the lines of `daybook merge` and print one DayCount a line, by day and subject.

    \b
    Example:
      daybook code seeds/articles/*.txt | daybook merge | daybook count > counts.jsonl
    """
    skipped = Skipped()
    write_lines(count_events(read_lines(Event, skipped)))
    skipped.leave()
