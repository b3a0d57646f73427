"""The agent MERGE: mentions in, events and what they add to the counts out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from streams import codec, topics
from streams.agents.stage import origin_ms
from streams.agents.table_stage import TableStage, outgoing
from streams.engine.outbox import Output
from streams.merging.entry import MentionsEntry, decode_entry, encode_entry, entry_key
from streams.merging.merge import handle
from streams.merging.state import MergeState
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

    def build_state(self, entries: Mapping[str, MentionsEntry]) -> MergeState:
        """What is told under one merge key."""
        return MergeState(entries.values())

    def decide(self, state: MergeState, record: Any, message: Any) -> tuple[Mapping[str, MentionsEntry], Output]:
        """The events that the record touches."""
        decision = handle(state, record, message.offset)
        events = [send for send in decision.sends if send.topic == topics.EVENTS.name]
        withdrawn = sum(send.record is None for send in events)

        def count() -> None:
            self.context.metrics.events_published.inc(len(events) - withdrawn)
            self.context.metrics.events_withdrawn.inc(withdrawn)

        return decision.writes, Output(sends=outgoing(decision.sends, origin_ms(message)), done=count)
