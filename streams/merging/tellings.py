"""Tellings: the present mentions, each with the article that tells it."""

from __future__ import annotations

from array import array
from dataclasses import dataclass
from typing import TypeAlias

from streams.merging.traits import Traits, traits_of
from streams.records import Mention, Mentions

TellingId: TypeAlias = tuple[str, str]
"""Article id and mention id."""
Rank: TypeAlias = tuple[str, str, str, str]
"""Place in the canonical order."""
Signature: TypeAlias = bytes | tuple[int, ...]
"""A document's signature in memory: four bytes a value, or as it came when a value needs more."""

UNKNOWN_DAY = "9999"
"""Sorts after every day."""


@dataclass(frozen=True, slots=True)
class Telling:
    """One present mention, with the article that tells it."""

    mention: Mention
    traits: Traits
    told: Mentions
    signature: Signature
    """Of the article's text; empty if it has none."""

    @property
    def id(self) -> TellingId:
        """Article id and mention id."""
        return self.told.article_id, self.mention.id

    @property
    def rank(self) -> Rank:
        """The canonical order: publication date, fetch time, ids; articles of unknown date come last.

        News mostly comes in this order, so that a new telling changes nothing that came before it.
        """
        published = self.told.published.from_
        day = UNKNOWN_DAY if published is None else published.isoformat()
        return day, self.told.version.fetched, self.mention.id, self.told.article_id


def tellings_of(told: Mentions, signature: Signature | None = None) -> list[Telling]:
    """The mentions of one record; of two with one id, the last. `signature` stands for the one of the record."""
    packed = pack(told.signature) if signature is None else signature
    return [
        Telling(mention, traits_of(mention), told, packed)
        for mention in {mention.id: mention for mention in told.mentions}.values()
    ]


def pack(signature: tuple[int, ...]) -> Signature:
    """The signature as it is kept in memory."""
    try:
        return array("I", signature).tobytes()
    except OverflowError:
        return signature


def unpack(signature: Signature) -> tuple[int, ...]:
    """The signature as it is on the wire."""
    return tuple(values_of(signature))


def values_of(signature: Signature) -> array[int] | tuple[int, ...]:
    """The values of a signature, in order."""
    return array("I", signature) if isinstance(signature, bytes) else signature
