"""The user's additions that are in force in this process, for the small tables that all of reading and parsing asks.

A coding process has one set of additions for life. Where several come to one process (`daybook lexicon check`, tests),
what was worked out under the one before is forgotten, all that is remembered of lines too, so that no reading mixes
two. Not for several threads at once.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, TypeVar

from streams.extending.additions import NOTHING, Additions
from streams.extending.rows import LexiconError
from streams.remembering import ByLine


class _Cached(Protocol):
    @property
    def cache_clear(self) -> Callable[[], None]: ...


CachedT = TypeVar("CachedT", bound=_Cached)
_forgetting: list[Callable[[], None]] = []
_filling: list[Callable[[], None]] = []
_in_force = NOTHING
_NONE_YET = Additions("none of a user's")
"""In force when a wrong row kept additions from it, so that the next ones are taken whatever they are."""


def forgotten_with_lexicon(cached: CachedT) -> CachedT:
    """Marks a cached function whose answers depend on the additions in force; calling it costs what it did."""
    _forgetting.append(cached.cache_clear)
    return cached


def filled_with_lexicon(fill: Callable[[], None]) -> None:
    """Has `fill` called whenever other additions have come into force."""
    _filling.append(fill)


def put_in_force(additions: Additions) -> None:
    """From here on the tables are ours with these additions laid over them.

    Raises `LexiconError` for a wrong row in a table that is read at once.
    """
    global _in_force  # noqa: PLW0603  (of a process, as the caches that depend on it are)
    if additions is _in_force:
        return
    changes = additions != _in_force
    _in_force = additions
    if not changes:
        return
    for forget in _forgetting:
        forget()
    for memory in ByLine.every:  # most ask some table, and which do not would have to be known of all that they call
        memory.forget()
    try:
        for fill in _filling:
            fill()
    except LexiconError:
        _in_force = _NONE_YET
        raise


def in_force() -> Additions:
    """The additions that the tables are read with."""
    return _in_force
