"""Expiry on a real broker: old state goes from table and changelog, and neither restart nor audit misses it."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from streams import codec, topics
from streams.agents.stage import origin_headers
from streams.records import Document, Event, MentionRef, Override, Version
from tests.broker.bench import Bench
from tests.broker.test_audit import audit
from tests.broker.worlds import document

pytestmark = [pytest.mark.broker, pytest.mark.timeout(300)]

THEN = datetime(2026, 3, 6, tzinfo=UTC)


def feed(bench: Bench, documents: list[Document], moment: datetime) -> None:
    """The documents, of articles that were published to us at this moment."""
    send(bench, topics.DOCUMENTS.name, [(one.article_id, codec.encode(one)) for one in documents], moment)


def suppress(bench: Bench, events: list[Event], moment: datetime) -> None:
    """An editor's decision of this moment on each event, with the event's id."""
    made = [
        Override(one.id, moment, one.merge_key, "suppress", (held_by(one),), editor="anna", reason="a drill")
        for one in events
    ]
    send(bench, topics.OVERRIDES.name, [(one.id, codec.encode(one)) for one in made], moment)


def held_by(event: Event) -> MentionRef:
    """The mention that a decision on the event is anchored to."""
    return MentionRef(event.reports[0].article_id, event.reports[0].mention_id)


def send(bench: Bench, topic: str, records: list[tuple[str, bytes]], moment: datetime) -> None:
    headers = origin_headers(round(moment.timestamp() * 1000))
    bench.send(topic, [(key.encode(), value) for key, value in records], headers)


def told(prefix: str, number: int) -> list[Document]:
    chance = random.Random(prefix)
    return [document(f"{prefix}{index}", 0, chance) for index in range(number)]


def keys(bench: Bench, table: str) -> set[bytes]:
    """Keys of the live entries of the table's changelog."""
    return {key for key in bench.latest(f"{bench.settings.application_id}-{table}-changelog") if key}


def entries(bench: Bench, table: str, prefix: str) -> int:
    """Live entries that are of articles, or of decisions, named so."""
    return sum(prefix.encode() in key for key in keys(bench, table))


def test_what_is_old_goes_and_stays_gone(bench: Bench) -> None:
    feed(bench, told("old", 60), THEN)
    bench.start()
    bench.wait_idle()
    assert entries(bench, "articles", "old") == 60
    drills = list({event.merge_key: event for _, event in sorted(bench.events().items())}.values())
    suppress(bench, drills, THEN)
    bench.wait_idle()
    assert not {event.id for event in drills} & bench.events().keys()
    assert all(entries(bench, "mentions", event.id) == 1 for event in drills)
    later = THEN + timedelta(days=bench.settings.horizon_days + 2)
    for number in range(6):  # what is old goes a little with each record, once the time is settled
        feed(bench, told(f"new{number}-", 60), later)
        bench.wait_idle()
    assert entries(bench, "articles", "old") == 0
    kept = keys(bench, "mentions")
    about = [f"{event.merge_key}|{held_by(event).article_id}".encode() in kept for event in drills]
    assert False in about
    assert [entries(bench, "mentions", event.id) == 1 for event in drills] == about, "each went with what it is about"
    assert entries(bench, "mentions", "|old") < entries(bench, "mentions", "|new0-")
    assert bench.stop() == 0
    bench.start()
    again = [replace(one, version=Version("2026-09-01T00:00:00.000000Z", "f" * 16)) for one in told("new0-", 60)]
    feed(bench, again, later)
    bench.wait_idle()
    assert bench.stop() == 0
    done = audit(bench.settings)
    assert done.returncode == 0, done.stdout + done.stderr
