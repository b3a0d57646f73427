"""COUNT: all that one event adds under one day and country comes in; the counts it touches go out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from streams import topics
from streams.counting.contributions import contributions_of
from streams.counting.counted import Counted
from streams.counting.entry import CountEntry, Subject, entry_key
from streams.counting.moment import Moment
from streams.counting.sums import CountState
from streams.records import Contributions, DayCount, Event, SubjectKind
from streams.stages import Send

TOPICS: dict[SubjectKind, str] = {"actor": topics.ACTOR_COUNTS.name, "place": topics.LOCATION_COUNTS.name}


def handle(state: CountState, record: Contributions, moment: Moment) -> Counted[CountEntry, Subject]:
    """Takes the record into `state`; the writes make the table equal to it.

    A version older than the known one changes nothing and is answered with the present counts; an equal one
    replaces.
    """
    key = entry_key(record)
    old = state.entries.get(key)
    if _is_late(state, old, moment):
        return Counted(is_late=True)
    entry = old if old is not None and record.version < old.told.version else _replaced(old, record, moment)
    entry = replace(entry, touched=max(moment.now, entry.touched or 0))
    if entry == old:
        return Counted(subjects=tuple(entry.subjects))
    state.put(entry)
    return Counted({key: entry}, tuple(entry.subjects))


def _is_late(state: CountState, old: CountEntry | None, moment: Moment) -> bool:
    """Whether the day is closed, or the entry of an event without a day may have gone into the base entry.

    What follows from an article as old as the entries that are gone may be a repetition of what is counted there.
    """
    return state.base is not None and (state.base.closed or (old is None and moment.day < state.base.before))


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
            subjects |= set(handle(state, record, Moment(0, "")).subjects)
    counts = (state.day_count(subject) for subject in sorted(subjects))
    return [count for count in counts if count is not None]


def _replaced(old: CountEntry | None, record: Contributions, moment: Moment) -> CountEntry:
    """The entry after the record. Its offset grows only when what it adds changes."""
    now: set[tuple[SubjectKind, str]] = {(one.kind, one.subject) for one in record.contributions}
    if old is None:
        return CountEntry(record, moment.offset, moment.updated, tuple(sorted(now)))
    entry = replace(old, told=record, ever=tuple(sorted(now | set(old.ever))))
    if old.told.contributions != record.contributions and moment.offset >= old.offset:
        return replace(entry, offset=moment.offset, updated=moment.updated)
    return entry
