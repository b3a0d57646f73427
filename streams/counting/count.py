"""COUNT: all that one event adds under one day and country comes in; the counts it touches go out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from streams import topics
from streams.counting.contributions import contributions_of
from streams.counting.sums import CountEntry, CountState, Subject, entry_key
from streams.records import Contributions, DayCount, Event, SubjectKind
from streams.stages import Send

TOPICS: dict[SubjectKind, str] = {"actor": topics.ACTOR_COUNTS.name, "place": topics.LOCATION_COUNTS.name}


@dataclass(frozen=True, slots=True)
class Counted:
    """What one input leads to: entries to write, and subjects whose counts must be sent before it is finished.

    The counts may be sent together with those of later inputs, once the writes of all of these are acknowledged.
    """

    writes: dict[str, CountEntry] = field(default_factory=dict)
    subjects: tuple[Subject, ...] = ()


def handle(state: CountState, record: Contributions, offset: int, updated: str) -> Counted:
    """Takes the record into `state`; the writes make the table equal to it.

    `offset` and `updated` are the record's own; `updated` is its time, ISO 8601 in UTC. A version older than the
    known one changes nothing and is answered with the present counts; an equal one replaces.
    """
    key = entry_key(record)
    old = state.entries.get(key)
    if old is not None and record.version < old.told.version:
        return Counted(subjects=tuple(old.subjects))
    entry = _replaced(old, record, offset, updated)
    if entry == old:
        return Counted(subjects=tuple(entry.subjects))
    state.put(entry)
    return Counted({key: entry}, tuple(entry.subjects))


def sends_of(state: CountState, subjects: Iterable[Subject]) -> tuple[Send, ...]:
    """The present count of each subject, each once, sorted; a tombstone where no event is left."""
    return tuple(
        Send(TOPICS[subject.kind], f"{subject.day}|{subject.id}", state.day_count(subject))
        for subject in sorted(set(subjects))
    )


def count_events(events: Iterable[Event]) -> list[DayCount]:
    """The counts that the events add up to, sorted by day, kind and subject: COUNT as a filter, without a broker."""
    state = CountState()
    subjects: set[Subject] = set()
    for event in {event.id: event for event in events}.values():
        for record in contributions_of(event):
            subjects |= set(handle(state, record, 0, "").subjects)
    counts = (state.day_count(subject) for subject in sorted(subjects))
    return [count for count in counts if count is not None]


def _replaced(old: CountEntry | None, record: Contributions, offset: int, updated: str) -> CountEntry:
    """The entry after the record. Its offset grows only when what it adds changes."""
    now: set[tuple[SubjectKind, str]] = {(one.kind, one.subject) for one in record.contributions}
    if old is None:
        return CountEntry(record, offset, updated, tuple(sorted(now)))
    entry = replace(old, told=record, ever=tuple(sorted(now | set(old.ever))))
    if old.told.contributions != record.contributions and offset >= old.offset:
        return replace(entry, offset=offset, updated=updated)
    return entry
