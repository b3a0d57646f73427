"""The agent COUNT: what events add in, counts by day, actor and place out, each at most once in an interval."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from streams import codec, topics
from streams.agents.coalescing import CoalescingStage
from streams.counting.closing import close, fold, is_undated, leaving_of, settled
from streams.counting.count import handle, sends_of
from streams.counting.counted import Counted
from streams.counting.entry import CountEntry, Subject, decode_base, decode_entry, encode_entry, entry_key
from streams.counting.moment import Moment
from streams.counting.sums import CountState
from streams.expiring.expiry import Candidates, Swept
from streams.records import Contributions
from streams.stages import Send


class Counting(CoalescingStage[CountEntry, CountState, Subject]):
    """Runs `streams.counting` on `news.contributions.v1`."""

    name = "counting"
    topic = topics.CONTRIBUTIONS
    table_name = "contributions"

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

    def build_state(self, entries: Mapping[str, CountEntry], own: bytes | None) -> CountState:
        """The sums of one day and country."""
        return CountState(entries.values(), None if own is None else decode_base(own))

    def handle(self, state: CountState, record: Any, moment: Moment) -> Counted[CountEntry, Subject]:
        """The sums after one record."""
        return handle(state, record, moment)

    def keys_of(self, state: CountState) -> Collection[str]:
        """The keys of the entries of the day and country."""
        return state.entries

    async def sweep(self, partition: int, looked_at: Candidates) -> Swept:
        """The day and country closes, or old entries without a day go into its base entry."""
        if is_undated(looked_at.part):
            return fold(await self._state(partition, looked_at.part), looked_at)
        swept = close(self.table.entries(partition), await self.keys(partition, looked_at.part), looked_at)
        self.context.metrics.closed_days.inc(swept.is_idle)
        return swept

    def leaving(self, table: Mapping[str, bytes], part: str, keys: Collection[str]) -> Collection[str] | None:
        """The entries of a closed day, or those that are in the base entry already."""
        return leaving_of(table, decode_base(table[part]), keys) if keys else None

    def when_removed(self, own: bytes) -> bytes:
        """The base entry stays."""
        return encode_entry(settled(decode_base(own)))

    def sends_of(self, state: CountState, subjects: Iterable[Subject]) -> tuple[Send, ...]:
        """The counts of actors and places."""
        return sends_of(state, subjects)

    def kind_of(self, subject: Subject) -> str:
        """Actor or place."""
        return subject.kind
