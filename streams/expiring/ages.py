"""How old entries are: the day on which each was last touched stands at the end of its bytes, to be read undecoded."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

FIELD = b'"touched":'
NONE = b',"touched":null}'
LONGEST = 32
"""Bytes at the end of an entry in which its day stands."""


def touched_in(entry: bytes) -> int | None:
    """The day on which the entry was last touched; None when it does not say, as older entries do not.

    `touched` must be the last field of the record: a quote inside a text is escaped, so nothing else looks like it.
    """
    _, found, day = entry[-LONGEST:].rpartition(FIELD)
    return int(day[:-1]) if found and day[:-1].isdigit() else None


def touched_or(entry: bytes, unknown: int) -> int:
    """The day on which the entry was last touched, or `unknown` when it does not say."""
    day = touched_in(entry)
    return unknown if day is None else day


def stamped(entry: bytes, day: int) -> bytes:
    """An entry that does not say when it was touched, touched on this day."""
    body = entry.removesuffix(NONE) if entry.endswith(NONE) else entry[:-1]
    return body + b',"touched":%d}' % day


class Ages:
    """The keys of a partition's entries by part and by the day on which they were last touched, as far as that is read.

    A touch moves nothing here: a key is looked at when the day comes that is known of it, and put back if it is younger
    by then. Each key is here once.
    """

    def __init__(self, keys: Iterable[str], part_of: Callable[[str], str]) -> None:
        self._unread = list(keys)
        self._part_of = part_of
        self._by_day: dict[int, dict[str, list[str]]] = {}

    def add(self, key: str, day: int) -> None:
        """The key is to be looked at when this day is too long ago."""
        self._by_day.setdefault(day, {}).setdefault(self._part_of(key), []).append(key)

    def read(self, entries: Mapping[str, bytes], number: int) -> list[str]:
        """Read the ages of so many more entries; returns those that do not say theirs."""
        taken, self._unread[-number:] = self._unread[-number:], []
        ageless = []
        for key in taken:
            entry = entries.get(key)
            day = None if entry is None else touched_in(entry)
            if day is not None:
                self.add(key, day)
            elif entry is not None:
                ageless.append(key)
        return ageless

    def oldest(self, before: int, number: int, is_busy: Callable[[str], bool]) -> tuple[str, list[str]] | None:
        """Take off so many keys, at most, of one part that is not busy, from the oldest day before this one."""
        for day in sorted(day for day in self._by_day if day < before):
            parts = self._by_day[day]
            part = next((part for part in parts if not is_busy(part)), None)
            if part is not None:
                keys = parts[part]
                taken, keys[-number:] = keys[-number:], []
                if not keys:
                    del parts[part]
                if not parts:
                    del self._by_day[day]
                return part, taken
        return None
