"""The agent REVISE: documents in, all that each article says under each merge key out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from streams import codec, topics
from streams.agents.stage import origin_ms
from streams.agents.table_stage import DecodedEntries, TableStage, outgoing
from streams.engine.outbox import Output
from streams.records import Document
from streams.revising.revise import ArticleEntry, decode_entry, encode_entry, handle

Entries = Mapping[str, ArticleEntry]


class Revising(TableStage[ArticleEntry, Entries]):
    """Runs `streams.revising` on `news.documents.v1`."""

    name = "revising"
    topic = topics.DOCUMENTS
    table_name = "articles"
    has_parts = False
    looked_at = 4

    def decode(self, value: bytes) -> Document:
        """The document."""
        return codec.decode(Document, value)

    def encode_entry(self, entry: ArticleEntry) -> bytes:
        """The entry of one article."""
        return encode_entry(entry)

    def decode_entry(self, value: bytes) -> ArticleEntry:
        """The entry of one article."""
        return decode_entry(value)

    def key_of(self, record: Any) -> str:
        """The article's id."""
        return str(record.article_id)

    async def _state(self, partition: int, part: str) -> Entries:  # noqa: ARG002
        """Each document needs one entry only, so none is decoded before."""
        return DecodedEntries(self.table.entries(partition), decode_entry)

    def build_state(self, entries: Entries, own: bytes | None) -> Entries:  # noqa: ARG002
        """Nothing is derived: the table is the state."""
        return entries

    def decide(self, state: Entries, record: Any, message: Any, day: int) -> tuple[Entries, Output]:
        """What the article says now, and used to say."""
        decision = handle(state, record, day)
        return decision.writes, Output(sends=outgoing(decision.sends, origin_ms(message)))
