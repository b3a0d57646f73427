"""`daybook run`: broker, topics, worker, feed and counts in one command."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import click
from rich.progress import TaskID

from streams.broker import EmbeddedBroker, is_ready, port_is_taken
from streams.commands.common import loopback_port, own_lexicon_is_right, progress_bar, say
from streams.commands.counts import show
from streams.commands.feed import feed, summary
from streams.feeding.sources import files_under
from streams.lifeline import signal_with_parent
from streams.reporting.counts import Selection, published, top, without_echoes
from streams.reporting.dead_letters import dead_letters
from streams.reporting.progress import StageProgress, wait_until_done
from streams.settings import Settings, load
from streams.supervisor import KILL_SECONDS
from streams.topic_admin import ensure_topics
from streams.topics import ACTOR_COUNTS, EVENTS, LOCATION_COUNTS

READY_SECONDS = 120.0
PATIENCE_SECONDS = 30.0
DEFAULT_ARTICLES = "seeds/articles"


@click.command("run")
@click.option("--articles", default=DEFAULT_ARTICLES, show_default=True, help="File or folder to feed.")
@click.option("--once", is_flag=True, help="Stop when every stage has finished its input and the counts are shown.")
@click.option("--top", "most", type=click.IntRange(1), default=3, show_default=True, help="Rows of each day.")
def command(articles: str, *, once: bool, most: int) -> None:
    """Do the whole job on this machine: start Kafka and the worker, feed articles, show the counts.

    Uses the broker at DAYBOOK_BROKER when one answers there, else starts the embedded one.

    \b
    Example:
      daybook run
      daybook run --once --articles /srv/scraped
    """
    for sign in (signal.SIGINT, signal.SIGTERM):  # SIGINT too: a shell starts background jobs with it ignored
        signal.signal(sign, signal.default_int_handler)
    settings = load()
    files_under([Path(articles)])  # a wrong path is told before anything is started
    own_lexicon_is_right(settings)
    if port_is_taken(settings.web_port):
        raise click.ClickException(f"port {settings.web_port} is taken: does Daybook run already? Set DAYBOOK_WEB_PORT")
    with broker_for(settings), worker_for(settings) as worker:
        say(summary(feed(settings, [articles])))
        if not follow_to_the_end(settings, worker):
            raise click.ClickException(f"the worker ended with code {worker.returncode}; see {log_file(settings)}")
        show_counts(settings, most)
        if rejected := sum(1 for _ in dead_letters(settings)):
            say(f"{rejected} records could not be read; `daybook dlq list` tells why")
        click.echo(where(settings))
        if not once:
            say("running until Ctrl-C; feed more with `daybook feed PATH`")
            with contextlib.suppress(KeyboardInterrupt):
                worker.wait()
            if worker.returncode:
                raise click.ClickException(f"the worker ended with code {worker.returncode}; see {log_file(settings)}")


@contextlib.contextmanager
def broker_for(settings: Settings) -> Iterator[None]:
    """The broker that answers at the address of the settings, or the embedded one for as long as this lasts."""
    port = loopback_port(settings)
    if is_ready(settings.broker, settings.security_protocol):
        say(f"using the broker at {settings.broker}")
        yield
    elif port is None:
        raise click.ClickException(f"no broker answers at {settings.broker}")
    else:
        say("starting Kafka ...")
        with EmbeddedBroker(settings.state_dir / "broker", port) as broker:
            say(f"Kafka answers at {broker.bootstrap}")
            yield
        say("Kafka stopped")


@contextlib.contextmanager
def worker_for(settings: Settings) -> Iterator[subprocess.Popen[bytes]]:
    """The supervised worker, ready, for as long as this lasts; its log goes to a file of the state folder."""
    ensure_topics(settings)
    with log_file(settings).open("ab") as log:
        worker = subprocess.Popen(
            [sys.executable, "-m", "streams.cli", "worker"],
            stdout=log,
            stderr=log,
            stdin=subprocess.DEVNULL,
            process_group=0,
            preexec_fn=partial(signal_with_parent, signal.SIGKILL),  # noqa: PLW1509  (one thread; crash-only)
        )
    try:
        wait_ready(settings, worker)
        yield worker
    finally:
        say("stopping the worker ...")
        worker.terminate()
        try:
            worker.wait(KILL_SECONDS + 5)
        except subprocess.TimeoutExpired:
            os.killpg(worker.pid, signal.SIGKILL)
            worker.wait()


def wait_ready(settings: Settings, worker: subprocess.Popen[bytes]) -> None:
    """Wait until the worker has its partitions and its state. Raises `ClickException` when it does not come up."""
    say("starting the worker ...")
    url = f"http://{settings.web_host}:{settings.web_port}/readyz"
    deadline = time.monotonic() + READY_SECONDS
    while time.monotonic() < deadline:
        if worker.poll() is not None:
            raise click.ClickException(f"the worker ended with code {worker.returncode}; see {log_file(settings)}")
        with contextlib.suppress(urllib.error.URLError, OSError), urllib.request.urlopen(url, timeout=2) as answer:
            if answer.status == 200:
                return
        time.sleep(0.2)
    raise click.ClickException(f"the worker was not ready within {READY_SECONDS:.0f} s; see {log_file(settings)}")


def follow_to_the_end(settings: Settings, worker: subprocess.Popen[bytes]) -> bool:
    """Show how far the stages are until none has lag; False when the worker ended before."""
    with progress_bar() as bar:
        tasks: dict[str, TaskID] = {}
        last, since = -1, time.monotonic()

        def update(progress: list[StageProgress]) -> None:
            nonlocal last, since
            for stage in progress:
                if stage.topic not in tasks:
                    tasks[stage.topic] = bar.add_task(stage.topic, total=stage.end)
                bar.update(tasks[stage.topic], completed=stage.committed, total=stage.end)
            finished = sum(stage.committed for stage in progress)
            if finished != last:
                last, since = finished, time.monotonic()
            elif time.monotonic() > since + PATIENCE_SECONDS:
                since = time.monotonic()
                say(f"no progress for {PATIENCE_SECONDS:.0f} s; still waiting. The log tells why: {log_file(settings)}")

        return wait_until_done(settings, alive=lambda: worker.poll() is None, on_progress=update)


def show_counts(settings: Settings, most: int) -> None:
    """The top actors and locations of each day, as they stand on the output topics."""
    by_kind = {kind: published(settings, Selection(kind=kind)) for kind in ("actor", "place")}
    show({kind: top(without_echoes(counts), most) for kind, counts in by_kind.items()})


def where(settings: Settings) -> str:
    """Where a user finds metrics, health, topics and logs."""
    web = f"http://{settings.web_host}:{settings.web_port}"
    return "\n".join((
        f"metrics  {web}/metrics",
        f"health   {web}/healthz  {web}/readyz",
        f"topics   {settings.broker}: {ACTOR_COUNTS.name}, {LOCATION_COUNTS.name}, {EVENTS.name} (all: daybook topics)",
        "counts   daybook counts --help",
        f"log      {log_file(settings)}",
    ))  # fmt: skip


def log_file(settings: Settings) -> Path:
    """The worker's log."""
    settings.state_dir.mkdir(parents=True, exist_ok=True)
    return settings.state_dir / "worker.log"
