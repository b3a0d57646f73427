"""Counts of articles by publication day and source: what turns counts of events into rates."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from streams import codec, topics
from streams.counting.moment import Moment
from streams.records import ArticleCount, ArticleRead
from streams.stages import Send


class DaySource(NamedTuple):
    """Whose articles of which day are counted."""

    day: str
    source: str


@dataclass(frozen=True, slots=True)
class ReadEntry:
    """What has become of one article under one day and source. Table `articles-read`."""

    told: ArticleRead
    offset: int
    """Of the record that last changed it."""
    updated: str
    """Record time of that record, ISO 8601 in UTC."""
    touched: int | None = None
    """The day on which the article last told what became of it, by stream time (`streams.expiring`). The last field."""

    @property
    def subject(self) -> DaySource:
        """Whose count it adds to."""
        return DaySource(self.told.day, self.told.source)


@dataclass(frozen=True, slots=True)
class ReadBase:
    """What stands for articles of a day and source whose entries are gone. Table `articles-read`, key: `day|source`."""

    day: str
    source: str
    before: int
    """Entries that are gone were last touched before this day."""
    totals: dict[str, int]
    coders: dict[str, int]
    offset: int
    """Of the record that last changed the count, as far as these entries tell; and its record time."""
    updated: str
    leaving: tuple[str, ...] = ()
    """Keys of entries that are in the totals and may still be in the table, touched before that day."""

    @property
    def subject(self) -> DaySource:
        """Whose count it adds to."""
        return DaySource(self.day, self.source)


def entry_key(told: ArticleRead) -> str:
    """The table key of what has become of one article under one day and source."""
    return f"{told.day}|{told.source}|{told.article_id}"


def encode_entry(entry: ReadEntry | ReadBase) -> bytes:
    """The entry as compact JSON."""
    return codec.encode(entry)


def decode_entry(value: bytes) -> ReadEntry:
    """The entry in `value`. Raises `InvalidRecordError`."""
    return codec.decode(ReadEntry, value)


def decode_base(value: bytes) -> ReadBase:
    """The entry of a day and source in `value`. Raises `InvalidRecordError`."""
    return codec.decode(ReadBase, value)


@dataclass(slots=True)
class _Sum:
    totals: Counter[str] = field(default_factory=Counter)
    coders: Counter[str] = field(default_factory=Counter)
    last: tuple[int, str] = (0, "")

    def add(self, entry: ReadEntry, sign: int) -> None:
        """Adds the article, or takes it away again when `sign` is -1."""
        told = entry.told
        self.last = max(self.last, (entry.offset, entry.updated))
        if told.outcome is None:
            return
        self.coders[told.coder] += sign
        self.totals[told.outcome] += sign
        self.totals["read"] += sign
        self.totals["with_events"] += sign * (told.mentions > 0)
        self.totals["mentions"] += sign * told.mentions

    def add_folded(self, base: ReadBase) -> None:
        """Adds the articles whose entries are gone."""
        self.totals.update(base.totals)
        self.coders.update(base.coders)
        self.last = max(self.last, (base.offset, base.updated))


class ArticleState:
    """The entries of one part of the table `articles-read`, by table key, with their sums."""

    def __init__(self, entries: Iterable[ReadEntry] = (), base: ReadBase | None = None) -> None:
        """`base` stands for entries that are gone; those that it tells as leaving must not be among `entries`."""
        self.entries: dict[str, ReadEntry] = {}
        self.base = base
        self._sums: dict[DaySource, _Sum] = {}
        if base is not None:
            self._sums.setdefault(base.subject, _Sum()).add_folded(base)
        for entry in entries:
            self.put(entry)

    def put(self, entry: ReadEntry) -> None:
        """The entry replaces the one under its key."""
        key = entry_key(entry.told)
        total = self._sums.setdefault(entry.subject, _Sum())
        if key in self.entries:
            total.add(self.entries[key], -1)
        self.entries[key] = entry
        total.add(entry, 1)

    def fold(self, keys: Iterable[str], before: int) -> ReadBase:
        """These entries go, and what they add stays: it is in the base entry that is to be written."""
        folded = [self.entries.pop(key) for key in keys]
        total = _Sum()
        if self.base is not None:
            total.add_folded(self.base)
        for entry in folded:
            total.add(entry, 1)
        offset, updated = total.last
        self.base = ReadBase(
            *folded[0].subject,
            before=before,
            totals=_present(total.totals),
            coders=_present(total.coders),
            offset=offset,
            updated=updated,
            leaving=tuple(entry_key(entry.told) for entry in folded),
        )
        return self.base

    def article_count(self, subject: DaySource) -> ArticleCount | None:
        """The count of the subject; None when no article is left."""
        total = self._sums.get(subject)
        if total is None or not total.totals["read"]:
            return None
        revision, updated = total.last
        return ArticleCount(
            day=subject.day,
            source=subject.source,
            **{name: total.totals[name] for name in ("read", "coded", "skipped", "with_events", "mentions")},
            revision=revision,
            updated=updated,
            coder=max((coder for coder, number in total.coders.items() if number), default=""),
        )


def handle(state: ArticleState, record: ArticleRead, moment: Moment) -> tuple[dict[str, ReadEntry], DaySource]:
    """Takes the record into `state`; returns the writes, and whose count must be sent.

    A version older than the known one changes nothing; an equal one replaces, since of two codings of one version the
    last delivered wins. Nor does a record change anything that may repeat what the base entry counts already.
    """
    key, subject = entry_key(record), DaySource(record.day, record.source)
    old = state.entries.get(key)
    if old is None and state.base is not None and moment.day < state.base.before:
        return {}, subject
    entry = _entry_after(old, record, moment)
    entry = replace(entry, touched=max(moment.now, entry.touched or 0))
    if entry == old:
        return {}, subject
    state.put(entry)
    return {key: entry}, subject


def _entry_after(old: ReadEntry | None, record: ArticleRead, moment: Moment) -> ReadEntry:
    if old is None:
        return ReadEntry(record, moment.offset, moment.updated)
    if record.version < old.told.version:
        return old
    if moment.offset < old.offset or _adds(old.told) == _adds(record):
        return replace(old, told=record)
    return ReadEntry(record, moment.offset, moment.updated, old.touched)


def sends_of(state: ArticleState, subjects: Iterable[DaySource]) -> tuple[Send, ...]:
    """The present count of each subject, each once, sorted; a tombstone where no article is left."""
    return tuple(
        Send(topics.ARTICLE_COUNTS.name, f"{subject.day}|{subject.source}", state.article_count(subject))
        for subject in sorted(set(subjects))
    )


def count_articles(read: Iterable[ArticleRead]) -> list[ArticleCount]:
    """What the records add up to, sorted by day and source: without a broker."""
    state = ArticleState()
    subjects = {handle(state, record, Moment(0, ""))[1] for record in read}
    counts = (state.article_count(subject) for subject in sorted(subjects))
    return [count for count in counts if count is not None]


def _adds(told: ArticleRead) -> tuple[str | None, int, str]:
    return told.outcome, told.mentions, told.coder


def _present(counter: Counter[str]) -> dict[str, int]:
    return {key: number for key, number in sorted(counter.items()) if number}
