"""Table mentions, and what follows from it: which mentions live, which events they tell, what those add."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace

from streams import codec
from streams.auditing.articles import check_told
from streams.auditing.facts import Facts, digest_of, fact_of_contributions, fact_of_event
from streams.auditing.findings import MEMORY, Findings
from streams.auditing.log import Layout, Log, at, decoded, last_values
from streams.counting.contributions import contributions_of
from streams.merging.clusters import cluster
from streams.merging.entry import Founded, MentionsEntry, entry_key
from streams.merging.events import MAX_REPORTS, event_of
from streams.merging.state import MergeState, Telling

TABLE_LAYOUT = Layout(version=(("told", "version"),), placed_by=(("told", "merge_key"),), is_table=True)


@dataclass(slots=True)
class Derived:
    """What must stand on the topics behind MERGE, taken off as it is found there."""

    mentions: dict[bytes, int] = field(default_factory=dict)
    """Each live mention that an event must list, with the number of published events that do."""
    events: Facts = field(default_factory=dict)
    """By event id."""
    contributions: Facts = field(default_factory=dict)
    """By the keys of table contributions."""


def mention_key(article_id: str, mention_id: str) -> bytes:
    """What a mention is known by here."""
    return f"{article_id}\n{mention_id}".encode()


def derive(log: Log, tells: Facts, findings: Findings) -> Derived:
    """What follows from table mentions; checks it against what the articles tell, and against its own memory."""
    derived = Derived()
    name = log.changelogs["mentions"]
    for part in log.parts(name):
        values = last_values(log, part, TABLE_LAYOUT, findings)
        groups: defaultdict[str, list[bytes]] = defaultdict(list)
        for key, value in values.items():
            groups[str(at(codec.parse(value), ("told", "merge_key")))].append(key)
        for keys in groups.values():  # one after the other, since events follow from one merge key alone
            group = {key: values.pop(key) for key in keys}
            entries = list(decoded(group, MentionsEntry, lambda entry: entry_key(entry.told), name, findings))
            for key, entry in entries:
                check_told(tells, key, entry.told, findings)
            _derive([entry for _, entry in entries], derived, findings)
    return derived


def _derive(entries: Iterable[MentionsEntry], derived: Derived, findings: Findings) -> None:
    """Add what follows from all entries under one merge key."""
    state = MergeState(entries)
    remembered = {event_id: memory for entry in state.entries.values() for event_id, memory in entry.founded.items()}
    for merge_key in state.merge_keys():
        group = state.group(merge_key)
        derived.mentions.update((mention_key(*telling), 0) for telling in group.tellings)
        tellings = sorted(group.tellings.values(), key=lambda telling: telling.rank)
        for members in cluster(tellings, group.graph):
            _add_event(members, remembered, derived, findings)
    for event_id, memory in remembered.items():  # those that are events were taken off
        findings.checked(MEMORY)
        if memory.digest:
            findings.violated(MEMORY, f"event {event_id}", "withdrawn", f"sent as {memory.digest}")


def _add_event(members: list[Telling], remembered: dict[str, Founded], derived: Derived, findings: Findings) -> None:
    event = event_of(members, max_reports=MAX_REPORTS)
    digest, memory = digest_of(event), remembered.pop(event.id, None)
    event = replace(event, revision=0 if memory is None else memory.version)
    derived.events[event.id.encode()] = fact_of_event(event)
    adds = {f"{told.day}|{told.country}": told for told in contributions_of(event)}
    _check_memory(event.id, digest, adds.keys(), memory, findings)
    for day, told in adds.items():
        derived.contributions[f"{day}|{event.id}".encode()] = fact_of_contributions(told)
    for unlisted in members[MAX_REPORTS:]:  # counted by the event's numbers
        derived.mentions.pop(mention_key(*unlisted.id), None)


def _check_memory(
    event_id: str, digest: str, days: AbstractSet[str], memory: Founded | None, findings: Findings
) -> None:
    findings.checked(MEMORY)
    if memory is None or memory.digest != digest or not days <= set(memory.days):
        there = "nothing" if memory is None else f"{memory.digest} with {' '.join(memory.days)}"
        findings.violated(MEMORY, f"event {event_id}", f"{digest} with {' '.join(sorted(days))}", there)
