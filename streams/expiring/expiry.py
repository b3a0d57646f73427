"""The expiry of one partition of a table: a little with each record, from the oldest entries on."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field

from streams.expiring.ages import Ages, stamped, touched_or
from streams.expiring.removals import WRITTEN, Removals
from streams.expiring.stream_time import StreamTime

REMOVED = 8
"""Entries removed with each record: more than a record adds."""
READ = 100
"""Ages read with each record, until those of all entries are known."""

Entries = Mapping[str, bytes]
Writes = dict[str, bytes | None]
"""Entries by key; None removes one."""


def part_of(key: str) -> str:
    """The part of its table that an entry belongs to: a merge key, or a day and country. No decision looks across.

    The entry whose key is the part itself speaks for the whole part.
    """
    return "|".join(key.split("|", 2)[:2])


@dataclass(frozen=True, slots=True)
class Swept:
    """What a look at old entries of one part leads to; those of them that it says nothing about are looked at again."""

    writes: Writes = field(default_factory=dict)
    leaving: Collection[str] = ()
    """Entries of the part to remove when these writes are settled."""
    kept: Mapping[str, int] = field(default_factory=dict)
    """Old entries that must stay, each with the day on which what needs it was last touched."""
    is_idle: bool = False
    """Nothing that is derived from the part is needed in memory any more."""


class Expiry:
    """What is known of the ages of one partition's entries, and which are on their way out."""

    def __init__(self, horizon_days: int, keys: Iterable[str] = (), part_of: Callable[[str], str] = part_of) -> None:
        self.time = StreamTime()
        self._horizon = horizon_days
        self._part_of = part_of
        self._removals = Removals()
        self._ages = Ages(keys, part_of)
        self._kept: dict[str, int] = {}

    def written(self, entries: Entries, key: str, day: int) -> bool:
        """Told before an entry is written that is touched on this day.

        Returns whether another is on its way out under this key, which must be removed before.
        """
        part = self._part_of(key)
        is_leaving = self._removals.is_leaving(part, key)
        if is_leaving:
            self._removals.stay(part, key)
        if is_leaving or key not in entries:
            self._ages.add(key, day)
        return is_leaving

    def resume(self, part: str, leaving: Collection[str]) -> None:
        """The part's own entry, as a former worker left it, says that these are on their way out."""
        self._removals.add(part, leaving, WRITTEN)

    def chores(self, entries: Entries, committed: int, offset: int) -> Writes:
        """What is to be written with the input at `offset`: removals that are due, and ages where an entry has none."""
        writes: Writes = dict.fromkeys(self._removals.due(committed, offset, REMOVED))
        day = self.time.settled(committed)
        if day is not None:
            for key in self._ages.read(entries, READ):
                writes.setdefault(key, stamped(entries[key], day))
                self._ages.add(key, day)
        return writes

    def finished(self, committed: int) -> list[str]:
        """The parts of which all that left is removed for good; each is told once."""
        return self._removals.finished(committed)

    def candidates(self, entries: Entries, committed: int, number: int) -> Candidates | None:
        """So many entries of one part, at most, that are old by themselves."""
        day = self.time.settled(committed)
        before = None if day is None else day - self._horizon
        taken = None if before is None else self._ages.oldest(before, number, self._removals.is_busy)
        if before is None or taken is None:
            return None
        part, keys = taken
        old = []
        for key in keys:
            entry = entries.get(key)
            touched = None if entry is None else max(touched_or(entry, before), self._kept.pop(key, 0))
            if touched is not None and touched >= before:
                self._ages.add(key, touched)
            elif touched is not None:
                old.append(key)
        return Candidates(part, tuple(old), before)

    def sweep(self, entries: Entries, looked_at: Candidates, swept: Swept, offset: int) -> None:
        """Take over what a look at the candidates led to, with the input at `offset`; called before it is written."""
        gone = {key for key, value in swept.writes.items() if value is None}.union(swept.leaving)
        for key in looked_at.keys:
            if key not in gone:
                self._ages.add(key, swept.kept.get(key, touched_or(entries[key], looked_at.before)))
        self._kept.update((key, day) for key, day in swept.kept.items() if key not in looked_at.keys)
        if swept.leaving:
            self._removals.add(looked_at.part, swept.leaving, offset)


@dataclass(frozen=True, slots=True)
class Candidates:
    """Entries of one part that nothing has touched since the day `before`."""

    part: str
    keys: tuple[str, ...]
    before: int
