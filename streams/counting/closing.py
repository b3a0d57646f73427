"""Days close: when nothing came to a day and country for the horizon, its counts stay as they are.

What has no day never closes as a whole. There the old entries go one by one, and what they add stays in a base entry;
so it is with counts of articles, of whatever day.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import TypeVar

from streams import codec
from streams.counting.articles import ArticleState, ReadBase
from streams.counting.days import UNDATED
from streams.counting.entry import BaseEntry, encode_entry
from streams.counting.sums import CountState
from streams.expiring.ages import touched_in, touched_or
from streams.expiring.expiry import Candidates, Swept

Base = TypeVar("Base", BaseEntry, ReadBase)


def is_undated(part: str) -> bool:
    """Whether the part is of events without a day."""
    return part.startswith(f"{UNDATED}|")


def close(table: Mapping[str, bytes], keys: Collection[str], looked_at: Candidates) -> Swept:
    """The day and country closes if none of its entries was touched lately; `keys` are those of all of them.

    One entry says so, in one write: a crash finds the day closed or not. The others are removed behind it.
    """
    latest = max(touched_or(table[key], looked_at.before) for key in keys)
    if latest >= looked_at.before:
        return Swept(kept=dict.fromkeys((key for key in keys if _is_old(table[key], looked_at.before)), latest))
    day, country = looked_at.part.split("|")
    base = BaseEntry(day, country, closed=True, before=looked_at.before)
    return Swept({base.key: encode_entry(base)}, leaving=keys, is_idle=True)


def fold(state: CountState | ArticleState, looked_at: Candidates) -> Swept:
    """Entries of events without a day, or of articles, go into the base entry of their part."""
    if not looked_at.keys:
        return Swept()
    base = state.fold(looked_at.keys, looked_at.before)
    return Swept({looked_at.part: codec.encode(base)}, leaving=base.leaving)


def settled(base: Base) -> Base:
    """The base entry when all that left is removed for good."""
    return replace(base, leaving=())


def leaving_of(table: Mapping[str, bytes], base: BaseEntry, keys: Collection[str]) -> list[str]:
    """Of the part's entries, those that are in the base entry already, or of a day that is closed."""
    if base.closed:
        return list(keys)
    return left_in(table, base.leaving, keys, base.before)


def left_in(table: Mapping[str, bytes], leaving: Collection[str], keys: Collection[str], before: int) -> list[str]:
    """Of these keys, those of entries that are on their way out and were not written anew."""
    gone = set(leaving)
    return [key for key in keys if key in gone and _is_old(table[key], before)]


def _is_old(entry: bytes, before: int) -> bool:
    touched = touched_in(entry)
    return touched is not None and touched < before
