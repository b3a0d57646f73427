"""The published counts, against the sums of table contributions."""

from __future__ import annotations

from collections.abc import Mapping

from streams import topics
from streams.auditing.contributions import NUMBERS, Sums
from streams.auditing.findings import COUNTS, NOT_NEGATIVE, Findings
from streams.auditing.log import Layout, Log, decoded, last_values, text_of
from streams.records import DayCount

LAYOUT = Layout(version=(("revision",),))
KINDS = {"actor": topics.ACTOR_COUNTS.name, "place": topics.LOCATION_COUNTS.name}


def check_counts(log: Log, sums: Sums, closed: Mapping[str, bool], findings: Findings) -> None:
    """Check every published count, and take it off the sums. Those of closed days stay as they are."""
    for kind, topic in KINDS.items():
        for part in log.parts(topic):
            values = last_values(log, part, LAYOUT, findings)
            for key, count in decoded(values, DayCount, lambda count: f"{count.day}|{count.subject}", topic, findings):
                subject = f"{kind} {text_of(key)}"
                _check_numbers(subject, count, findings)
                if closed.get(f"{count.day}|{count.country}"):
                    findings.checked(COUNTS)
                    continue
                total = sums.pop((kind, text_of(key)), None)
                expected = None if total is None or not total.numbers[0] else total.fields
                _compare(subject, expected, count, kind, findings)
    for (missing_kind, missing), total in sums.items():
        findings.checked(COUNTS)
        if total.numbers[0]:
            findings.violated(COUNTS, f"{missing_kind} {missing}", f"{total.numbers[0]} events", "no count")
    sums.clear()


def _compare(subject: str, expected: dict[str, object] | None, count: DayCount, kind: str, findings: Findings) -> None:
    """Every field is the expected one; only those that differ are told."""
    findings.checked(COUNTS)
    if expected is None:
        findings.violated(COUNTS, subject, "no count: nothing adds to it", f"{count.events} events")
        return
    expected = {**expected, "kind": kind, "country": count.subject.split(".", maxsplit=1)[0]}
    wrong = [name for name, value in expected.items() if getattr(count, name) != value]
    if wrong:
        told = ", ".join(f"{name} {expected[name]}" for name in wrong)
        findings.violated(COUNTS, subject, told, ", ".join(f"{name} {getattr(count, name)}" for name in wrong))


def _check_numbers(subject: str, count: DayCount, findings: Findings) -> None:
    numbers = [getattr(count, name) for name in NUMBERS] + [*count.by_type.values(), *count.by_quad.values()]
    findings.checked(NOT_NEGATIVE)
    if min(numbers) < 0:
        findings.violated(NOT_NEGATIVE, subject, "no number below 0", min(numbers))
