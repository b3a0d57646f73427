"""Which types and modes may stand in one event: the table "Types that may merge" of docs/codebook.md."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from streams.records import EventType


@dataclass(frozen=True, slots=True)
class Kind:
    """A type, and the modes of it that are meant; no modes means any mode."""

    type: EventType
    modes: frozenset[str] = frozenset()

    def holds(self, event_type: EventType, mode: str) -> bool:
        """Whether a mention of this type and mode is meant; a mode that is not told may be any."""
        return self.type == event_type and (not self.modes or not mode or mode in self.modes)


@dataclass(frozen=True, slots=True)
class Closeness:
    """Two kinds in which one deed is told; `swapped` when the actor of one is the recipient of the other."""

    one: Kind
    other: Kind
    swapped: bool = False


CLOSE = (
    Closeness(Kind("RETREAT", frozenset({"withdraw"})), Kind("ASSAULT", frozenset({"territory"})), swapped=True),
    Closeness(Kind("RETREAT", frozenset({"disarm"})), Kind("ASSAULT", frozenset({"abduct"})), swapped=True),
    Closeness(Kind("CONCEDE"), Kind("RETREAT")),
    Closeness(Kind("AGREE"), Kind("COOPERATE")),
    Closeness(Kind("AGREE"), Kind("AID")),
    Closeness(Kind("THREATEN"), Kind("MOBILIZE")),
    Closeness(Kind("REJECT", frozenset({"meet"})), Kind("SANCTION", frozenset({"withdraw"}))),
    Closeness(Kind("COERCE"), Kind("SANCTION")),
    Closeness(Kind("COERCE", frozenset({"arrest"})), Kind("ASSAULT", frozenset({"abduct"}))),
    Closeness(Kind("COERCE", frozenset({"restrict", "withhold"})), Kind("ASSAULT", frozenset({"siege", "destroy"}))),
    Closeness(Kind("REQUEST"), Kind("THREATEN")),
    Closeness(Kind("ACCUSE"), Kind("REJECT")),
    Closeness(Kind("ACCUSE"), Kind("THREATEN")),
    Closeness(Kind("AGREE"), Kind("SUPPORT")),
    Closeness(Kind("AID"), Kind("COOPERATE")),
)
APART = (("ASSAULT", "territory", None), ("PROTEST", "demo", "hunger"))
"""Modes of one type that never merge: the first with the second, or with any other mode when there is no second."""


@cache
def closeness(type_a: EventType, mode_a: str, type_b: EventType, mode_b: str) -> Closeness | None:
    """The row of the table that the two kinds stand in, either way round; None when they may not merge."""
    for row in CLOSE:
        if (row.one.holds(type_a, mode_a) and row.other.holds(type_b, mode_b)) or (
            row.one.holds(type_b, mode_b) and row.other.holds(type_a, mode_a)
        ):
            return row
    return None


@cache
def modes_apart(event_type: EventType, mode_a: str, mode_b: str) -> bool:
    """Whether two modes of one type exclude each other. A mode that is not told excludes none."""
    if not mode_a or not mode_b or mode_a == mode_b:
        return False
    return any(
        event_type == type_ and first in {mode_a, mode_b} and (second is None or second in {mode_a, mode_b})
        for type_, first, second in APART
    )


@cache
def types_near(event_type: EventType) -> tuple[EventType, ...]:
    """The type itself and every type that some mode of it may merge with."""
    near = {event_type}
    for row in CLOSE:
        pair = {row.one.type, row.other.type}
        if event_type in pair:
            near |= pair
    return tuple(sorted(near))
