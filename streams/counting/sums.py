"""The sums of COUNT: derived in memory from the entries of its table, kept in step as entries change."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, NamedTuple, TypeVar

from streams import codec
from streams.paths import first_part
from streams.records import Contribution, Contributions, DayCount, SubjectKind

CONFIRMING_SOURCES = 2
"""An event is confirmed by so many independent sources."""


Key = TypeVar("Key", bound=Any)


class Subject(NamedTuple):
    """Whom or what a count is about, on which day."""

    day: str
    kind: SubjectKind
    id: str


@dataclass(frozen=True, slots=True)
class CountEntry:
    """What one event adds under one day and country. Table `contributions`."""

    told: Contributions
    offset: int
    """Of the record that last changed it."""
    updated: str
    """Record time of that record, ISO 8601 in UTC."""
    ever: tuple[tuple[SubjectKind, str], ...]
    """Kind and id of every subject that the event ever added to here."""

    @property
    def subjects(self) -> list[Subject]:
        """Every subject that the event ever added to here."""
        return [Subject(self.told.day, kind, subject) for kind, subject in self.ever]


def entry_key(told: Contributions) -> str:
    """The table key of what one event adds under one day and country."""
    return f"{told.day}|{told.country}|{told.event_id}"


def encode_entry(entry: CountEntry) -> bytes:
    """The entry as compact JSON."""
    return codec.encode(entry)


def decode_entry(value: bytes) -> CountEntry:
    """The entry in `value`. Raises `InvalidRecordError`."""
    return codec.decode(CountEntry, value)


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


class CountState:
    """The entries of one partition of the table `contributions`, by table key, with their sums."""

    def __init__(self, entries: Iterable[CountEntry] = ()) -> None:
        self.entries: dict[str, CountEntry] = {}
        self._sums: dict[Subject, _Sum] = {}
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

    def drop(self, key: str) -> None:
        """The entry under this table key has expired: what it added is forgotten, counts already sent are not."""
        entry = self.entries.pop(key, None)
        self._add(entry, -1)
        for subject in () if entry is None else entry.subjects:
            if subject in self._sums and not self._sums[subject].totals["events"]:
                del self._sums[subject]

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
