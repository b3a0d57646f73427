"""The agent that counts articles: what has become of each in, counts by publication day and source out."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from streams import codec, topics
from streams.agents.coalescing import CoalescingStage
from streams.counting.articles import (
    ArticleState,
    DaySource,
    ReadEntry,
    decode_base,
    decode_entry,
    encode_entry,
    entry_key,
    handle,
    sends_of,
)
from streams.counting.closing import fold, left_in, settled
from streams.counting.counted import Counted
from streams.counting.moment import Moment
from streams.expiring.expiry import Candidates, Swept
from streams.records import ArticleRead
from streams.stages import Send


class CountingArticles(CoalescingStage[ReadEntry, ArticleState, DaySource]):
    """Runs `streams.counting.articles` on `news.articles-read.v1`."""

    name = "counting-articles"
    topic = topics.ARTICLES_READ
    table_name = "articles-read"

    def decode(self, value: bytes) -> ArticleRead:
        """What has become of one article under one day and source."""
        return codec.decode(ArticleRead, value)

    def encode_entry(self, entry: ReadEntry) -> bytes:
        """The entry of one article under one day and source."""
        return encode_entry(entry)

    def decode_entry(self, value: bytes) -> ReadEntry:
        """The entry of one article under one day and source."""
        return decode_entry(value)

    def key_of(self, record: Any) -> str:
        """The key of the entry of one article under one day and source."""
        return entry_key(record)

    def build_state(self, entries: Mapping[str, ReadEntry], own: bytes | None) -> ArticleState:
        """The sums of one day and source."""
        return ArticleState(entries.values(), None if own is None else decode_base(own))

    def handle(self, state: ArticleState, record: Any, moment: Moment) -> Counted[ReadEntry, DaySource]:
        """The sums after one record."""
        writes, subject = handle(state, record, moment)
        return Counted(writes, (subject,))

    async def sweep(self, partition: int, looked_at: Candidates) -> Swept:
        """Old entries go into the base entry of their day and source."""
        return fold(await self._state(partition, looked_at.part), looked_at)

    def leaving(self, table: Mapping[str, bytes], part: str, keys: Collection[str]) -> Collection[str] | None:
        """The entries that are in the base entry already."""
        base = decode_base(table[part])
        return left_in(table, base.leaving, keys, base.before) if keys else None

    def when_removed(self, own: bytes) -> bytes:
        """The base entry stays."""
        return encode_entry(settled(decode_base(own)))

    def sends_of(self, state: ArticleState, subjects: Iterable[DaySource]) -> tuple[Send, ...]:
        """The counts of articles."""
        return sends_of(state, subjects)

    def kind_of(self, subject: DaySource) -> str:  # noqa: ARG002
        """Articles."""
        return "article"
