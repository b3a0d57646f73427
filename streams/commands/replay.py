"""`daybook replay`: build the service anew from the first article on, beside the one that runs, and switch over."""

from __future__ import annotations

import signal
import time

import click
from rich.progress import Progress, TaskID
from rich.table import Table

from streams.commands.common import console, own_lexicon_is_right, progress_bar, say
from streams.extending.additions import read_additions
from streams.replaying.cleaning import clean
from streams.replaying.code_version import code_version
from streams.replaying.differences import Kind
from streams.replaying.replay import Observer, Outcome, Wanted, replay
from streams.settings import load

SAY_SECONDS = 30.0
"""Between two lines of progress where there is no terminal."""


@click.command("replay")
@click.option("--compare", "compare_only", is_flag=True, help="Build and compare; do not switch over.")
@click.option("--anew", is_flag=True, help="Give up what an earlier replay has half built.")
@click.option("--incomplete", is_flag=True, help="Go on although retention has deleted articles that were counted.")
@click.option("--clean", "only_clean", is_flag=True, help="Only delete what former generations left on the broker.")
def command(*, compare_only: bool, anew: bool, incomplete: bool, only_clean: bool) -> None:
    """Read all articles again with this version of Daybook, and let the result take the place of what is published.

    The running service goes on until everything is built; then its workers end, what differs is published, and they
    come up again on the new state. A replay that was broken off goes on where it was. docs/operating.md tells more.

    \b
    Example:
      daybook replay --compare
      daybook replay
      daybook replay --clean
    """
    for sign in (signal.SIGINT, signal.SIGTERM):
        signal.signal(sign, signal.default_int_handler)
    settings = load()
    if only_clean:
        deleted = clean(settings)
        say("\n".join([*(f"deleted {name}" for name in deleted), f"{len(deleted)} topics deleted"]))
        return
    own_lexicon_is_right(settings)
    code = code_version(read_additions(settings.lexicon_folder))
    wanted = Wanted(code, anew=anew, compare_only=compare_only, incomplete=incomplete)
    with progress_bar() as bar:
        outcome = replay(settings, wanted, Observer(say, Bars(bar).update))
    show(outcome)
    if compare_only:
        say(f"generation {outcome.number} is built and not public; `daybook replay` goes on from here")
    else:
        say(f"generation {outcome.number} serves; `daybook replay --clean` deletes what those before it left")


class Bars:
    """A bar for each input, and a line now and then where bars are not seen."""

    def __init__(self, bar: Progress) -> None:
        self._bar = bar
        self._tasks: dict[str, TaskID] = {}
        self._told = time.monotonic()

    def update(self, topic: str, finished: int, there: int) -> None:
        """So many records of an input are finished."""
        if topic not in self._tasks:
            self._tasks[topic] = self._bar.add_task(topic, total=there)
        self._bar.update(self._tasks[topic], completed=finished, total=there)
        if self._bar.disable and time.monotonic() > self._told + SAY_SECONDS:
            self._told = time.monotonic()
            say(f"{topic}: {finished:,} of {there:,} records finished")


def show(outcome: Outcome) -> None:
    """How the new generation differs from what was public, by topic."""
    table = Table(header_style="bold")
    table.add_column("topic", no_wrap=True)
    for kind in Kind:
        table.add_column(kind.value, justify="right")
    for topic, tally in outcome.tallies.items():
        table.add_row(topic, *(f"{tally.numbers[kind]:,}" for kind in Kind))
    console().print(table)
    if outcome.letters:
        say(f"{outcome.letters:,} articles are dead letters of the new generation only")
