"""The published counts, selected, ordered, and shown as table, CSV or JSON Lines."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from rich.box import SIMPLE_HEAD
from rich.table import Table

from streams import codec
from streams.records import DayCount
from streams.reporting.topic_reader import latest, records
from streams.settings import Settings
from streams.topics import ACTOR_COUNTS, LOCATION_COUNTS

COLUMNS = ("day", "kind", "subject", "level", "name", "country", "events", "as_actor", "as_recipient", "mentions",
           "confirmed", "claimed_only", "killed", "wounded", "revision", "updated")  # fmt: skip

LEGEND = (
    "ment.: articles' mentions  conf.: told by two or more independent sources  claim: known from a party to it only"
)


@dataclass(frozen=True, slots=True)
class Selection:
    """Which counts are wanted; None: all."""

    kind: str | None = None
    day: str | None = None
    """A day, or the start of one: `2024-05` is a month. `undated` for what has no day."""
    level: str | None = None
    subject: str | None = None
    """Start of the subject's path."""

    def wants(self, count: DayCount) -> bool:
        """Whether the count is among those wanted."""
        return (
            self.kind in (None, count.kind)
            and count.day.startswith(self.day or "")
            and self.level in (None, count.level)
            and count.subject.casefold().startswith((self.subject or "").casefold())
        )

    def topics(self) -> tuple[str, ...]:
        """The topics that can hold them."""
        topics = {"actor": (ACTOR_COUNTS.name,), "place": (LOCATION_COUNTS.name,)}
        return topics.get(self.kind or "", (ACTOR_COUNTS.name, LOCATION_COUNTS.name))


def published(settings: Settings, selection: Selection) -> list[DayCount]:
    """The counts that stand on the topics now: by day, the most events first."""
    values = (record.value for topic in selection.topics() for record in latest(settings, topic).values())
    counts = (codec.decode(DayCount, value) for value in values)
    return ordered(count for count in counts if selection.wants(count))


def ordered(counts: Iterable[DayCount]) -> list[DayCount]:
    """By day, kind, most events, subject."""
    return sorted(counts, key=lambda count: (count.day, count.kind, -count.events, count.subject))


def changes(settings: Settings, selection: Selection) -> Iterator[DayCount | tuple[str, str]]:
    """Every count as it is published, for ever; a count that was withdrawn is (day, subject)."""
    for record in records(settings, selection.topics(), follow=True):
        if record.value is None:
            day, _, subject = record.key.decode().partition("|")
            yield day, subject
        else:
            count = codec.decode(DayCount, record.value)
            if selection.wants(count):
                yield count


def table(counts: list[DayCount], title: str) -> Table:
    """The counts for the terminal; a day is named once."""
    shown = Table(title=title, title_justify="left", header_style="bold", box=SIMPLE_HEAD, pad_edge=False,
                  caption=LEGEND, caption_justify="left")  # fmt: skip
    shown.add_column("day", no_wrap=True)
    shown.add_column("subject", overflow="ellipsis", no_wrap=True, max_width=36)
    shown.add_column("name", overflow="ellipsis", no_wrap=True, max_width=32)
    for name in ("events", "actor", "recip.", "ment.", "conf.", "claim", "killed", "wound."):
        shown.add_column(name, justify="right", no_wrap=True)
    day = ""
    for count in counts:
        numbers = (count.events, count.as_actor, count.as_recipient, count.mentions, count.confirmed,
                   count.claimed_only, count.killed, count.wounded)  # fmt: skip
        shown.add_row(
            "" if count.day == day else count.day, count.subject, count.name, *(str(it or "") for it in numbers)
        )
        day = count.day
    return shown


def without_echoes(counts: list[DayCount]) -> list[DayCount]:
    """The counts without those that a deeper subject of the same day repeats: Sudan, when all of it is El Fasher."""
    deeper = {(count.day, count.kind, count.events, prefix) for count in counts for prefix in _prefixes(count.subject)}
    return [count for count in counts if (count.day, count.kind, count.events, count.subject) not in deeper]


def _prefixes(subject: str) -> list[str]:
    parts = subject.split(".")
    return [".".join(parts[:depth]) for depth in range(1, len(parts))]


def as_csv(counts: Iterable[DayCount], *, header: bool = True) -> str:
    """The counts as CSV with a header line."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    if header:
        writer.writerow(COLUMNS)
    for count in counts:
        writer.writerow(getattr(count, column) for column in COLUMNS)
    return text.getvalue()


def top(counts: list[DayCount], most: int) -> list[DayCount]:
    """The first so many of each day, of counts already ordered."""
    seen: dict[str, int] = {}
    kept = []
    for count in counts:
        seen[count.day] = seen.get(count.day, 0) + 1
        if seen[count.day] <= most:
            kept.append(count)
    return kept
