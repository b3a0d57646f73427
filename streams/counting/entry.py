"""The entries of COUNT's table: one for each event under each day and country, and one for what is left of the old."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from streams import codec
from streams.records import Contributions, SubjectKind


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
    touched: int | None = None
    """The day on which the event last told what it adds here, by stream time (`streams.expiring`). The last field."""

    @property
    def subjects(self) -> list[Subject]:
        """Every subject that the event ever added to here."""
        return [Subject(self.told.day, kind, subject) for kind, subject in self.ever]


def entry_key(told: Contributions) -> str:
    """The table key of what one event adds under one day and country."""
    return f"{told.day}|{told.country}|{told.event_id}"


@dataclass(frozen=True, slots=True)
class FoldedSum:
    """What entries that are gone added to one subject."""

    kind: SubjectKind
    subject: str
    totals: dict[str, int]
    types: dict[str, int]
    quads: dict[str, int]
    names: tuple[tuple[str, str, int], ...]
    """Name, level, and how many events named it so."""
    coders: dict[str, int]
    offset: int
    """Of the record that last changed the subject's count, as far as these entries tell; and its record time."""
    updated: str


@dataclass(frozen=True, slots=True)
class BaseEntry:
    """What stands for all entries of a day and country that are gone. Table `contributions`, key: `day|country`."""

    day: str
    country: str
    closed: bool
    """The published counts stay as they are, and nothing is added any more."""
    before: int
    """Entries that are gone were last touched before this day."""
    leaving: tuple[str, ...] = ()
    """Keys of entries that are in the sums here and may still be in the table, touched before that day."""
    sums: tuple[FoldedSum, ...] = ()

    @property
    def key(self) -> str:
        """The table key."""
        return f"{self.day}|{self.country}"


def encode_entry(entry: CountEntry | BaseEntry) -> bytes:
    """The entry as compact JSON."""
    return codec.encode(entry)


def decode_entry(value: bytes) -> CountEntry:
    """The entry of an event in `value`. Raises `InvalidRecordError`."""
    return codec.decode(CountEntry, value)


def decode_base(value: bytes) -> BaseEntry:
    """The entry of a day and country in `value`. Raises `InvalidRecordError`."""
    return codec.decode(BaseEntry, value)
