"""The stages with one delivery rule taken away each (docs: "Delivery: at least once, and every step converges").

The product's handlers are wrapped, not changed: what a rule keeps is stripped before they see it, or between them
and the table.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import orjson
import pytest

from streams.counting.entry import Subject
from streams.merging import events, merge, unsent
from streams.merging.entry import Founded, MentionsEntry
from streams.merging.state import MergeState
from streams.merging.tellings import Telling
from streams.records import Contributions, DayCount, Document, Mentions, Version
from streams.revising.revise import ArticleEntry
from streams.stages import Send
from tests.unit.simulation.simulated_log import STAGES, Count, Merge, Revise, Stage, Writes

Stages = tuple[type[Stage], ...]


def instead(*others: type[Stage]) -> Stages:
    """All stages, these in place of what they derive from."""
    return tuple(next((other for other in others if issubclass(other, stage)), stage) for stage in STAGES)


# Rule 1, identity is content: the event id is drawn.
def draw_event_ids(monkeypatch: pytest.MonkeyPatch) -> None:
    numbers = itertools.count()
    for module in (merge, events):
        monkeypatch.setattr(module, "event_id", lambda merge_key, mention_id: f"event {next(numbers)}")


# Rule 2, versions order what is told: what is delivered last wins.
class ReviseAnyVersion(Revise):
    def process(self, record: Document, offset: int) -> tuple[Writes, Sequence[Send]]:
        return super().process(replace(record, version=Version("", "")), offset)


# Rule 3, replace, never add.
class MergeAdds(Merge):
    """What an article says is added to what it said."""

    def process(self, record: Mentions, offset: int) -> tuple[Writes, Sequence[Send]]:
        known = self.state.entries.get(f"{record.merge_key}|{record.article_id}")
        former = known.told.mentions if known else ()
        return super().process(replace(record, mentions=(*former, *record.mentions)), offset)


class CountAdds(Count):
    """What an event adds is added each time it comes."""

    def process(self, record: Contributions, offset: int) -> tuple[Writes, Sequence[Send]]:
        return super().process(replace(record, event_id=f"{record.event_id} at {offset}"), offset)


# Rule 4, state keeps what it ever sent.
class ReviseForgets(Revise):
    """Merge keys with nothing left are forgotten."""

    def process(self, record: Document, offset: int) -> tuple[Writes, Sequence[Send]]:
        for key, entry in self.table.items():
            self.table[key] = self.forgetful(entry)
        return super().process(record, offset)

    def forgetful(self, entry: ArticleEntry) -> ArticleEntry:
        return replace(entry, mentions={})


class ForgetfulState(MergeState):
    """Strips from each entry what `forget` says."""

    def __init__(self, entries: Sequence[MentionsEntry], forget: Callable[[MentionsEntry], MentionsEntry]) -> None:
        self.forget = forget
        super().__init__(entries)

    def put(self, entry: MentionsEntry) -> bool:
        return super().put(self.forget(entry))

    def remember(self, key: str, event_id: str, memory: Founded) -> None:
        super().remember(key, event_id, memory)
        self.put(self.entry(key))


class MergeTrustsMemory(Merge):
    """After a crash, events are not compared with what is remembered of them."""

    def process(self, record: Mentions, offset: int) -> tuple[Writes, Sequence[Send]]:
        if record.merge_key not in self.state.unsent:
            list(unsent.check(self.state, record.merge_key))
            self.state.unsent[record.merge_key] = {}
        return super().process(record, offset)


class MergeTrustsOffsets(Merge):
    """After a crash, what unfinished inputs have changed is taken for sent."""

    def process(self, record: Mentions, offset: int) -> tuple[Writes, Sequence[Send]]:
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(unsent, "changed_since", lambda *_: {})
            return super().process(record, offset)


class MergeWithoutFounded(Merge):
    def state_of(self, entries: list[MentionsEntry]) -> MergeState:
        return ForgetfulState(entries, lambda entry: replace(entry, founded={}))


class MergeWithoutDays(Merge):
    def state_of(self, entries: list[MentionsEntry]) -> MergeState:
        return ForgetfulState(entries, self.without_days)

    def without_days(self, entry: MentionsEntry) -> MentionsEntry:
        return replace(entry, founded={key: replace(one, days=()) for key, one in entry.founded.items()})


class CountWithoutEver(Count):
    """A subject that an event no longer adds to is not sent again."""

    def process(self, record: Contributions, offset: int) -> tuple[Writes, Sequence[Send]]:
        for entry in list(self.state.entries.values()):
            self.state.put(replace(entry, ever=tuple((one.kind, one.subject) for one in entry.told.contributions)))
        key = f"{record.day}|{record.country}|{record.event_id}"
        writes, sends = super().process(record, offset)
        now = {(one.kind, one.subject) for one in record.contributions}
        if key in self.state.entries:
            self.state.put(replace(self.state.entries[key], ever=tuple(sorted(now))))
        present = {f"{record.day}|{subject}" for _, subject in now}
        return writes, [send for send in sends if send.key in present]


# Rule 6, one table a stage, one entry a thing: sums are stored beside the contributions and changed by the difference.
class CountStoresSums(Count):
    def __init__(self, table: Writes) -> None:
        self.sums: dict[str, dict[str, Any]] = {
            key: orjson.loads(value) for key, value in table.items() if key.startswith("sum ")
        }
        super().__init__({key: value for key, value in table.items() if not key.startswith("sum ")})

    def process(self, record: Contributions, offset: int) -> tuple[Writes, Sequence[Send]]:
        before = {subject: self.state.day_count(subject) for subject in self.touched(record)}
        writes, sends = super().process(record, offset)
        stored = dict(writes)
        answers = []
        for send, subject in zip(sends, sorted(self.touched(record)), strict=True):
            key = f"sum {subject.kind} {send.key}"
            known = self.sums.setdefault(key, {"events": 0})
            after = self.state.day_count(subject)
            known["events"] += _events(after) - _events(before.get(subject))
            stored[key] = orjson.dumps(known)
            told = send.record if not isinstance(send.record, DayCount) else replace(send.record, **known)
            answers.append(replace(send, record=told))
        return stored, answers

    def touched(self, record: Contributions) -> set[Subject]:
        entry = self.state.entries.get(f"{record.day}|{record.country}|{record.event_id}")
        known = set(entry.subjects) if entry else set()
        return known | {Subject(record.day, one.kind, one.subject) for one in record.contributions}


def _events(told: DayCount | None) -> int:
    return told.events if told else 0


# Rule 7, events are a function of the set of mentions: the order is that of arrival.
def order_by_arrival(monkeypatch: pytest.MonkeyPatch) -> None:
    arrived: dict[tuple[str, str], int] = {}

    def rank(telling: Telling) -> tuple[str, str, str]:
        return str(arrived.setdefault(telling.id, len(arrived))), "", ""

    monkeypatch.setattr(Telling, "rank", property(rank))
