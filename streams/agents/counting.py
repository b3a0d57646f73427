"""The agent COUNT: what events add in, counts by day, actor and place out, each at most once in an interval."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Hashable, Mapping
from typing import Any, cast

from streams import codec, topics
from streams.agents.stage import origin_ms, timestamp_ms
from streams.agents.table_stage import TableStage, outgoing, part_of
from streams.counting.count import handle, sends_of
from streams.counting.sums import CountEntry, CountState, Subject, decode_entry, encode_entry, entry_key
from streams.engine.outbox import CoalescingOutbox, Outgoing, Output, Sink
from streams.identity import moment_of, utc_text
from streams.records import Contributions

Mark = tuple[int, str, Subject]
"""Partition, part of the table, and the subject whose count has changed there."""


class Counting(TableStage[CountEntry, CountState]):
    """Runs `streams.counting` on `news.contributions.v1`."""

    name = "counting"
    topic = topics.CONTRIBUTIONS
    table_name = "contributions"
    capacity = 20_000  # inputs wait for the interval: this bounds the rate to 20,000 an interval

    def decode(self, value: bytes) -> Contributions:
        """All that one event adds under one day and country."""
        return codec.decode(Contributions, value)

    def encode_entry(self, entry: CountEntry) -> bytes:
        """The entry of one event under one day and country."""
        return encode_entry(entry)

    def decode_entry(self, value: bytes) -> CountEntry:
        """The entry of one event under one day and country."""
        return decode_entry(value)

    def key_of(self, record: Any) -> str:
        """The key of the entry of one event under one day and country."""
        return entry_key(record)

    def build_state(self, entries: Mapping[str, CountEntry]) -> CountState:
        """The sums of one day and country."""
        return CountState(entries.values())

    def outbox(self) -> Sink:
        """Counts are coalesced: an outbreak of news changes the same few counts again and again."""
        return CoalescingOutbox(
            self,
            self.collect,
            capacity=self.capacity,
            interval=self.context.settings.count_interval_seconds,
            is_draining=lambda: not self.app.flow_control.is_active(),
        )

    def decide(self, state: CountState, record: Any, message: Any) -> tuple[Mapping[str, CountEntry], Output]:
        """The sums after the record, and a mark for each subject whose count must be sent."""
        updated = utc_text(moment_of(timestamp_ms(message)))
        counted = handle(state, record, message.offset, updated)
        origin = origin_ms(message)
        place = message.partition, part_of(entry_key(record))
        marks: dict[Hashable, int] = {(*place, subject): origin for subject in counted.subjects}
        return counted.writes, Output(marks=marks)

    def collect(self, marks: Mapping[Hashable, int]) -> Output:
        """The counts of the marked subjects as they are now."""
        by_origin: dict[tuple[int, str, int], list[Subject]] = defaultdict(list)
        for mark, origin in marks.items():
            partition, part, subject = cast("Mark", mark)
            by_origin[partition, part, origin].append(subject)
        sends: list[Outgoing] = []
        for (partition, part, origin), subjects in by_origin.items():
            sends += outgoing(sends_of(self.state_now(partition, part), subjects), origin)
        kinds = [cast("Mark", mark)[2].kind for mark in marks]

        def count() -> None:
            now = time.time() * 1000
            for kind, origin in zip(kinds, marks.values(), strict=True):
                self.context.metrics.counts_published.labels(kind).inc()
                self.context.metrics.delay_seconds.observe(max(0.0, (now - origin) / 1000))

        return Output(sends=sends, done=count)
