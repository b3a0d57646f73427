"""`daybook topics`: create and verify the topics."""

from __future__ import annotations

import click
from rich.table import Table

from streams.commands.common import console
from streams.reporting.generations import serving_generation
from streams.settings import load
from streams.topic_admin import ensure_topics, topics_of
from streams.topics import DAY_MS


@click.command("topics")
def command() -> None:
    """Create the topics that are missing, and verify partitions and clean-up of those that exist.

    \b
    Example:
      daybook topics
    """
    settings = load()
    generation = serving_generation(settings)
    created = {state.name for state in ensure_topics(settings, generation) if state.created}
    table = Table(header_style="bold")
    for column in ("topic", "key", "clean-up", "kept", "about", ""):
        table.add_column(column, overflow="fold")
    for topic in topics_of(generation):
        kept = "for ever" if topic.retention_ms < 0 else f"{topic.retention_ms // DAY_MS} days"
        if topic.cleanup == "compact":
            kept = "last of each key"
        done = "created" if topic.name in created else "verified"
        table.add_row(topic.name, topic.key, topic.cleanup, kept, topic.about, done)
    console().print(table)
