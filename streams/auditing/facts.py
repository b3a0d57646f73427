"""Facts: what an audit keeps of a record, short enough to keep a million, telling enough to show beside another."""

from __future__ import annotations

import hashlib
from dataclasses import replace

from streams import codec
from streams.auditing.findings import Findings, Invariant
from streams.auditing.log import text_of
from streams.records import ArticleOutcome, ArticleRead, Contributions, Event, Mentions, Version
from streams.revising.revise import ArticleEntry

Facts = dict[bytes, bytes]
"""By key."""


def digest_of(record: object) -> str:
    """Of the record's JSON: 16 hex digits of its SHA-256, as `streams.merging` remembers an event by."""
    return hashlib.sha256(codec.encode(record)).hexdigest()[:16]


def fact_of_article(entry: ArticleEntry) -> bytes:
    """What the article says now; merge keys, days and sources under which nothing is left are left out."""
    told = {key: mentions for key, mentions in entry.mentions.items() if mentions}
    reads: dict[str, ArticleOutcome | None] = {key: outcome for key, outcome in entry.reads.items() if outcome}
    number = sum(map(len, told.values()))
    told_now = replace(entry, mentions=told, reads=reads, touched=None)
    return _fact(f"version {_version(entry.version)}", number, digest_of(told_now))


def fact_of_mentions(told: Mentions) -> bytes:
    """What one article says under one merge key."""
    return _fact(f"version {_version(told.version)}", len(told.mentions), digest_of(told))


def fact_of_decision(told: Mentions) -> bytes:
    """An editor's decision, as what an article of its own says."""
    decided = "".join(f"{one.action}, digest {digest_of(one)}" for one in told.overrides)
    return f"version {_version(told.version)}, {decided or 'taken back'}".encode()


def version_in(fact: bytes) -> bytes:
    """The version of what an article says, to be compared with others."""
    return fact.partition(b",")[0]


def fact_of_event(event: Event) -> bytes:
    """An event with its numbers and revision."""
    articles = f"revision {event.revision}, {event.articles} articles, {event.sources} sources"
    return _fact(articles, event.mentions, digest_of(event))


def fact_of_contributions(told: Contributions) -> bytes:
    """What one event adds under one day and country."""
    return f"version {told.version}, {len(told.contributions)} subjects, digest {digest_of(told)}".encode()


def fact_of_read(told: ArticleRead) -> bytes:
    """What has become of one article under one day and source."""
    return f"version {_version(told.version)}, {told.outcome or 'not of it'}, {told.mentions} mentions".encode()


def compare(
    findings: Findings, invariant: Invariant, subject: str, expected: bytes | None, there: bytes | None
) -> None:
    """Check that two facts are the same; None is that there is none."""
    findings.checked(invariant)
    if expected != there:
        findings.violated(invariant, subject, text_of(expected or b"none"), text_of(there or b"none"))


def _version(version: Version) -> str:
    return f"{version.fetched} {version.content}"


def _fact(what: str, mentions: int, digest: str) -> bytes:
    return f"{what}, {mentions} mentions, digest {digest}".encode()
