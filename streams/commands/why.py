"""`daybook why`: why an event is what it is."""

from __future__ import annotations

import sys
from functools import partial
from typing import BinaryIO

import click

from streams import codec
from streams.commands.common import say
from streams.commands.filters import Skipped, read_lines
from streams.explaining.explain_event import Sentences, explain_event, no_sentences
from streams.explaining.present import Found, PresentEvent, find
from streams.explaining.sentences import sentences_of
from streams.explaining.wording import absent_line, lines_of
from streams.merging.merge import state_of
from streams.merging.state import MergeState
from streams.records import Document
from streams.settings import load

NO_EVENT = 3
"""Exit code when no event has the id now."""


@click.command("why")
@click.argument("event_id")
@click.option("--documents", type=click.File("rb"), metavar="FILE",
              help="The lines of `daybook code` (-: standard input) instead of the broker.")  # fmt: skip
@click.option("--text/--no-text", "with_text", default=True, show_default=True,
              help="Look for the sentences in the documents' topic, which is kept for 30 days.")  # fmt: skip
@click.option("--near", type=click.IntRange(0), default=3, show_default=True, help="Other events shown at most.")
@click.option("--most", type=click.IntRange(1), default=20, show_default=True,
              help="Mentions shown at most; --json has all.")  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="One JSON object on standard output, for programs.")
def command(event_id: str, documents: BinaryIO | None, near: int, most: int, *, with_text: bool, as_json: bool) -> None:
    """Tell which mentions were joined into one event and on which evidence, and what was kept apart from it.

    Reads the worker's table of mentions, so it needs a broker but no worker; docs/merging.md tells what the points
    mean. With --documents it needs no broker.

    Exit code: 0 explained; 3 no event has this id now, and standard error tells what has become of it; 1 any failure.

    \b
    Example:
      daybook why 3fd0c6b2a1e94c7d8f05
      daybook why 3fd0c6b2a1e94c7d8f05 --json | python -m json.tool
      daybook why 3fd0c6b2a1e94c7d8f05 --documents documents.jsonl
    """
    if documents is None:
        state, event = on_broker(event_id)
    else:
        state, event, texts = in_documents(event_id, documents)
    found = there(event, event_id)
    if documents is None:
        texts = from_topic(found) if with_text else no_sentences
    explanation = explain_event(state, found, texts, near)
    if as_json:
        click.echo(codec.encode(explanation))
        return
    for line in lines_of(explanation, most):
        click.echo(line)


def on_broker(event_id: str) -> tuple[MergeState, Found]:
    """All that the service knows around the event, and the event."""
    from streams.reporting.merge_table import told_around  # noqa: PLC0415  (Kafka, which the filter does without)

    state, published = told_around(load(), event_id)
    return state, find(state, event_id, published)


def from_topic(event: PresentEvent) -> Sentences:
    """The sentences of the event's mentions, from their documents."""
    from streams.reporting.merge_table import texts_of  # noqa: PLC0415

    return partial(sentences_of, documents=texts_of(load(), [one.telling.mention for one in event.members]))


def in_documents(event_id: str, documents: BinaryIO) -> tuple[MergeState, Found, Sentences]:
    """The same from the lines of `daybook code`; lines that cannot be read are named and skipped."""
    read = list(read_lines(Document, Skipped(), documents))
    state = state_of(read)
    texts = {one.article_id: one for one in sorted(read, key=lambda one: one.version)}
    return state, find(state, event_id), partial(sentences_of, documents=texts)


def there(event: Found, event_id: str) -> PresentEvent:
    """The event; ends the program, saying what has become of it, when it is none now."""
    if isinstance(event, PresentEvent):
        return event
    say(f"daybook: {absent_line(event, event_id)}")
    sys.exit(NO_EVENT)
