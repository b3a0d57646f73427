"""The sums of COUNT: derived in memory from the entries of its table, kept in step as entries change."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from streams.counting.entry import BaseEntry, CountEntry, FoldedSum, Subject, entry_key
from streams.paths import first_part
from streams.records import Contribution, DayCount

CONFIRMING_SOURCES = 2
"""An event is confirmed by so many independent sources."""

Key = TypeVar("Key", bound=Any)


@dataclass(slots=True)
class _Sum:
    """What all present contributions to one subject add up to."""

    totals: Counter[str] = field(default_factory=Counter)
    types: Counter[str] = field(default_factory=Counter)
    quads: Counter[str] = field(default_factory=Counter)
    names: Counter[tuple[str, str]] = field(default_factory=Counter)
    coders: Counter[str] = field(default_factory=Counter)
    last: tuple[int, str] = (0, "")

    def add(self, one: Contribution, coder: str, sign: int) -> None:
        """Adds the contribution, or takes it away again when `sign` is -1."""
        for name, number in _totals(one).items():
            self.totals[name] += sign * number
        self.types[one.type] += sign
        self.quads[one.quad] += sign
        self.names[one.name, one.level] += sign
        self.coders[coder] += sign

    def add_folded(self, one: FoldedSum) -> None:
        """Adds what entries that are gone added."""
        self.totals.update(one.totals)
        self.types.update(one.types)
        self.quads.update(one.quads)
        self.names.update({(name, level): number for name, level, number in one.names})
        self.coders.update(one.coders)
        self.last = max(self.last, (one.offset, one.updated))

    def folded(self, subject: Subject) -> FoldedSum:
        """As it is kept when the entries go."""
        offset, updated = self.last
        return FoldedSum(
            kind=subject.kind,
            subject=subject.id,
            totals=_present(self.totals),
            types=_present(self.types),
            quads=_present(self.quads),
            names=tuple((name, level, number) for (name, level), number in _present(self.names).items()),
            coders=_present(self.coders),
            offset=offset,
            updated=updated,
        )


class CountState:
    """The entries of one part of the table `contributions`, by table key, with their sums."""

    def __init__(self, entries: Iterable[CountEntry] = (), base: BaseEntry | None = None) -> None:
        """`base` stands for entries that are gone; those that it tells as leaving must not be among `entries`."""
        self.entries: dict[str, CountEntry] = {}
        self.base = base
        self._sums: dict[Subject, _Sum] = {}
        self._folded: dict[Subject, _Sum] = {}
        if base is not None:
            for one in base.sums:
                for sums in (self._sums, self._folded):
                    sums.setdefault(Subject(base.day, one.kind, one.subject), _Sum()).add_folded(one)
        for entry in entries:
            self.put(entry)

    def put(self, entry: CountEntry) -> None:
        """The entry replaces the one under its key."""
        key = entry_key(entry.told)
        self._add(self.entries.get(key), -1)
        self.entries[key] = entry
        self._add(entry, 1)
        for subject in entry.subjects:
            total = self._sums.setdefault(subject, _Sum())
            total.last = max(total.last, (entry.offset, entry.updated))

    def fold(self, keys: Iterable[str], before: int) -> BaseEntry:
        """These entries go, and what they add stays: it is in the base entry that is to be written."""
        folded = [self.entries.pop(key) for key in keys]
        for entry in folded:
            for one in entry.told.contributions:
                subject = Subject(entry.told.day, one.kind, one.subject)
                self._folded.setdefault(subject, _Sum()).add(one, entry.told.coder, 1)
            for subject in entry.subjects:
                total = self._folded.setdefault(subject, _Sum())
                total.last = max(total.last, (entry.offset, entry.updated))
        told = folded[0].told
        sums = tuple(total.folded(subject) for subject, total in sorted(self._folded.items(), key=lambda item: item[0]))
        leaving = tuple(entry_key(entry.told) for entry in folded)
        self.base = BaseEntry(told.day, told.country, closed=False, before=before, leaving=leaving, sums=sums)
        return self.base

    def day_count(self, subject: Subject) -> DayCount | None:
        """The count of the subject; None when no event is left."""
        total = self._sums.get(subject)
        if total is None or not total.totals["events"]:
            return None
        name, level = max(_present(total.names).items(), key=lambda item: (item[1], item[0]))[0]
        revision, updated = total.last
        return DayCount(
            day=subject.day,
            kind=subject.kind,
            subject=subject.id,
            level=level,
            name=name,
            country=first_part(subject.id),
            **{field_name: total.totals[field_name] for field_name in TOTALS},
            by_type=_present(total.types),  # type: ignore[arg-type]  # keys come from Contribution.type
            by_quad=_present(total.quads),  # type: ignore[arg-type]
            revision=revision,
            updated=updated,
            coder=max(_present(total.coders), default=""),
        )

    def _add(self, entry: CountEntry | None, sign: int) -> None:
        if entry is None:
            return
        told = entry.told
        for one in told.contributions:
            total = self._sums.setdefault(Subject(told.day, one.kind, one.subject), _Sum())
            total.add(one, told.coder, sign)


TOTALS = ("events", "as_actor", "as_recipient", "mentions", "confirmed", "claimed_only", "killed", "wounded")


def _totals(one: Contribution) -> dict[str, int]:
    return {
        "events": 1,
        "as_actor": one.as_actor,
        "as_recipient": one.as_recipient,
        "mentions": one.mentions,
        "confirmed": int(one.sources >= CONFIRMING_SOURCES),
        "claimed_only": int(one.claimed_only),
        "killed": one.killed,
        "wounded": one.wounded,
    }


def _present(counter: Counter[Key]) -> dict[Key, int]:
    return {key: number for key, number in sorted(counter.items()) if number}
