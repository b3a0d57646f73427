"""`daybook dlq`: the dead letters."""

from __future__ import annotations

import click
from rich.table import Table

from streams.commands.common import console, say
from streams.reporting.dead_letters import DeadLetter, dead_letters, find, retry
from streams.settings import load


@click.group("dlq")
def command() -> None:
    """Look at what could not be read, and send it again.

    \b
    Example:
      daybook dlq list
      daybook dlq show news.articles.v1.dlq:3:0
      daybook dlq retry --all --reason wrong-fields
    """


@command.command("list")
@click.option("--reason", help="Only those with this reason, such as not-json.")
def list_letters(reason: str | None) -> None:
    """List the dead letters: id, stage, reason, message, time, size.

    \b
    Example:
      daybook dlq list --reason not-json
    """
    table = Table(header_style="bold")
    table.add_column("id", no_wrap=True)
    for column in ("stage", "reason", "message", "key", "came from", "time", "bytes"):
        table.add_column(column, overflow="fold")
    for letter in dead_letters(load(), reason):
        headers = letter.headers
        place = f"{letter.topic}:{headers.get('partition', '?')}:{headers.get('offset', '?')}"
        key = (letter.key or b"").decode("utf-8", "replace")
        row = (*(headers.get(name, "") for name in ("stage", "error", "message")), key, place, headers.get("time", ""))
        table.add_row(letter.id, *row, f"{len(letter.value or b'')}{'' if letter.is_whole else ' (cut)'}")
    console().print(table if table.row_count else "no dead letters")


@command.command("show")
@click.argument("letter_id")
def show_letter(letter_id: str) -> None:
    """Print one dead letter: headers on standard error, the original bytes on standard output.

    \b
    Example:
      daybook dlq show news.articles.v1.dlq:3:0 > rejected.bin
    """
    letter = find(load(), {letter_id})[0]
    for name, value in letter.headers.items():
        say(f"{name}: {value}")
    say(f"key: {(letter.key or b'').decode('utf-8', 'replace')}")
    click.echo(letter.value or b"", nl=False)


@command.command("retry")
@click.argument("letter_ids", nargs=-1)
@click.option("--all", "everything", is_flag=True, help="All dead letters, or all of --reason.")
@click.option("--reason", help="With --all: only those with this reason.")
def retry_letters(letter_ids: tuple[str, ...], *, everything: bool, reason: str | None) -> None:
    """Send the original bytes again to the topic they were meant for. The dead letter itself stays.

    \b
    Example:
      daybook dlq retry news.articles.v1.dlq:3:0
    """
    if everything == bool(letter_ids):
        raise click.UsageError("either name the dead letters to retry, or give --all")
    settings = load()
    letters: list[DeadLetter] = list(dead_letters(settings, reason)) if everything else find(settings, set(letter_ids))
    whole = [letter for letter in letters if letter.is_whole]
    retry(settings, whole)
    say(f"{len(whole)} sent again")
    if len(whole) < len(letters):
        raise click.ClickException(f"{len(letters) - len(whole)} were cut when they came here and cannot be sent again")
