"""`daybook feed`: articles from files, folders and standard input to the broker."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import click
from watchfiles import watch

from streams.commands.common import not_empty, progress_bar, say
from streams.feeding.ledger import Ledger
from streams.feeding.publisher import Fed, Publisher, wait_for_broker
from streams.feeding.sources import SUFFIXES, Item, files_under, items_of_file, items_of_stream
from streams.settings import Settings, load
from streams.topic_admin import admin_client, ensure_topics


@click.command("feed")
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option("--watch", "watching", is_flag=True, help="Stay, and feed files as they appear or change.")
@click.option("--again", is_flag=True, help="Send also what this broker has acknowledged before.")
def command(paths: tuple[str, ...], *, watching: bool, again: bool) -> None:
    """Publish articles: text, HTML, JSON Lines (Article records), folders of them, or - for standard input.

    An article is known by its id, else its URL, else source and text; the same article twice is one article. So an
    edited text file is a new article: send corrections as JSON Lines with id or url. A feed that was broken off goes on
    where it stopped. While the broker is away it waits. What cannot be read is told by `daybook dlq list`.

    \b
    Example:
      daybook feed seeds/articles/
      daybook feed --watch /srv/scraped
      zcat dump.jsonl.gz | daybook feed -
    """
    not_empty(paths)
    settings = load()
    fed = feed(settings, list(paths), again=again)
    say(summary(fed))
    if watching:
        watch_folders(settings, [Path(path) for path in paths if path != "-"])
    sys.exit(1 if fed.refused else 0)


def feed(settings: Settings, paths: list[str], *, again: bool = False) -> Fed:
    """Publish all that is in `paths`, with a progress bar; returns when it is acknowledged."""
    files = files_under(Path(path) for path in paths if path != "-")
    wait_for_broker(settings, say)
    ensure_topics(settings)
    publisher, ledger = open_publisher(settings)
    try:
        with progress_bar() as bar:
            task = bar.add_task("feeding files", total=len(files) + paths.count("-"))

            def items() -> Iterator[Item]:
                for file in files:
                    yield from items_of_file(file)
                    bar.advance(task)
                if "-" in paths:
                    yield from items_of_stream(sys.stdin.buffer, "standard input", datetime.now(UTC))
                    bar.advance(task)

            return publisher.publish(items(), again=again)
    finally:
        publisher.close()
        ledger.close()


def watch_folders(settings: Settings, paths: list[Path]) -> None:
    """Feed files as they appear or change, until Ctrl-C."""
    say(f"watching {', '.join(map(str, paths))}; Ctrl-C stops")
    publisher, ledger = open_publisher(settings)
    try:
        for changes in watch(*paths, raise_interrupt=False):
            changed = sorted({Path(name) for _, name in changes})
            files = [file for file in changed if file.is_file() and file.suffix.lower() in SUFFIXES]
            fed = publisher.publish(item for file in files for item in items_of_file(file))
            if fed.published or fed.refused:
                say(summary(fed))
    finally:
        publisher.close()
        ledger.close()


def open_publisher(settings: Settings) -> tuple[Publisher, Ledger]:
    """A publisher and the ledger of the cluster that it speaks to. Raises `KafkaError`."""
    with admin_client(settings) as admin:
        cluster = str(admin.describe_cluster()["cluster_id"])
    ledger = Ledger(settings.state_dir / "feeder.sqlite", cluster)
    return Publisher(settings, ledger, say), ledger


def summary(fed: Fed) -> str:
    """What a feed did, in a line."""
    parts = [f"{fed.published} published", f"{fed.known} known already"]
    return "fed: " + ", ".join(parts + ([f"{fed.refused} too large"] if fed.refused else []))
