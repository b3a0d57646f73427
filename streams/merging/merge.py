"""MERGE: all that one article says under one merge key comes in; the events it touches and what they add go out.

What is touched: every component that holds a present mention of the article or links to a former one (a ghost), and
every event that a mention of the article ever founded and none founds now. All of it is sent again each time, so
that whatever a crash kept from being sent is sent when the input is delivered again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace

from streams import codec, topics
from streams.counting.contributions import contributions_of
from streams.merging.clusters import cluster
from streams.merging.entry import Founded, MentionsEntry, entry_key
from streams.merging.events import MAX_REPORTS, event_id, event_of
from streams.merging.state import Group, MergeState, Telling
from streams.merging.traits import traits_of
from streams.records import Contributions, Document, Event, Mentions
from streams.revising.revise import revise
from streams.stages import Decision, Send

WITHDRAWN = ""
"""Digest of an event that is no more."""


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What has become of one event id: the event as it is now, or None."""

    event_id: str
    event: Event | None
    key: str
    """Table key of the entry that keeps its memory: that of the founding mention's article."""


def handle(state: MergeState, record: Mentions, offset: int) -> Decision[MentionsEntry]:
    """Takes the record into `state`; the writes make the table equal to it.

    A version older than the known one changes nothing and is answered with the present events; an equal one
    replaces, since of two codings of one version the last delivered wins.
    """
    key = entry_key(record)
    old = state.entries.get(key)
    entry = old if old is not None and record.version < old.told.version else _replaced(old, record)
    changed: dict[str, MentionsEntry] = {}
    if entry != old:
        _put(state, changed, entry)
    sends: list[Send] = []
    for outcome in sorted(_outcomes(state, entry), key=lambda outcome: outcome.event_id):
        holder = state.entries[outcome.key]
        memory = _remembered(holder.founded.get(outcome.event_id), outcome.event, offset)
        if memory != holder.founded.get(outcome.event_id):
            _put(state, changed, replace(holder, founded={**holder.founded, outcome.event_id: memory}))
        sends.extend(_sends_of(outcome, memory))
    return Decision(changed, tuple(sends))


def merge_documents(documents: Iterable[Document]) -> list[Event]:
    """The events that the newest version of each article tells, sorted by id, with all reports: MERGE as a filter."""
    newest: dict[str, Document] = {}
    for document in documents:
        known = newest.get(document.article_id)
        if known is None or document.version >= known.version:
            newest[document.article_id] = document
    told = [record for document in newest.values() for record in revise(None, document)[1]]
    state = MergeState(MentionsEntry(record) for record in told)
    events = [event_of(one) for key in state.merge_keys() for one in _clusters_of(state.group(key))]
    return sorted(events, key=lambda event: event.id)


def _clusters_of(group: Group) -> list[list[Telling]]:
    tellings = sorted(group.tellings.values(), key=lambda telling: telling.rank)
    return cluster(tellings, group.graph)


def _put(state: MergeState, changed: dict[str, MentionsEntry], entry: MentionsEntry) -> None:
    state.put(entry)
    changed[entry_key(entry.told)] = entry


def _replaced(old: MentionsEntry | None, record: Mentions) -> MentionsEntry:
    """The entry after the record: what it said before and does not say now goes to its ghosts."""
    if old is None:
        return MentionsEntry(record)
    present = {traits_of(mention) for mention in record.mentions}
    former = dict.fromkeys((*old.ghosts, *(traits_of(mention) for mention in old.told.mentions)))
    return replace(old, told=record, ghosts=tuple(ghost for ghost in former if ghost not in present))


def _outcomes(state: MergeState, entry: MentionsEntry) -> list[_Outcome]:
    """What has become of every event that the entry touches."""
    merge_key = entry.told.merge_key
    group = state.group(merge_key)
    starts = {traits_of(mention) for mention in entry.told.mentions}
    for ghost in entry.ghosts:
        starts |= group.graph.linked(ghost)
    touched = group.component(starts)
    outcomes: dict[str, _Outcome] = {}
    for found in cluster(touched, group.graph):
        event = event_of(found, max_reports=MAX_REPORTS)
        outcomes[event.id] = _Outcome(event.id, event, entry_key(found[0].told))
    for telling in touched:
        holder = entry_key(telling.told)
        former = event_id(merge_key, telling.mention.id)
        if former not in outcomes and former in state.entries[holder].founded:
            outcomes[former] = _Outcome(former, None, holder)
    for former in entry.founded:
        if former not in outcomes:
            outcomes[former] = _Outcome(former, None, entry_key(entry.told))
    return list(outcomes.values())


def _remembered(old: Founded | None, event: Event | None, offset: int) -> Founded:
    """The memory of an event: its version grows when it changed, and no day is ever forgotten."""
    digest = WITHDRAWN if event is None else hashlib.sha256(codec.encode(event)).hexdigest()[:16]
    days = () if event is None else tuple(f"{told.day}|{told.country}" for told in contributions_of(event))
    if old is None:
        return Founded(offset, digest, days)
    version = old.version if digest == old.digest else max(old.version, offset)
    return Founded(version, digest, tuple(sorted({*old.days, *days})))


def _sends_of(outcome: _Outcome, memory: Founded) -> list[Send]:
    """The event, and what it adds under each day and country that it ever added to, nothing included."""
    event = None if outcome.event is None else replace(outcome.event, revision=memory.version)
    told = {} if event is None else {f"{one.day}|{one.country}": one for one in contributions_of(event)}
    sends = [Send(topics.EVENTS.name, outcome.event_id, event)]
    for place in memory.days:
        day, country = place.split("|", 1)
        nothing = Contributions(outcome.event_id, memory.version, day, country, ())
        sends.append(Send(topics.CONTRIBUTIONS.name, place, told.get(place, nothing)))
    return sends
