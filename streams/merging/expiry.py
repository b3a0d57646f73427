"""Expiry in MERGE: an entry goes together with every entry that shares an event with it, over any number of steps.

An event's tellings go at once or not at all. To take whole clusters away changes no other: each telling that is left
fitted its own cluster best among all, so it does among those that are left. Half a cluster would be another event. So
what goes is said first, in one entry under the merge key, and removed behind that: a crash finds all gone, or none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from streams import codec
from streams.expiring.ages import touched_or
from streams.expiring.expiry import Candidates, Swept
from streams.merging.entry import MentionsEntry, entry_key, key_under
from streams.merging.merge import handle
from streams.merging.state import MergeState
from streams.records import Event, Mentions
from streams.stages import Decision, Send


@dataclass(frozen=True, slots=True)
class LeavingEntry:
    """Which entries under one merge key are on their way out. Table `mentions`, key: the merge key."""

    merge_key: str
    before: int
    """An entry of one of these keys that was touched on this day or later is a new one."""
    keys: tuple[str, ...]


def encode_leaving(entry: LeavingEntry) -> bytes:
    """The entry as compact JSON."""
    return codec.encode(entry)


def decode_leaving(value: bytes) -> LeavingEntry:
    """The entry in `value`. Raises `InvalidRecordError`."""
    return codec.decode(LeavingEntry, value)


def handle_on(state: MergeState, record: Mentions, offset: int, day: int) -> Decision[MentionsEntry]:
    """`handle`, by which the article's entry and those of the founders of all events that are sent are touched.

    `day` is the stream time, in days since 1970. What is sent touches the counts, which must not close before an event
    may expire here.
    """
    key = entry_key(record)
    known = state.entries[key].touched if key in state.entries else None
    decision = handle(state, record, offset)
    writes = dict(decision.writes)
    for one in (key, *_founders(record.merge_key, decision.sends)):
        touched = known if one == key else state.entries[one].touched
        if touched is None or touched < day:
            writes.setdefault(one, state.entry(one))
    for one, entry in writes.items():
        touched = max(day, (known if one == key else entry.touched) or 0)
        writes[one] = replace(entry, touched=touched)
        state.entries[one] = replace(state.entries[one], touched=touched)
    return Decision(writes, decision.sends)


def _founders(merge_key: str, sends: Iterable[Send]) -> Iterator[str]:
    """The entries that remember the events which are sent."""
    for send in sends:
        if isinstance(send.record, Event):
            yield f"{merge_key}|{send.record.reports[0].article_id}"


def sweep(state: MergeState, table: Mapping[str, bytes], looked_at: Candidates) -> Swept:
    """Which of the candidates go, and with them whatever shares their events; they are dropped from the state."""
    leaving: set[str] = set()
    kept: dict[str, int] = {}
    for key in looked_at.keys:
        if key not in leaving and key not in kept and key in state.entries:
            reached, latest = _reach(state, table, key, looked_at.before, kept)
            if latest is None:
                leaving |= reached
            else:
                kept.update(dict.fromkeys(reached, latest))
    if not leaving:
        return Swept(kept=kept)
    state.drop(looked_at.part, leaving)
    entry = LeavingEntry(looked_at.part, looked_at.before, tuple(sorted(leaving)))
    return Swept({looked_at.part: encode_leaving(entry)}, entry.keys, kept, is_idle=not state.entries)


def leaving_of(table: Mapping[str, bytes], entry: LeavingEntry) -> list[str]:
    """The entries that are on their way out and still in the table."""
    return [key for key in entry.keys if key in table and touched_or(table[key], entry.before) < entry.before]


def _reach(
    state: MergeState, table: Mapping[str, bytes], start: str, before: int, kept: Mapping[str, int]
) -> tuple[set[str], int | None]:
    """The old entries that shared events join to this one, as far as it goes until something young is found.

    With the day of that; None when all that is joined is old.
    """
    reached = {start}
    waiting = [start]
    while waiting:
        for key in _fellows(state, waiting.pop()):
            if key in reached:
                continue
            touched = max(touched_or(table[key], before), kept.get(key, 0))
            if touched >= before:
                return reached, touched
            reached.add(key)
            waiting.append(key)
    return reached, None


def _fellows(state: MergeState, key: str) -> Iterator[str]:
    """The entries that tell an event which this one tells too, and decisions with all that they name."""
    told = state.entries[key].told
    members = state.clustering(told.merge_key).members
    for mention in told.mentions:
        cluster = members[told.article_id, mention.id].cluster
        if cluster is not None:
            yield from (entry_key(member.telling.told) for member in cluster.members)
    for decision, overrides in state.overrides(told.merge_key).items():
        named = {
            key_under(told.merge_key, ref.article_id)
            for override in overrides
            for ref in (*override.mentions, *override.apart)
            if (ref.article_id, ref.mention_id) in members
        }
        if key == decision:
            yield from named
        elif key in named:
            yield decision
