"""Compares what is on the topics with the truth."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from kafka import KafkaConsumer, TopicPartition

from streams import codec, topics
from streams.clients import client_options
from streams.commands.audit import audit_at_rest
from streams.generations import REVISIONS, Generation
from streams.records import ArticleCount, DayCount, Event
from streams.reporting.generations import serving_generation
from streams.settings import Settings
from tests.faults.truth import Truth
from tests.unit.simulation.outcome import KINDS, plain_articles, plain_count, plain_event

AUDIT_SECONDS = 120.0
MAX_VIOLATIONS = 20
"""Of each invariant; the rest is not listed."""
ARTICLE_NUMBERS = ("read", "coded", "skipped", "with_events", "mentions")

Place = tuple[str, int, int]
"""Topic, partition, offset."""
Counts = Mapping[tuple[str, str], Mapping[str, Any]]
"""By (kind, `day|subject`)."""


@dataclass(frozen=True, slots=True)
class Kept:
    """One record as the broker keeps it."""

    place: Place
    key: bytes | None
    value: bytes | None
    headers: dict[str, str]


@dataclass(slots=True)
class Verdict:
    """What is wrong; nothing when `is_exact`."""

    lost: int = 0
    """Events missing from the counts, summed over subjects."""
    doubled: int = 0
    """Events too many in the counts, summed over subjects."""
    wrong: list[str] = field(default_factory=list)
    """Everything that differs, for people."""
    replayed: int = 0
    """Records on `news.documents.v1` and `news.mentions.v1` beyond those that one pass over the inputs makes.

    Each stands for an article or a document (under one of its merge keys) that was processed again after a fault, or
    for what such a record led to. What MERGE and COUNT repeat is not in it: their outputs depend on order.
    """

    @property
    def is_exact(self) -> bool:
        return not (self.lost or self.doubled or self.wrong)


def judge(settings: Settings, truth: Truth) -> Verdict:
    """Read the topics and compare, and audit; the service must be stopped."""
    verdict = Verdict()
    generation = serving_generation(settings)
    _compare_counts(verdict, truth, settings)
    events = {key: plain_event(codec.decode(Event, value)) for key, value in latest(settings, topics.EVENTS.name)}
    verdict.wrong += differences("event", truth.events, events)
    counted = {key: codec.decode(ArticleCount, value) for key, value in latest(settings, topics.ARTICLE_COUNTS.name)}
    told = {key: _named(plain_articles(count)) for key, count in counted.items()}
    verdict.wrong += differences("articles", {key: _named(one) for key, one in truth.articles.items()}, told)
    verdict.wrong += _wrong_dead_letters(settings, truth)
    verdict.wrong += _left_of_former(settings, generation)
    verdict.wrong += _audited(settings)
    documents, mentions = (
        end_of(settings, generation.name_of(topic.name)) for topic in (topics.DOCUMENTS, topics.MENTIONS)
    )
    again = documents - truth.documents
    if again < 0:
        verdict.wrong.append(f"{-again} documents are missing on {topics.DOCUMENTS.name}")
    verdict.replayed = max(0, again) + max(0, mentions - truth.mentions)
    return verdict


def compared_counts(expected: Counts, found: Counts) -> tuple[int, int]:
    """Events lost and doubled, each summed over the subjects."""
    subjects = expected.keys() | found.keys()
    missing = [expected.get(key, {}).get("events", 0) - found.get(key, {}).get("events", 0) for key in subjects]
    return sum(max(0, one) for one in missing), sum(max(0, -one) for one in missing)


def differences(what: str, expected: Mapping[Any, Any], found: Mapping[Any, Any]) -> Iterator[str]:
    """One line for each key whose values are not the same."""
    for key in sorted(expected.keys() | found.keys()):
        one, other = expected.get(key), found.get(key)
        if one is None or other is None:
            yield f"{what} {key}: expected {one}, found {other}"
        elif one != other:
            yield f"{what} {key}: " + "; ".join(
                f"{name}: expected {one[name]!r}, found {other[name]!r}" for name in one if one[name] != other[name]
            )


def latest(settings: Settings, topic: str) -> Iterator[tuple[str, bytes]]:
    """The last value of each key of a compacted topic; tombstones left out."""
    last = {record.key: record.value for record in read(settings, topic)}
    return (((key or b"").decode(), value) for key, value in last.items() if value is not None)


def read(settings: Settings, topic: str) -> Iterator[Kept]:
    """All records of a topic, in order within each partition."""
    consumer = KafkaConsumer(
        **client_options(settings), auto_offset_reset="earliest", enable_auto_commit=False,
        isolation_level="read_committed",
    )  # fmt: skip
    parts = [TopicPartition(topic, number) for number in range(settings.partitions)]
    consumer.assign(parts)
    consumer.seek_to_beginning(*parts)
    ends = consumer.end_offsets(parts)
    while any(consumer.position(part) < ends[part] for part in parts):
        for batch in consumer.poll(500).values():
            for one in batch:
                headers = {name: value.decode() for name, value in one.headers}
                yield Kept((one.topic, one.partition, one.offset), one.key, one.value, headers)
    consumer.close()


def end_of(settings: Settings, topic: str) -> int:
    """How many records were ever written to a topic."""
    consumer = KafkaConsumer(**client_options(settings))
    ends = consumer.end_offsets([TopicPartition(topic, number) for number in range(settings.partitions)])
    consumer.close()
    return sum(ends.values())


def _compare_counts(verdict: Verdict, truth: Truth, settings: Settings) -> None:
    found = {
        (kind, key): plain_count(codec.decode(DayCount, value))
        for kind, topic in KINDS.items()
        for key, value in latest(settings, topic)
    }
    verdict.lost, verdict.doubled = compared_counts(truth.counts, found)
    verdict.wrong += differences("count", truth.counts, found)


def _named(numbers: tuple[int, ...]) -> dict[str, int]:
    return dict(zip(ARTICLE_NUMBERS, numbers, strict=True))


def _left_of_former(settings: Settings, generation: Generation) -> Iterator[str]:
    """What stands on the public topics with a revision of another generation than the one that serves."""
    lowest, above = generation.revision(0), generation.revision(REVISIONS)
    for topic in (topics.EVENTS.name, *KINDS.values(), topics.ARTICLE_COUNTS.name):
        for key, value in latest(settings, topic):
            revision = codec.parse(value)["revision"]
            if not lowest <= revision < above:
                yield f"{topic} {key} has revision {revision}, which is not of generation {generation.number}"


def _audited(settings: Settings) -> Iterator[str]:
    """What `daybook audit` finds."""
    findings = audit_at_rest(settings, MAX_VIOLATIONS, time.monotonic() + AUDIT_SECONDS)
    if findings is None:
        yield f"audit: not at rest in {AUDIT_SECONDS:.0f} s"
    for one in (violation for finding in findings or () for violation in finding.first):
        yield f"audit {one.invariant}: {one.subject}: expected {one.expected}, found {one.there}"


def _wrong_dead_letters(settings: Settings, truth: Truth) -> Iterator[str]:
    """Each poison record must be kept at least once, with its bytes and its place, and nothing else may be."""
    inputs = (topics.ARTICLES, topics.OVERRIDES)
    sent = {one.place: (one.key, one.value) for topic in inputs for one in read(settings, topic.name)}
    poison = {place: told for place, told in sent.items() if told in truth.poison}
    if len(truth.poison) > len(poison):
        yield f"of {len(truth.poison)} poison records {len(poison)} are on {inputs[0].name} and {inputs[1].name}"
    kept = {}
    for topic in topics.DEAD_LETTERS:
        for one in read(settings, topic.name):
            kept[_origin(one)] = (one.key, one.value)
    for place in sorted(poison.keys() | kept.keys()):
        if place not in kept:
            yield f"dead letter of {place} is missing"
        elif place not in poison:
            yield f"dead letter of {place}, which is no poison: {sent.get(place)}"[:500]
        elif kept[place] != poison[place]:
            yield f"dead letter of {place} has other bytes than the record"


def _origin(letter: Kept) -> Place:
    return letter.headers["topic"], int(letter.headers["partition"]), int(letter.headers["offset"])
