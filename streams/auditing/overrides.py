"""Editors' decisions on `news.overrides.v1`, against those that table mentions keeps."""

from __future__ import annotations

from streams import codec, topics
from streams.auditing.facts import compare, fact_of_decision, version_in
from streams.auditing.findings import OVERRIDES, Findings
from streams.auditing.log import Log, text_of
from streams.merging.entry import entry_key
from streams.merging.overrides import told_of
from streams.records import InvalidRecordError, Mentions, Override

Decisions = dict[bytes, tuple[int, bytes]]
"""The newest of each id and merge key, with the last day on which any of them came; by the keys of table mentions."""


def newest_decisions(log: Log) -> Decisions:
    """What editors decided. What does not decode, or decides nothing, is a dead letter: people write these records."""
    newest: dict[bytes, Mentions] = {}
    days: dict[bytes, int] = {}
    for part in log.parts(topics.OVERRIDES.name):
        for record in log.read(part):
            try:
                told = told_of(codec.decode(Override, record.value or b""))
            except InvalidRecordError:
                continue
            key = entry_key(told).encode()
            days[key] = max(record.day, days.get(key, 0))
            if key not in newest or told.version >= newest[key].version:
                newest[key] = told
    return {key: (days[key], fact_of_decision(told)) for key, told in newest.items()}


def check_decision(decisions: Decisions, key: bytes, told: Mentions, before: int, findings: Findings) -> None:
    """Check one decision of table mentions, and take it off.

    One that last came before the day `before` may have expired, and an older one may have come after that.
    """
    day, expected = decisions.pop(key, (before, None))
    there = fact_of_decision(told)
    is_older = expected is not None and version_in(there) < version_in(expected)
    if is_older and day < before:
        findings.checked(OVERRIDES)
    else:
        compare(findings, OVERRIDES, f"entry {text_of(key)}", expected, there)


def check_undecided(decisions: Decisions, before: int, findings: Findings) -> None:
    """Decisions that table mentions does not know: one taken back need not be known, nor one that has expired."""
    for key, (day, fact) in decisions.items():
        if day < before or fact.endswith(b", taken back"):
            findings.checked(OVERRIDES)
        else:
            compare(findings, OVERRIDES, f"entry {text_of(key)}", fact, None)
    decisions.clear()
