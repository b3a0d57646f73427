"""What the filters share: JSON Lines in, JSON Lines out, and an exit code that tells of lines that were skipped.

They run the pure stages without a broker, for looking, evaluation, and to compare the service with.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from typing import TypeVar

import click

from streams import codec
from streams.commands.common import say
from streams.records import InvalidRecordError

Record = TypeVar("Record")


class Skipped:
    """Counts the lines that could not be read, names each on standard error, and sets the exit code."""

    def __init__(self) -> None:
        self.lines = 0

    def add(self, origin: str, error: InvalidRecordError) -> None:
        """One more."""
        self.lines += 1
        say(f"{origin}: skipped ({error.reason}): {error}")

    def leave(self) -> None:
        """End the program: 0 when nothing was skipped, else 1."""
        if self.lines:
            say(f"{self.lines} skipped")
        sys.exit(1 if self.lines else 0)


def read_lines(record_type: type[Record], skipped: Skipped, lines: Iterable[bytes] | None = None) -> Iterator[Record]:
    """The records in `lines`, else on standard input, one JSON object a line."""
    for number, line in enumerate(sys.stdin.buffer if lines is None else lines, 1):
        if line.strip():
            try:
                yield codec.decode(record_type, line)
            except InvalidRecordError as error:
                skipped.add(f"line {number}", error)


def write_lines(records: Iterable[object]) -> None:
    """The records on standard output, one JSON object a line."""
    for record in records:
        click.echo(codec.encode(record))
