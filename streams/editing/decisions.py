"""Makes an editor's decision about events: anchored on a few of their mentions, since event ids change as events grow.

The id is computed from what is decided, so that the same decision made twice is one, and one that was taken back
comes into force again when it is made again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, is_dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from streams import codec
from streams.explaining.present import PresentEvent
from streams.identity import digest
from streams.merging.members import Member
from streams.merging.overrides import check, possible_value_of
from streams.merging.sources import source_of
from streams.records import InvalidRecordError, MentionRef, Override, OverrideAction

ANCHORS = 5
"""So many mentions of an event carry a decision: it holds as long as one of them is told.

More would make it hold for other events too, should a mention move there after a correction.
"""
MAX_SIDE = 100
"""Of an event that is split so many mentions are held on a side by name; the others go with the nearer side."""

_NO_TIME = datetime.fromtimestamp(0, UTC)


class EditError(ValueError):
    """The decision cannot be made; the message says why."""


@dataclass(frozen=True, slots=True)
class EditedBy:
    """Who decides, when and why."""

    editor: str
    reason: str
    made: datetime
    """In UTC."""


def suppress(event: PresentEvent, by: EditedBy) -> Override:
    """The event is neither published nor counted. Raises `EditError` when it is suppressed already."""
    if event.is_suppressed:
        raise EditError(f"event {event.id} is suppressed already, by {_ids(event, 'suppress')}")
    return _with_id(_decision("suppress", event, anchors_of(event), by))


def merge(events: Sequence[PresentEvent], by: EditedBy) -> Override:
    """The events are one. Raises `EditError` when they are one already, or can never meet."""
    distinct = list({event.id: event for event in events}.values())
    if len(distinct) < 2:
        raise EditError(f"these are one event already: {events[0].id}")
    if suppressed := [event.id for event in distinct if event.is_suppressed]:
        raise EditError(f"event {', '.join(suppressed)} is suppressed, and so would be the whole; undo that first")
    keys = {event.id: _merge_key(event) for event in distinct}
    if len(set(keys.values())) > 1:
        told = ", ".join(f"{event} is under {key}" for event, key in keys.items())
        raise EditError(f"events under different merge keys are never one: {told}")
    anchors = tuple(ref for event in distinct for ref in anchors_of(event))
    return _with_id(_decision("merge", distinct[0], anchors, by))


def split(event: PresentEvent, names: Sequence[str], by: EditedBy) -> Override:
    """The named mentions, each by its id or its article's, tell another event than the others of this one.

    Raises `EditError` for a name that is not of the event, and when nothing is left on a side.
    """
    known = {name for member in event.members for name in _names(member)}
    if strange := [name for name in names if name not in known]:
        raise EditError(f"event {event.id} has no mention or article {', '.join(strange)}; `daybook why` lists them")
    named = [member for member in event.members if not _names(member).isdisjoint(names)]
    rest = [member for member in event.members if member not in named]
    if not rest:
        raise EditError(f"all mentions of event {event.id} are named: nothing is left to tell them apart from")
    decision = _decision("split", event, _refs(named[:MAX_SIDE]), by)
    return _with_id(replace(decision, apart=_refs(rest[:MAX_SIDE])))


def change(event: PresentEvent, field: str, value: Any, by: EditedBy) -> Override:
    """The field of the event has this value, in JSON as on the event.

    Raises `EditError` for a value that it cannot have, and for the one that it has.
    """
    try:
        wanted = possible_value_of(field, value)
    except InvalidRecordError as error:
        raise EditError(str(error)) from error
    if strange := sorted(set(_unread(value, _plain(wanted)))):
        raise EditError(f"{field} has no {', '.join(strange)}")
    if getattr(event.event(), field) == wanted:
        raise EditError(f"{field} of event {event.id} is that already")
    return _with_id(replace(_decision("change", event, anchors_of(event), by), field=field, value=value))


def undo(decision: Override, by: EditedBy) -> Override:
    """The decision is taken back. Raises `EditError` when it was already."""
    if decision.withdrawn:
        raise EditError(f"decision {decision.id} was taken back already, by {decision.editor or 'nobody named'}")
    return replace(decision, editor=by.editor, reason=by.reason, made=by.made, withdrawn=True)


def later_than(decision: Override, known: Iterable[Override]) -> Override:
    """The decision made after all of the same id and merge key, whatever the clocks of the editors' machines say."""
    same = [one.made for one in known if (one.id, one.merge_key) == (decision.id, decision.merge_key)]
    latest = max((made if made.tzinfo else made.replace(tzinfo=decision.made.tzinfo) for made in same), default=None)
    if latest is None or latest < decision.made:
        return decision
    return replace(decision, made=latest + timedelta(microseconds=1))


def anchors_of(event: PresentEvent) -> tuple[MentionRef, ...]:
    """The mentions that carry a decision: the founder, the first of each further source, then others."""
    first_of: dict[str, Member] = {}
    for member in event.members:
        first_of.setdefault(source_of(member.telling), member)
    ordered = dict.fromkeys((*first_of.values(), *event.members))
    return _refs(list(ordered)[:ANCHORS])


def _decision(action: OverrideAction, event: PresentEvent, mentions: tuple[MentionRef, ...], by: EditedBy) -> Override:
    """Without its id, which follows from all of it."""
    return Override("", by.made, _merge_key(event), action, mentions, editor=by.editor, reason=by.reason)


def _with_id(decision: Override) -> Override:
    """The decision under the id of what it decides, whoever makes it and when. Raises `EditError`."""
    named, apart = _sorted(decision.mentions), _sorted(decision.apart)
    matter = replace(decision, made=_NO_TIME, mentions=named, apart=apart, editor="", reason="")
    found = replace(decision, id=digest(codec.encode(matter).decode())[:12])
    try:
        check(found)
    except InvalidRecordError as error:
        raise EditError(str(error)) from error
    return found


def _merge_key(event: PresentEvent) -> str:
    return event.founder.telling.told.merge_key


def _refs(members: Iterable[Member]) -> tuple[MentionRef, ...]:
    return tuple(MentionRef(*member.telling.id) for member in members)


def _sorted(refs: Iterable[MentionRef]) -> tuple[MentionRef, ...]:
    return tuple(sorted(refs, key=lambda ref: (ref.article_id, ref.mention_id)))


def _names(member: Member) -> frozenset[str]:
    return frozenset(member.telling.id)


def _ids(event: PresentEvent, action: OverrideAction) -> str:
    return ", ".join(one.id for one in event.decisions if one.action == action)


def _plain(value: Any) -> Any:
    """The value as it would be read from JSON; of what is no record itself."""
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    return codec.plain(value) if is_dataclass(value) else value


def _unread(value: Any, read: Any) -> Iterator[str]:
    """Names in the JSON that no field was read from: a slip of the pen would empty what it was meant to fill."""
    if isinstance(value, dict) and isinstance(read, dict):
        yield from (name for name in value if name not in read)
        for name in value.keys() & read.keys():
            yield from _unread(value[name], read[name])
    elif isinstance(value, list) and isinstance(read, list):
        for one, read_one in zip(value, read, strict=False):
            yield from _unread(one, read_one)
