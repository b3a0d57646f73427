"""The published events, against those that follow from table mentions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from streams import topics
from streams.auditing.derived import Derived, mention_key
from streams.auditing.facts import compare, fact_of_contributions, fact_of_event
from streams.auditing.findings import EVENTS, NOT_NEGATIVE, ONE_EVENT, Findings
from streams.auditing.log import Layout, Log, decoded, last_values, text_of
from streams.counting.closing import is_undated
from streams.counting.contributions import contributions_of
from streams.records import Event

LAYOUT = Layout(version=(("revision",),))
TOPIC = topics.EVENTS.name


@dataclass(frozen=True, slots=True)
class Gone:
    """What may be gone from the tables."""

    before: int
    """What was last touched before this day."""
    closed: Mapping[str, bool]
    """See `closed_days`."""


def check_events(log: Log, derived: Derived, gone: Gone, findings: Findings) -> None:
    """Check every published event, and take events and mentions off what was derived."""
    for part in log.parts(TOPIC):
        days: dict[bytes, int] = {}
        values = last_values(log, part, LAYOUT, findings, days)
        for key, event in decoded(values, Event, lambda event: event.id, TOPIC, findings):
            expected = derived.events.pop(key, None)
            is_old = days[key] < gone.before
            is_frozen = expected is None and is_old
            if is_frozen:
                findings.checked(EVENTS)  # its mentions have expired, and it stays as it was
                _add_frozen(event, derived, gone)
            else:
                compare(findings, EVENTS, f"event {text_of(key)}", expected, fact_of_event(event))
            if is_old:
                _note_undated(event, derived, gone)
            _check_numbers(event, findings)
            if not is_frozen:
                _count_reports(event, derived, findings)
    for key, fact in derived.events.items():
        compare(findings, EVENTS, f"event {text_of(key)}", fact, None)
    for mention, number in derived.mentions.items():
        findings.checked(ONE_EVENT)
        if number:
            findings.violated(ONE_EVENT, _named(mention), "in one event", f"in {number + 1}")
    derived.events.clear()
    derived.mentions.clear()


def _add_frozen(event: Event, derived: Derived, gone: Gone) -> None:
    """What the event adds to days that are not closed must still be there."""
    for told in contributions_of(event):
        if not gone.closed.get(f"{told.day}|{told.country}"):
            derived.contributions[f"{told.day}|{told.country}|{event.id}".encode()] = fact_of_contributions(told)


def _note_undated(event: Event, derived: Derived, gone: Gone) -> None:
    """What the event adds where days are unknown may be in a base entry."""
    for told in contributions_of(event):
        place = f"{told.day}|{told.country}"
        if is_undated(place) and place in gone.closed:
            derived.gone.add(f"{place}|{event.id}".encode())


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
