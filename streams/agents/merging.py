"""The agent MERGE: mentions in, events and what they add to the counts out."""

from __future__ import annotations

from collections.abc import Collection, Generator, Mapping
from typing import Any

from streams import codec, topics
from streams.agents.stage import origin_ms
from streams.agents.table_stage import TableStage, outgoing
from streams.engine.outbox import Output
from streams.expiring.expiry import Candidates, Swept
from streams.merging.entry import MentionsEntry, decode_entry, encode_entry, entry_key
from streams.merging.expiry import decode_leaving, handle_on, leaving_of, sweep
from streams.merging.state import MergeState
from streams.merging.unsent import check
from streams.records import Mentions


class Merging(TableStage[MentionsEntry, MergeState]):
    """Runs `streams.merging` on `news.mentions.v1`."""

    name = "merging"
    topic = topics.MENTIONS
    table_name = "mentions"

    def decode(self, value: bytes) -> Mentions:
        """All that one article says under one merge key."""
        return codec.decode(Mentions, value)

    def encode_entry(self, entry: MentionsEntry) -> bytes:
        """The entry of one article under one merge key."""
        return encode_entry(entry)

    def decode_entry(self, value: bytes) -> MentionsEntry:
        """The entry of one article under one merge key."""
        return decode_entry(value)

    def key_of(self, record: Any) -> str:
        """The key of the entry of one article under one merge key."""
        return entry_key(record)

    def build_state(self, entries: Mapping[str, MentionsEntry], own: bytes | None) -> MergeState:  # noqa: ARG002
        """What is told under one merge key."""
        return MergeState(entries.values())

    def building(self, entries: Mapping[str, MentionsEntry], own: bytes | None) -> Generator[None, None, MergeState]:  # noqa: ARG002
        """What is told, which tellings are one event, and which events may be unsent."""
        state = MergeState()
        for entry in entries.values():
            state.put(entry)
            yield
        for merge_key in state.merge_keys():
            yield from check(state, merge_key)
        return state

    def decide(
        self, state: MergeState, record: Any, message: Any, day: int
    ) -> tuple[Mapping[str, MentionsEntry], Output]:
        """The events that the record touches."""
        decision = handle_on(state, record, self.context.generation.revision(message.offset), day)
        events = [send for send in decision.sends if send.topic == topics.EVENTS.name]
        withdrawn = sum(send.record is None for send in events)

        def count() -> None:
            self.context.metrics.events_published.inc(len(events) - withdrawn)
            self.context.metrics.events_withdrawn.inc(withdrawn)

        return decision.writes, Output(sends=outgoing(decision.sends, origin_ms(message)), done=count)

    async def sweep(self, partition: int, looked_at: Candidates) -> Swept:
        """Old entries go with all that share their events, or stay."""
        return sweep(await self._state(partition, looked_at.part), self.table.entries(partition), looked_at)

    def leaving(self, table: Mapping[str, bytes], part: str, keys: Collection[str]) -> Collection[str]:  # noqa: ARG002
        """The entries that the entry of the merge key names."""
        return leaving_of(table, decode_leaving(table[part]))
