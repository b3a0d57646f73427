"""`daybook broker`: the embedded Kafka in the foreground."""

from __future__ import annotations

import signal
import threading

import click

from streams.broker import EmbeddedBroker
from streams.commands.common import loopback_port, say
from streams.settings import load


@click.command("broker")
def command() -> None:
    """Run a real Apache Kafka on this machine until Ctrl-C.

    Needs neither Java nor Docker. Its data stays under the state folder (.daybook/broker), so that stopping it loses
    nothing.

    \b
    Example:
      daybook broker
      DAYBOOK_BROKER=127.0.0.1:9092 daybook broker
    """
    settings = load()
    port = loopback_port(settings)
    if port is None:
        raise click.UsageError(f"the broker setting {settings.broker} is not on this machine: set DAYBOOK_BROKER")
    stop = threading.Event()
    for sign in (signal.SIGINT, signal.SIGTERM):
        signal.signal(sign, lambda *_: stop.set())
    broker = EmbeddedBroker(settings.state_dir / "broker", port)
    say("starting Kafka ...")
    with broker:
        say(f"Kafka answers at {broker.bootstrap}; data and log in {broker.folder}; Ctrl-C stops it")
        while not stop.wait(0.5):
            if not broker.is_running():
                raise click.ClickException(f"the broker ended by itself: {broker.why_ended()}")
    say("Kafka stopped")
