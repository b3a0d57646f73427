"""`daybook worker`: the stream agents, supervised."""

from __future__ import annotations

import sys

import click

from streams.commands.common import own_lexicon_is_right
from streams.settings import load
from streams.supervisor import supervise


@click.command("worker")
def command() -> None:
    """Read, code, merge and count what is on the topics, until it is stopped.

    A worker that fails is started again, and the reason is told in the log and in the metrics. It waits while the
    broker is away. Several workers share the partitions. SIGTERM finishes what is under way.

    \b
    Exit codes: 0 stopped in order; 70 too many dead letters; 71 an internal record that cannot be decoded; 72 the
    port of /metrics is taken.
    Example:
      daybook worker
      DAYBOOK_WEB_PORT=9109 daybook worker      # a second one on the same machine
    """
    settings = load()
    own_lexicon_is_right(settings)
    sys.exit(supervise(settings))
