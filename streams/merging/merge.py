"""MERGE: all that one article says under one merge key comes in; the events it touches and what they add go out.

What is touched: every event that changes by the record, every event that a mention of the article is in, and every
event that a mention of the article ever founded and none founds now. When the state has just been rebuilt, also
whatever a crash may have kept from being sent (`unsent.py`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace

from streams import topics
from streams.counting.contributions import contributions_of
from streams.merging.clustering import Clustering
from streams.merging.clusters import Cluster
from streams.merging.decided import NOTHING_DECIDED, Decided, DecidedEvent
from streams.merging.entry import Founded, MentionsEntry, entry_key, key_under
from streams.merging.events import MAX_REPORTS, event_id
from streams.merging.overrides import is_decision
from streams.merging.state import MergeState
from streams.merging.tellings import TellingId
from streams.merging.unsent import digest_of, take_unsent
from streams.records import Contributions, Document, Event, Mentions
from streams.revising.revise import revise
from streams.stages import Decision, Send


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
    unsent = take_unsent(state, record.merge_key, offset)
    old = state.entries.get(key)
    changed: set[str] = set()
    if (old is None or record.version >= old.told.version) and state.put(
        MentionsEntry(record) if old is None else replace(old, told=record)
    ):
        changed.add(key)
    sends: list[Send] = []
    for outcome in _outcomes(state, key, unsent):
        known = state.entries[outcome.key].founded.get(outcome.event_id)
        memory = _remembered(known, outcome.event, offset)
        if memory != known:
            state.remember(outcome.key, outcome.event_id, memory)
            changed.add(outcome.key)
        sends.extend(_sends_of(outcome, memory))
    return Decision({one: state.entry(one) for one in sorted(changed)}, tuple(sends))


def merge_documents(documents: Iterable[Document]) -> list[Event]:
    """The events that the newest version of each article tells, sorted by id, with all reports: MERGE as a filter."""
    state = state_of(documents)
    events = [event for key in state.merge_keys() for _, event in state.events(key, max_reports=None)]
    return sorted((event for event in events if event is not None), key=lambda event: event.id)


def state_of(documents: Iterable[Document]) -> MergeState:
    """All that the newest version of each article tells."""
    newest: dict[str, Document] = {}
    for document in documents:
        known = newest.get(document.article_id)
        if known is None or document.version >= known.version:
            newest[document.article_id] = document
    told = [record for document in newest.values() for record in revise(None, document)[1]]
    return MergeState(MentionsEntry(record) for record in told)


def _outcomes(state: MergeState, key: str, unsent: Mapping[str, str]) -> list[_Outcome]:
    """What has become of every event that the entry touches, and of those that may be unsent; sorted by id."""
    entry = state.entries[key]
    merge_key = entry.told.merge_key
    clustering = state.clustering(merge_key)
    for _ in clustering.settle():
        pass
    founders = dict.fromkeys(_founders(clustering, entry.told))
    decided = state.decided(merge_key)
    founders |= dict.fromkeys(_founders_of_decided(state, decided, entry.told, clustering.touched.keys()))
    state.decided_before[merge_key] = decided
    clustering.touched.clear()
    wanted = {(event_id(merge_key, mention), key_under(merge_key, article)) for article, mention in founders}
    wanted |= {(former, key) for former in entry.founded} | set(unsent.items())
    of_holder: defaultdict[str, set[str]] = defaultdict(set)
    for wanted_id, holder in wanted:
        of_holder[holder].add(wanted_id)
    outcomes = [
        outcome
        for holder, event_ids in of_holder.items()
        if holder in state.entries  # what has expired has no memory
        for outcome in _outcomes_of(state, decided, holder, event_ids)
    ]
    return sorted(outcomes, key=lambda outcome: outcome.event_id)


def _founders(clustering: Clustering, told: Mentions) -> Iterator[TellingId]:
    """The mentions that found, or founded before, the events that have changed or that `told` is of."""
    for cluster, former in clustering.touched.items():
        if former is not None:
            yield former.telling.id
        if cluster.members:
            yield cluster.founder.telling.id
    for mention in told.mentions:
        present = clustering.members[told.article_id, mention.id].cluster
        if present is not None:
            yield present.founder.telling.id


def _founders_of_decided(
    state: MergeState, decided: Decided, told: Mentions, touched: AbstractSet[Cluster]
) -> Iterator[TellingId]:
    """All that may found, or may have founded, an event that editors' decisions are about, if any can have changed."""
    before = state.decided_before.get(told.merge_key, NOTHING_DECIDED)
    clusters = {*before.clusters, *decided.clusters}
    members = state.clustering(told.merge_key).members
    own = {members[told.article_id, mention.id].cluster for mention in told.mentions}
    if is_decision(told) or not clusters.isdisjoint({*touched, *own}):
        yield from before.by_founder
        yield from (member.telling.id for cluster in clusters for member in cluster.members)


def _outcomes_of(state: MergeState, decided: Decided, key: str, event_ids: AbstractSet[str]) -> Iterator[_Outcome]:
    """What has become of events that the entry under this table key keeps the memory of, or should."""
    entry = state.entries[key]
    merge_key = entry.told.merge_key
    members = state.clustering(merge_key).members
    founded: dict[str, Cluster | DecidedEvent] = {}
    for mention in entry.told.mentions:
        member = members[entry.told.article_id, mention.id]
        if member.telling.id in decided.by_founder:
            founded[event_id(merge_key, mention.id)] = decided.by_founder[member.telling.id]
        elif member.cluster not in decided.clusters and member.cluster is not None and member.cluster.founder is member:
            founded[event_id(merge_key, mention.id)] = member.cluster
    for one in event_ids:
        cluster = founded.get(one)
        event = None if cluster is None else cluster.event(max_reports=MAX_REPORTS)
        if event is not None or one in entry.founded:
            yield _Outcome(one, event, key)


def _remembered(old: Founded | None, event: Event | None, offset: int) -> Founded:
    """The memory of an event: its version grows when it changed, and no day is ever forgotten."""
    digest = digest_of(event)
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
