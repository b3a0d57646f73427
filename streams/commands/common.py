"""What several commands share."""

from __future__ import annotations

from urllib.parse import urlsplit

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from streams.extending.additions import read_additions
from streams.extending.rows import LexiconError
from streams.settings import Settings

WIDTH = 150
"""Columns of a table that goes to a file or a pipe."""


def say(message: str) -> None:
    """A line for people, on standard error, so that standard output stays data."""
    click.echo(message, err=True)


def not_empty(names: tuple[str, ...]) -> None:
    """Refuse an empty path, which would mean the current folder. Raises click's `UsageError`."""
    if "" in names:
        raise click.UsageError("a path is empty")


def console() -> Console:
    """Standard output for tables; wide enough where it is not a terminal."""
    out = Console()
    return out if out.is_terminal else Console(width=WIDTH)


def progress_bar() -> Progress:
    """A progress bar on standard error; silent where that is not a terminal."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    console = Console(stderr=True)
    return Progress(*columns, console=console, disable=not console.is_terminal)


def own_lexicon_is_right(settings: Settings) -> None:
    """Try the user's lexicon files, if there are any, before workers start that would end at once.

    Raises `LexiconError` for all that is wrong, in one message.
    """
    if not settings.lexicon_folder.is_dir():
        read_additions(settings.lexicon_folder)  # which is an error unless it is the default
        return
    from streams.coding.lexicon_check import check_folder  # noqa: PLC0415  (loads spaCy: slow)

    if faults := check_folder(settings.lexicon_folder).faults:
        raise LexiconError("\n".join(faults))


def loopback_port(settings: Settings) -> int | None:
    """The port of the broker's address when that is on this machine, else None."""
    address = urlsplit(f"//{settings.broker.split(',')[0]}")
    return address.port if address.hostname in ("127.0.0.1", "localhost") else None
