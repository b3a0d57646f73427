"""What the two agents that count share: a count is sent at most once in an interval, however many inputs change it."""

from __future__ import annotations

import abc
import time
from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping
from typing import Any, Generic, TypeVar, cast

from streams import topics
from streams.agents.stage import origin_headers, origin_ms, timestamp_ms
from streams.agents.table_stage import Entry, State, TableStage, outgoing
from streams.counting.counted import Counted
from streams.counting.moment import Moment
from streams.engine.outbox import CoalescingOutbox, Outgoing, Output, Sink
from streams.expiring.expiry import part_of
from streams.expiring.stream_time import day_of
from streams.identity import moment_of, utc_text
from streams.stages import Send

Subject = TypeVar("Subject", bound=Hashable)


class CoalescingStage(TableStage[Entry, State], Generic[Entry, State, Subject]):
    """A stage whose outputs are sums: inputs wait for the publish that covers them."""

    capacity = 20_000  # inputs wait for the interval: this bounds the rate to 20,000 an interval

    @abc.abstractmethod
    def handle(self, state: State, record: Any, moment: Moment) -> Counted[Entry, Subject]:
        """The table entries that one input changes, and whose counts must be sent."""

    @abc.abstractmethod
    def sends_of(self, state: State, subjects: Iterable[Subject]) -> tuple[Send, ...]:
        """The present counts of the subjects."""

    @abc.abstractmethod
    def kind_of(self, subject: Subject) -> str:
        """What the count is about, for metrics."""

    def outbox(self) -> Sink:
        """Counts are coalesced: an outbreak of news changes the same few counts again and again."""
        return CoalescingOutbox(
            self,
            self.collect,
            capacity=self.capacity,
            interval=self.context.settings.count_interval_seconds,
            is_draining=lambda: not self.app.flow_control.is_active(),
        )

    def decide(self, state: State, record: Any, message: Any, day: int) -> tuple[Mapping[str, Entry], Output]:
        """The sums after the record, and a mark for each subject whose count must be sent."""
        origin = origin_ms(message)
        revision = self.context.generation.revision(message.offset)
        updated = utc_text(moment_of(timestamp_ms(message)))
        counted = self.handle(state, record, Moment(revision, updated, day_of(origin), day))
        if counted.is_late:
            late = Outgoing(topics.LATE.name, message.key, message.value, origin_headers(origin))
            return {}, Output(sends=(late,), done=self.context.metrics.late_contributions.inc)
        place = message.partition, part_of(self.key_of(record))
        marks: dict[Hashable, int] = {(*place, subject): origin for subject in counted.subjects}
        return counted.writes, Output(marks=marks)

    def collect(self, marks: Mapping[Hashable, int]) -> Output:
        """The counts of the marked subjects as they are now."""
        by_origin: dict[tuple[int, str, int], list[Subject]] = defaultdict(list)
        kinds: list[tuple[str, int]] = []
        for mark, origin in marks.items():
            partition, part, subject = cast("tuple[int, str, Subject]", mark)
            by_origin[partition, part, origin].append(subject)
            kinds.append((self.kind_of(subject), origin))
        sends: list[Outgoing] = []
        for (partition, part, origin), subjects in by_origin.items():
            sends += outgoing(self.sends_of(self.state_now(partition, part), subjects), origin)

        def count() -> None:
            now = time.time() * 1000
            for kind, origin in kinds:
                self.context.metrics.counts_published.labels(kind).inc()
                self.context.metrics.delay_seconds.observe(max(0.0, (now - origin) / 1000))

        return Output(sends=sends, done=count)
