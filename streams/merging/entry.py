"""The entries of MERGE's table: one for each article under each merge key."""

from __future__ import annotations

from dataclasses import dataclass, field

from streams import codec
from streams.merging.traits import Traits
from streams.records import Mentions


@dataclass(frozen=True, slots=True)
class Founded:
    """What is remembered of one event that a mention of this article founds, or once founded."""

    version: int
    """Offset of the mentions record that last changed the event."""
    digest: str
    """Of the event as last sent; empty when it was withdrawn."""
    days: tuple[str, ...]
    """Every `day|country` that the event ever contributed to."""


@dataclass(frozen=True, slots=True)
class MentionsEntry:
    """What one article says under one merge key, and what it needs to take back. Table `mentions`.

    `ghosts` are the traits of former mentions that no present one has. After a crash between state and outputs, the
    redelivered input finds by them the tellings that the former mentions had linked, and sends their events again.
    """

    told: Mentions
    ghosts: tuple[Traits, ...] = ()
    founded: dict[str, Founded] = field(default_factory=dict)
    """By event id. The memory of an event lives with the article of its founding mention, and nowhere else."""


def entry_key(told: Mentions) -> str:
    """The table key of what one article says under one merge key."""
    return f"{told.merge_key}|{told.article_id}"


def encode_entry(entry: MentionsEntry) -> bytes:
    """The entry as compact JSON."""
    return codec.encode(entry)


def decode_entry(value: bytes) -> MentionsEntry:
    """The entry in `value`. Raises `InvalidRecordError`."""
    return codec.decode(MentionsEntry, value)
