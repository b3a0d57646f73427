"""`daybook counts`: the published counts."""

from __future__ import annotations

import re

import click

from streams import codec
from streams.commands.common import console
from streams.records import DayCount
from streams.reporting.counts import Selection, as_csv, changes, published, table, top
from streams.settings import Settings, load

LEVELS = ("country", "sector", "entity", "group", "member", "admin1", "place")


@click.command("counts")
@click.option("--kind", type=click.Choice(["actor", "place"]), help="Only actors, or only places.")
@click.option("--day", help="A day (2024-05-17), the start of one (2024-05), or `undated`.")
@click.option("--level", type=click.Choice(LEVELS), help="Only subjects at this level of their path.")
@click.option("--subject", help="Only subjects whose path starts so, such as SDN or UKR.GOV.")
@click.option("--top", "most", type=click.IntRange(1), help="At most so many of each day and kind.")
@click.option("--format", "form", type=click.Choice(["table", "csv", "json"]), default="table", show_default=True)
@click.option(
    "--follow", is_flag=True, help="Print all counts so far and each new one as it is published, until Ctrl-C."
)
def command(
    kind: str | None,
    day: str | None,
    level: str | None,
    subject: str | None,
    most: int | None,
    form: str,
    *,
    follow: bool,
) -> None:
    """Show the counts of actors and places per day, read from the output topics.

    \b
    Example:
      daybook counts --day 2024-05 --kind actor --level country --top 10
      daybook counts --format csv > counts.csv
      daybook counts --format json --follow
    """
    if day and not re.fullmatch(r"undated|\d{4}(-\d\d){0,2}", day):
        raise click.BadParameter("write 2024-05-17, 2024-05, 2024 or undated", param_hint="--day")
    settings, selection = load(), Selection(kind, day, level, subject)
    if follow:
        follow_counts(settings, selection, form)
        return
    counts = published(settings, selection)
    by_kind = {name: [count for count in counts if count.kind == name] for name in ("actor", "place")}
    if most:
        by_kind = {name: top(found, most) for name, found in by_kind.items()}
    if form == "table":
        show(by_kind)
    elif form == "csv":
        click.echo(as_csv([*by_kind["actor"], *by_kind["place"]]), nl=False)
    else:
        for count in [*by_kind["actor"], *by_kind["place"]]:
            click.echo(codec.encode(count))


def show(by_kind: dict[str, list[DayCount]]) -> None:
    """Both tables, or a word that there is nothing."""
    out = console()
    if not any(by_kind.values()):
        out.print("no counts")
    for kind, counts in by_kind.items():
        if counts:
            out.print(table(counts, "actors" if kind == "actor" else "locations"))


def follow_counts(settings: Settings, selection: Selection, form: str) -> None:
    """Print each count as it is published: JSON lines for `json`, else CSV lines."""
    header = form != "json"
    for change in changes(settings, selection):
        if isinstance(change, DayCount):
            line = codec.encode(change).decode() if form == "json" else as_csv([change], header=header).rstrip("\n")
            header = False
            click.echo(line)
        elif change[0].startswith(selection.day or ""):
            click.echo(f"withdrawn: {change[0]} {change[1]}", err=True)
