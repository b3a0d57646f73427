"""`daybook feed`: articles from files, folders and standard input to the broker."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import click
from watchfiles import Change, watch

from streams.commands.common import not_empty, progress_bar, say
from streams.feeding.feeder import Fed, Feeder
from streams.feeding.ledger import Ledger, path_name
from streams.feeding.memory import Memory
from streams.feeding.publisher import Publisher, wait_for_broker
from streams.feeding.sources import SUFFIXES, files_under, items_of_stream
from streams.reporting.topic_reader import consumer, partitions_of
from streams.settings import Settings, load
from streams.topic_admin import admin_client, ensure_topics
from streams.topics import ARTICLES


@click.command("feed")
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option("--watch", "watching", is_flag=True, help="Stay, and feed files as they appear or change.")
@click.option("--again", is_flag=True, help="Send also what this broker has acknowledged before.")
@click.option("--retract-missing", is_flag=True, help="Retract the articles of text and HTML files that are gone.")
def command(paths: tuple[str, ...], *, watching: bool, again: bool, retract_missing: bool) -> None:
    """Publish articles: text, HTML, JSON Lines (Article records), folders of them, or - for standard input.

    An article is known by its id, else its URL, else source and text; the same article twice is one article. An edited
    text or HTML file is a correction of the article that it told before. A feed that was broken off goes on where it
    stopped. While the broker is away it waits. What cannot be read is told by `daybook dlq list`.

    \b
    Example:
      daybook feed seeds/articles/
      daybook feed --watch --retract-missing /srv/scraped
      zcat dump.jsonl.gz | daybook feed -
    """
    not_empty(paths)
    settings = load()
    fed = feed(settings, list(paths), again=again, retract_missing=retract_missing)
    say(summary(fed))
    if watching:
        watch_folders(settings, [Path(path) for path in paths if path != "-"], retract_missing=retract_missing)
    sys.exit(1 if fed.refused else 0)


def feed(settings: Settings, paths: list[str], *, again: bool = False, retract_missing: bool = False) -> Fed:
    """Publish all that is in `paths`, with a progress bar; returns when it is acknowledged."""
    places = [Path(path) for path in paths if path != "-"]
    files = files_under(places)
    wait_for_broker(settings, say)
    ensure_topics(settings)
    with opened_publisher(settings) as publisher, progress_bar() as bar:
        warn_of_lost_ledger(settings, publisher.memory.ledger)
        if retract_missing:
            check_folders(publisher.memory.ledger, places)
        feeder = Feeder(publisher, max_future_hours=settings.max_future_hours, again=again)
        task = bar.add_task("feeding files", total=len(files) + paths.count("-"))
        feeder.feed_files(files, lambda: bar.advance(task))
        if "-" in paths:
            feeder.feed_items(items_of_stream(sys.stdin.buffer, "standard input", datetime.now(UTC)))
            bar.advance(task)
        if retract_missing:
            feeder.retract_missing(places)
        publisher.finish()
        return feeder.fed


def check_folders(ledger: Ledger, paths: Iterable[Path]) -> None:
    """Refuse to take every article of a folder back: more likely its disk is not mounted. Raises `ClickException`."""
    for path in paths:
        told = len(ledger.paths_under(path_name(path)))
        if told and path.is_dir() and not files_under([path]):
            raise click.ClickException(
                f"{path} is empty and told {told} articles before; is it the right folder? "
                "Nothing was retracted; `daybook retract --file` does it one by one"
            )


def watch_folders(settings: Settings, paths: list[Path], *, retract_missing: bool = False) -> None:
    """Feed files as they appear or change, until Ctrl-C."""
    say(f"watching {', '.join(map(str, paths))}; Ctrl-C stops")
    with opened_publisher(settings) as publisher:
        for changes in watch(*paths, raise_interrupt=False):
            feeder = Feeder(publisher, max_future_hours=settings.max_future_hours)
            feeder.feed_files(changed_files(Path(name) for change, name in changes if change != Change.deleted))
            if retract_missing:
                feeder.retract_missing(Path(name) for change, name in changes if change == Change.deleted)
            publisher.finish()
            if feeder.fed.published or feeder.fed.refused or feeder.fed.retracted:
                say(summary(feeder.fed))


def changed_files(paths: Iterable[Path]) -> list[Path]:
    """The article files at these paths and in folders that came as a whole, if they are still there."""
    found = {file for path in paths if path.exists() for file in files_under([path])}
    return sorted(file for file in found if file.is_file() and file.suffix.lower() in SUFFIXES)


@contextlib.contextmanager
def opened_publisher(settings: Settings) -> Iterator[Publisher]:
    """A publisher with the ledger of the cluster that it speaks to. Raises `KafkaError`."""
    with admin_client(settings) as admin:
        cluster = str(admin.describe_cluster()["cluster_id"])
    ledger = Ledger(settings.state_dir / "feeder.sqlite", cluster)
    publisher = Publisher(settings, Memory(ledger), say)
    try:
        yield publisher
    finally:
        publisher.close()


def warn_of_lost_ledger(settings: Settings, ledger: Ledger) -> None:
    """Say that edits of what was fed elsewhere cannot be known here, if there is anything on the topic."""
    if not ledger.is_empty():
        return
    with consumer(settings) as reader:
        parts = partitions_of(reader, [ARTICLES.name])
        if any(reader.end_offsets(parts).values()):
            say(
                f"nothing was fed to this broker from here before, and {ARTICLES.name} is not empty: "
                "a text file that was edited since it was fed elsewhere is a new article"
            )


def summary(fed: Fed) -> str:
    """What a feed did, in a line."""
    parts = [f"{fed.published} published", f"{fed.known} known already"]
    more = [f"{number} {what}" for number, what in ((fed.retracted, "retracted"), (fed.refused, "too large")) if number]
    return "fed: " + ", ".join(parts + more)
