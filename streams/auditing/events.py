"""The published events, against those that follow from table mentions."""

from __future__ import annotations

from streams import topics
from streams.auditing.derived import Derived, mention_key
from streams.auditing.facts import compare, fact_of_event
from streams.auditing.findings import EVENTS, NOT_NEGATIVE, ONE_EVENT, Findings
from streams.auditing.log import Layout, Log, decoded, last_values, text_of
from streams.records import Event

LAYOUT = Layout(version=(("revision",),))
TOPIC = topics.EVENTS.name


def check_events(log: Log, derived: Derived, findings: Findings) -> None:
    """Check every published event, and take events and mentions off what was derived."""
    for part in log.parts(TOPIC):
        values = last_values(log, part, LAYOUT, findings)
        for key, event in decoded(values, Event, lambda event: event.id, TOPIC, findings):
            expected = derived.events.pop(key, None)
            compare(findings, EVENTS, f"event {text_of(key)}", expected, fact_of_event(event))
            _check_numbers(event, findings)
            _count_reports(event, derived, findings)
    for key, fact in derived.events.items():
        compare(findings, EVENTS, f"event {text_of(key)}", fact, None)
    for mention, number in derived.mentions.items():
        findings.checked(ONE_EVENT)
        if number != 1:
            findings.violated(ONE_EVENT, _named(mention), "in one event", f"in {number}")
    derived.events.clear()
    derived.mentions.clear()


def _check_numbers(event: Event, findings: Findings) -> None:
    harmed = event.casualties
    figures = (harmed.killed, harmed.wounded, harmed.captured, harmed.missing, harmed.displaced)
    numbers = [event.mentions, event.articles, event.sources, *(figure.min for figure in figures if figure is not None)]
    findings.checked(NOT_NEGATIVE)
    if min(numbers) < 0:
        findings.violated(NOT_NEGATIVE, f"event {event.id}", "no number below 0", min(numbers))


def _count_reports(event: Event, derived: Derived, findings: Findings) -> None:
    whole = len(event.reports) == event.mentions
    for report in event.reports:
        mention = mention_key(report.article_id, report.mention_id)
        if mention in derived.mentions:
            derived.mentions[mention] += 1
        elif whole:  # of a larger event the tellings that are not listed are known by number only
            findings.checked(ONE_EVENT)
            findings.violated(ONE_EVENT, _named(mention), "in no event: it does not live", f"in event {event.id}")


def _named(mention: bytes) -> str:
    article_id, _, mention_id = text_of(mention).partition("\n")
    return f"mention {mention_id} of article {article_id}"
