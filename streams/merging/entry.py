"""The entries of MERGE's table: one for each article under each merge key."""

from __future__ import annotations

from dataclasses import dataclass, field

from streams import codec
from streams.records import Mentions

WITHDRAWN = ""
"""Digest of an event that is no more."""


@dataclass(frozen=True, slots=True)
class Founded:
    """What is remembered of one event that a mention of this article founds, or once founded."""

    version: int
    """Offset of the mentions record that last changed the event."""
    digest: str
    """Of the event as last sent; empty when it was withdrawn."""
    days: tuple[str, ...]
    """Every `day|country` that the event ever contributed to."""

    @property
    def is_sent(self) -> bool:
        """Whether it was sent, and not withdrawn."""
        return self.digest != WITHDRAWN


@dataclass(frozen=True, slots=True)
class MentionsEntry:
    """What one article says under one merge key, and what it needs to take back. Table `mentions`."""

    told: Mentions
    founded: dict[str, Founded] = field(default_factory=dict)
    """By event id. The memory of an event lives with the article of its founding mention, and nowhere else."""
    touched: int | None = None
    """The day of the last input that was of this article or sent an event founded here, by stream time
    (`streams.expiring`). The last field."""


def entry_key(told: Mentions) -> str:
    """The table key of what one article says under one merge key."""
    return key_under(told.merge_key, told.article_id)


def key_under(merge_key: str, article_id: str) -> str:
    """The table key of what this article says under this merge key."""
    return f"{merge_key}|{article_id}"


def encode_entry(entry: MentionsEntry) -> bytes:
    """The entry as compact JSON."""
    return codec.encode(entry)


def decode_entry(value: bytes) -> MentionsEntry:
    """The entry in `value`. Raises `InvalidRecordError`."""
    return codec.decode(MentionsEntry, value)
