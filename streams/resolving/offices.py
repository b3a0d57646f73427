"""Persons and their dated offices: who held what, when."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from streams.records import DateWindow

_RECENT_DAYS = 14
"""News of a fall or a handover still tells of the holder of the office."""

_COMING_DAYS = 730
_REMEMBERED = timedelta(days=3650)
"""For so long after an office, and so long before it, a surname alone is still that person's."""

_NO_END = date(9999, 12, 31)


@dataclass(frozen=True, slots=True)
class Office:
    """One office: `path` is what a holder's id starts with (`UKR.GOV`, `IGO.un`), both days included."""

    path: str
    role: str
    from_: date
    to: date | None

    def overlaps(self, window: DateWindow) -> bool:
        """Whether it was held on some day of a window that has an end."""
        first, last = bounds(window)
        return self.from_ <= last and first <= (self.to or _NO_END)

    @property
    def days(self) -> int:
        """How long it was held; an office without an end counts ten years, the longest that it may be known."""
        end = self.to or date(self.from_.year + 10, 1, 1)
        return (end - self.from_).days


@dataclass(frozen=True, slots=True)
class Person:
    """A public person. `gender` is `m`, `f` or empty."""

    slug: str
    name: str
    surname: str
    gender: str
    spellings: tuple[str, ...]
    offices: tuple[Office, ...]

    @property
    def country(self) -> str | None:
        """The country of the longest office; None for the staff of international organisations alone."""
        countries = [office for office in self.offices if not office.path.startswith(("IGO", "NGO", "MNC", "INT"))]
        return max(countries, key=lambda office: office.days).path.split(".")[0] if countries else None

    def in_office(self, window: DateWindow) -> tuple[Office, ...]:
        """The offices held within the window, the most recently taken first; all by length for an unknown date."""
        if window.from_ is None and window.to is None:
            return tuple(sorted(self.offices, key=lambda office: -office.days))
        held = [office for office in self.offices if office.overlaps(window)]
        return tuple(sorted(held, key=lambda office: office.from_, reverse=True))

    def of_the_time(self, window: DateWindow) -> bool:
        """Whether a surname alone can mean this person then: in office, soon to be, or out for some years."""
        if not known(window):
            return True
        first, last = bounds(window)
        soon = last + timedelta(days=_COMING_DAYS)
        return any(o.from_ <= soon and first <= (o.to or _NO_END - _REMEMBERED) + _REMEMBERED for o in self.offices)

    def path_at(self, window: DateWindow) -> str:
        """What the id starts with: the office then, or left days before; else the country with an unknown sector."""
        held = self.in_office(window)
        if not held and window.from_ is not None and window.from_.year > 1:
            since = window.from_ - timedelta(days=_RECENT_DAYS)
            held = self.in_office(DateWindow(since, window.from_, "days"))
        return held[0].path if held else f"{self.country or 'UNK'}.UNK"


def bounds(window: DateWindow) -> tuple[date, date]:
    """First and last day of a window; an open end is as far as dates go."""
    return window.from_ or date.min, window.to or _NO_END


def known(window: DateWindow) -> bool:
    """Whether a window says enough to tell office-holders apart: it ends, and spans at most a year."""
    return window.from_ is not None and window.to is not None and (window.to - window.from_).days <= 366


def holder(persons: Iterable[Person], owner: str, role: str, window: DateWindow) -> Person | None:
    """Who held `role` in the country or organisation `owner` at that time; None when not just one is known."""
    if not known(window):
        return None
    found = {
        person.slug: person
        for person in persons
        for office in person.offices
        if office.role == role and owner in {office.path, office.path.split(".")[0]} and office.overlaps(window)
    }
    return next(iter(found.values())) if len(found) == 1 else None
