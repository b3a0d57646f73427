"""A few reports of strikes near each other, and decisions about them, as MERGE holds them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from streams.explaining.present import PresentEvent, find, present_events
from streams.merging.entry import MentionsEntry
from streams.merging.merge import handle
from streams.merging.overrides import told_of
from streams.merging.state import MergeState
from streams.merging.tellings import Telling
from streams.records import MentionRef, Override, OverrideAction
from tests.unit.simulation.workload import NOON, day_window

KEY = "material|UKR"
NEXT_WEEK = day_window(7)


def state_of(*tellings: Telling, overrides: Iterable[Override] = ()) -> MergeState:
    """What MERGE holds when it was told that, and had sent what follows."""
    state = MergeState()
    records = [*(one.told for one in tellings), *(told_of(one) for one in overrides)]
    for offset, record in enumerate(records):
        handle(state, record, offset)
    return MergeState(MentionsEntry(entry.told, entry.founded) for entry in map(state.entry, state.entries))


def ref(article: str) -> MentionRef:
    """The only mention of an article."""
    return MentionRef(article, f"{article}-0")


def override(action: OverrideAction, *articles: str, **more: Any) -> Override:
    """A decision about mentions of these articles."""
    return Override(f"o-{action}", NOON, KEY, action, tuple(map(ref, articles)), editor="anna", reason="seen", **more)


def event_of_article(state: MergeState, article: str) -> PresentEvent:
    """The event that the article's mention is in."""
    events = present_events(state, KEY)
    return next(one for one in events if any(m.telling.told.article_id == article for m in one.members))


def present(state: MergeState, event_id: str) -> PresentEvent:
    """The event of this id, which is there."""
    found = find(state, event_id)
    assert isinstance(found, PresentEvent)
    return found
