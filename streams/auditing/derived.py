"""Table mentions, and what follows from it: which mentions live, which events they tell, what those add."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace

from streams import codec
from streams.auditing.articles import Tells, check_told
from streams.auditing.facts import Facts, digest_of, fact_of_contributions, fact_of_event
from streams.auditing.findings import MEMORY, Findings
from streams.auditing.log import Layout, Log, at, decoded, last_values, own_entries
from streams.auditing.overrides import Decisions, check_decision
from streams.counting.contributions import contributions_of
from streams.merging.entry import Founded, MentionsEntry, entry_key
from streams.merging.events import MAX_REPORTS
from streams.merging.expiry import LeavingEntry, decode_leaving, leaving_of
from streams.merging.overrides import is_decision
from streams.merging.state import MergeState
from streams.records import Event

TABLE_LAYOUT = Layout(version=(("told", "version"),), placed_by=(("told", "merge_key"),), is_table=True, has_parts=True)


@dataclass(slots=True)
class Derived:
    """What must stand on the topics behind MERGE, taken off as it is found there."""

    mentions: dict[bytes, int] = field(default_factory=dict)
    """Each live mention that an event must list, with the number of published events that do, less those that must.

    One must, or two when an article had expired and came again in an old version: it may tell one under another key.
    """
    events: Facts = field(default_factory=dict)
    """By event id."""
    contributions: Facts = field(default_factory=dict)
    """By the keys of table contributions."""
    gone: set[bytes] = field(default_factory=set)
    """Of these keys, those of events without a day that nothing touched lately: they may be in a base entry."""


def mention_key(article_id: str, mention_id: str) -> bytes:
    """What a mention is known by here."""
    return f"{article_id}\n{mention_id}".encode()


def derive(log: Log, tells: Tells, decisions: Decisions, findings: Findings) -> Derived:
    """What follows from table mentions.

    Checks it against what the articles tell, against the editors' decisions, and against its own memory.
    """
    derived = Derived()
    name = log.changelogs["mentions"]
    for part in log.parts(name):
        values = last_values(log, part, TABLE_LAYOUT, findings)
        for own in own_entries(values).values():
            _remove_leaving(values, decode_leaving(own))
        groups: defaultdict[str, list[bytes]] = defaultdict(list)
        for key, value in values.items():
            groups[str(at(codec.parse(value), ("told", "merge_key")))].append(key)
        for keys in groups.values():  # one after the other, since events follow from one merge key alone
            group = {key: values.pop(key) for key in keys}
            entries = list(decoded(group, MentionsEntry, lambda entry: entry_key(entry.told), name, findings))
            for key, entry in entries:
                if is_decision(entry.told):
                    check_decision(decisions, key, entry.told, tells.before, findings)
                else:
                    check_told(tells, key, entry.told, findings)
            _derive([entry for _, entry in entries], derived, findings)
    return derived


def _remove_leaving(values: dict[bytes, bytes], entry: LeavingEntry) -> None:
    """What is on its way out is gone."""
    table = {key: values[key.encode()] for key in entry.keys if key.encode() in values}
    for key in leaving_of(table, entry):
        del values[key.encode()]


def _derive(entries: Iterable[MentionsEntry], derived: Derived, findings: Findings) -> None:
    """Add what follows from all entries under one merge key."""
    state = MergeState(entries)
    remembered = {event_id: memory for entry in state.entries.values() for event_id, memory in entry.founded.items()}
    for merge_key in state.merge_keys():
        for telling in state.clustering(merge_key).members:
            derived.mentions[mention_key(*telling)] = derived.mentions.get(mention_key(*telling), 0) - 1
        for members, event in state.events(merge_key, max_reports=MAX_REPORTS):
            if event is not None:
                _add_event(event, remembered, derived, findings)
            for unlisted in members if event is None else members[MAX_REPORTS:]:  # counted by the event's numbers
                derived.mentions.pop(mention_key(*unlisted.telling.id), None)
    for event_id, memory in remembered.items():  # those that are events were taken off
        findings.checked(MEMORY)
        if memory.digest:
            findings.violated(MEMORY, f"event {event_id}", "withdrawn", f"sent as {memory.digest}")


def _add_event(event: Event, remembered: dict[str, Founded], derived: Derived, findings: Findings) -> None:
    digest, memory = digest_of(event), remembered.pop(event.id, None)
    event = replace(event, revision=0 if memory is None else memory.version)
    derived.events[event.id.encode()] = fact_of_event(event)
    adds = {f"{told.day}|{told.country}": told for told in contributions_of(event)}
    _check_memory(event.id, digest, adds.keys(), memory, findings)
    for day, told in adds.items():
        derived.contributions[f"{day}|{event.id}".encode()] = fact_of_contributions(told)


def _check_memory(
    event_id: str, digest: str, days: AbstractSet[str], memory: Founded | None, findings: Findings
) -> None:
    findings.checked(MEMORY)
    if memory is None or memory.digest != digest or not days <= set(memory.days):
        there = "nothing" if memory is None else f"{memory.digest} with {' '.join(memory.days)}"
        findings.violated(MEMORY, f"event {event_id}", f"{digest} with {' '.join(sorted(days))}", there)
