"""The events that are there now, with their tellings, and what has become of one that is not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TypeAlias

from streams.merging.clusters import Cluster
from streams.merging.decided import DecidedEvent
from streams.merging.entry import MentionsEntry
from streams.merging.events import event_id
from streams.merging.members import Member
from streams.merging.state import MergeState
from streams.records import Event, Override


@dataclass(frozen=True, slots=True)
class PresentEvent:
    """One event as it follows from all that is told, one that an editor has suppressed included."""

    made_of: Cluster | DecidedEvent

    @property
    def members(self) -> tuple[Member, ...]:
        """Its tellings in canonical order; the first founds it."""
        return tuple(self.made_of.members)

    @property
    def founder(self) -> Member:
        """Its first telling in canonical order."""
        return self.made_of.founder

    @property
    def id(self) -> str:
        """Its id on `news.events.v1`."""
        founding = self.founder.telling
        return event_id(founding.told.merge_key, founding.mention.id)

    @property
    def decisions(self) -> tuple[Override, ...]:
        """The editors' decisions that it follows from, in the order in which they were made."""
        return self.made_of.overrides if isinstance(self.made_of, DecidedEvent) else ()

    @property
    def is_suppressed(self) -> bool:
        """Whether an editor has decided that it is neither published nor counted."""
        return any(decision.action == "suppress" for decision in self.decisions)

    def event(self) -> Event:
        """What it says, with all its reports and revision 0; of a suppressed one what it would say."""
        made_of = self.made_of
        if isinstance(made_of, DecidedEvent):
            heard = tuple(one for one in made_of.overrides if one.action != "suppress")
            made_of = replace(made_of, overrides=heard)
        event = made_of.event(max_reports=None)
        if event is None:
            raise AssertionError("only a suppressed event is none")
        return replace(event, overrides=tuple(one.id for one in self.decisions))


@dataclass(frozen=True, slots=True)
class FormerEvent:
    """An event id that was there once, or whose founding mention founds nothing now."""

    id: str
    article_id: str
    """Of its founding mention."""
    now_in: PresentEvent | None
    """The event that its founding mention is in; None when its article does not tell it any more."""
    fetched: str
    """When the present version of that article was fetched."""


@dataclass(frozen=True, slots=True)
class FrozenEvent:
    """An event that stays as it was published, since what told it has expired."""

    event: Event


Found: TypeAlias = PresentEvent | FormerEvent | FrozenEvent | None
"""What an id turns out to be; None for one that was never an event, as far as is known."""


def present_events(state: MergeState, merge_key: str) -> list[PresentEvent]:
    """All events under the merge key, in the canonical order of their founders."""
    clusters = state.clusters(merge_key)  # which settles them
    decided = state.decided(merge_key)
    found = [PresentEvent(cluster) for cluster in clusters if cluster not in decided.clusters]
    found += [PresentEvent(one) for one in decided.by_founder.values()]
    return sorted(found, key=lambda one: one.founder.rank)


def find(state: MergeState, wanted: str, published: Event | None = None) -> Found:
    """The event of this id, or what has become of it; `published` is what stands on the topic of events."""
    entry = next(_entries_of(state, wanted), None)
    if entry is None:
        return None if published is None else FrozenEvent(published)
    merge_key, article_id = entry.told.merge_key, entry.told.article_id
    founding = {(article_id, one.id) for one in entry.told.mentions if event_id(merge_key, one.id) == wanted}
    events = present_events(state, merge_key) if founding else []
    now_in = next(
        (event for event in events if any(member.telling.id in founding for member in event.members)),
        None,
    )
    if now_in is not None and now_in.id == wanted:
        return now_in
    return FormerEvent(wanted, article_id, now_in, entry.told.version.fetched)


def _entries_of(state: MergeState, wanted: str) -> Iterator[MentionsEntry]:
    """The entries whose article tells the event's founding mention, then those that only remember that they did."""
    entries = state.entries.values()
    for entry in entries:
        if any(event_id(entry.told.merge_key, mention.id) == wanted for mention in entry.told.mentions):
            yield entry
    yield from (entry for entry in entries if wanted in entry.founded)
