"""How editors' decisions stand: which are in force, and which events they are about now."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from streams.explaining.present import PresentEvent, present_events
from streams.identity import utc_text
from streams.merging.overrides import check, told_of
from streams.merging.state import MergeState
from streams.records import InvalidRecordError, MentionRef, Override

State = Literal["in force", "waiting", "withdrawn", "expired", "refused"]
"""`waiting`: published, and not yet read by a worker. `expired`: it went with all that it was about. `refused`: it
decides nothing, and is a dead letter."""


@dataclass(frozen=True, slots=True)
class Standing:
    """One decision as it stands now."""

    decision: Override
    state: State
    about: tuple[PresentEvent, ...]
    """The events that one of its mentions is in, on either side."""
    gone: int
    """How many of its mentions are told by no article any more."""


def newest(decisions: Iterable[Override]) -> list[Override]:
    """The newest record of each id and merge key, as MERGE takes it, in the order in which they were made."""
    found: dict[tuple[str, str], Override] = {}
    for decision in decisions:
        known = found.get((decision.id, decision.merge_key))
        if known is None or _version(decision) >= _version(known):
            found[decision.id, decision.merge_key] = decision
    return sorted(found.values(), key=lambda one: (utc_text(one.made), one.id))


def standings(decisions: Sequence[Override], state: MergeState) -> list[Standing]:
    """How each decision stands; `state` holds all that is told under their merge keys."""
    held = {
        (override.id, override.merge_key): override
        for entry in state.entries.values()
        for override in entry.told.overrides
    }
    events = {key: present_events(state, key) for key in {one.merge_key for one in decisions}}
    return [_standing(one, held.get((one.id, one.merge_key)), events[one.merge_key]) for one in decisions]


def _standing(decision: Override, held: Override | None, events: Sequence[PresentEvent]) -> Standing:
    refs = {*decision.mentions, *decision.apart}
    mentions = {event.id: {MentionRef(*member.telling.id) for member in event.members} for event in events}
    about = tuple(event for event in events if not refs.isdisjoint(mentions[event.id]))
    gone = refs.difference(*(mentions[event.id] for event in about))
    return Standing(decision, _state(decision, held, is_about_any=bool(about)), about, len(gone))


def _state(decision: Override, held: Override | None, *, is_about_any: bool) -> State:
    try:
        check(decision)
    except InvalidRecordError:
        return "refused"
    if decision.withdrawn:
        return "waiting" if held is not None else "withdrawn"
    if held is None and not is_about_any:
        return "expired"
    return "in force" if held == decision else "waiting"


def _version(decision: Override) -> tuple[str, str]:
    """As `told_of` has it; of one that is refused, when it was made."""
    try:
        told = told_of(decision).version
    except InvalidRecordError:
        return utc_text(decision.made), ""
    return told.fetched, told.content
