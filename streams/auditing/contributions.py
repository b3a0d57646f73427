"""Table contributions, against what the events add; and its sums, added up apart from `streams.counting`."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from streams.auditing.derived import Derived
from streams.auditing.facts import compare, fact_of_contributions
from streams.auditing.findings import CONTRIBUTIONS, DECODES, NOT_NEGATIVE, Findings
from streams.auditing.log import Layout, Log, decoded, last_values, own_entries, text_of
from streams.counting.closing import leaving_of
from streams.counting.entry import CountEntry, FoldedSum, decode_base, entry_key
from streams.records import Contribution, InvalidRecordError

LAYOUT = Layout(
    version=(("told", "version"), ("offset",)),
    placed_by=(("told", "day"), ("told", "country")),
    is_table=True,
    has_parts=True,
)
CONFIRMED_BY = 2
"""Independent sources."""
NUMBERS = ("events", "as_actor", "as_recipient", "mentions", "confirmed", "claimed_only", "killed", "wounded")

CountKey = tuple[str, str]
"""Kind, and `day|subject`."""


@dataclass(slots=True)
class Sum:
    """What the table says that one subject's count must be."""

    numbers: list[int] = field(default_factory=lambda: [0] * len(NUMBERS))
    types: dict[str, int] = field(default_factory=dict)
    quads: dict[str, int] = field(default_factory=dict)
    names: dict[tuple[str, str], int] = field(default_factory=dict)
    coder: str = ""
    last: tuple[int, str] = (-1, "")
    """Offset and time of the last record that changed it."""

    def add(self, one: Contribution, coder: str) -> None:
        """One event more."""
        added = (1, one.as_actor, one.as_recipient, one.mentions, one.sources >= CONFIRMED_BY, one.claimed_only,
                 one.killed, one.wounded)  # fmt: skip
        self.numbers = [number + int(more) for number, more in zip(self.numbers, added, strict=True)]
        self.types[one.type] = self.types.get(one.type, 0) + 1
        self.quads[one.quad] = self.quads.get(one.quad, 0) + 1
        self.names[one.name, one.level] = self.names.get((one.name, one.level), 0) + 1
        self.coder = max(self.coder, coder)

    def add_folded(self, one: FoldedSum) -> None:
        """Events whose entries are gone."""
        self.numbers = [number + one.totals.get(name, 0) for number, name in zip(self.numbers, NUMBERS, strict=True)]
        for into, more in ((self.types, one.types), (self.quads, one.quads)):
            into.update({name: into.get(name, 0) + number for name, number in more.items()})
        for name, level, number in one.names:
            self.names[name, level] = self.names.get((name, level), 0) + number
        self.coder = max(self.coder, *one.coders, "")
        self.last = max(self.last, (one.offset, one.updated))

    @property
    def fields(self) -> dict[str, object]:
        """The fields of the count, by their names on the wire."""
        often = max(self.names.values())
        name, level = max(named for named, number in self.names.items() if number == often)
        told = {"by_type": self.types, "by_quad": self.quads, "name": name, "level": level, "coder": self.coder}
        last = {"revision": self.last[0], "updated": self.last[1]}
        return {**dict(zip(NUMBERS, self.numbers, strict=True)), **told, **last}


Sums = dict[CountKey, Sum]


def check_contributions(log: Log, derived: Derived, before: int, findings: Findings) -> Sums:
    """Check every entry and take it off what was derived; returns the sums by subject, those of none included."""
    sums: Sums = {}
    name = log.changelogs["contributions"]
    for part in log.parts(name):
        values = last_values(log, part, LAYOUT, findings)
        closed = _take_bases(values, sums, findings)
        for key, entry in decoded(values, CountEntry, lambda entry: entry_key(entry.told), name, findings):
            expected = derived.contributions.pop(key, None)
            if expected is None and (not entry.told.contributions or (entry.touched or 0) < before):
                findings.checked(CONTRIBUTIONS)  # what was withdrawn is remembered as nothing; or the event had expired
            else:
                compare(findings, CONTRIBUTIONS, f"entry {text_of(key)}", expected, fact_of_contributions(entry.told))
            _add(entry, sums, findings)
        for key in [key for key in derived.contributions if _place_of(key) in closed]:
            del derived.contributions[key]
    for key, fact in derived.contributions.items():
        if key in derived.gone:
            findings.checked(CONTRIBUTIONS)
        else:
            compare(findings, CONTRIBUTIONS, f"entry {text_of(key)}", fact, None)
    derived.contributions.clear()
    return sums


def _take_bases(values: dict[bytes, bytes], sums: Sums, findings: Findings) -> set[str]:
    """Take off the entries of days and countries themselves and what they stand for; returns the closed ones."""
    closed = set()
    bases = own_entries(values)
    by_place: dict[str, list[str]] = {place: [] for place in bases}
    for key in values:
        if _place_of(key) in by_place:
            by_place[_place_of(key)].append(text_of(key))
    for place, keys in by_place.items():
        try:
            base = decode_base(bases[place])
        except InvalidRecordError as error:
            findings.violated(DECODES, f"entry {place}", "a record that decodes", error)
            continue
        table = {key: values[key.encode()] for key in keys}
        for gone in leaving_of(table, base, keys):
            del values[gone.encode()]
        if base.closed:
            closed.add(place)
        for one in base.sums:
            sums.setdefault((one.kind, f"{base.day}|{one.subject}"), Sum()).add_folded(one)
    return closed


def _place_of(key: bytes) -> str:
    return text_of(key).rpartition("|")[0]


def _add(entry: CountEntry, sums: Sums, findings: Findings) -> None:
    told = entry.told
    subjects = Counter((one.kind, one.subject) for one in told.contributions)
    strangers = [subject for kind, subject in subjects if (kind, subject) not in set(entry.ever)]
    if strangers or max(subjects.values(), default=1) > 1:
        twice = [subject for (_, subject), number in subjects.items() if number > 1]
        there = f"{' '.join(twice) or 'none'} twice, {' '.join(strangers) or 'none'} not among those ever added to"
        findings.violated(CONTRIBUTIONS, f"entry {entry_key(told)}", "each subject once and remembered", there)
    for kind, subject in entry.ever:
        total = sums.setdefault((kind, f"{told.day}|{subject}"), Sum())
        total.last = max(total.last, (entry.offset, entry.updated))
    for one in told.contributions:
        least = min(one.as_actor, one.as_recipient, one.mentions, one.sources, one.killed, one.wounded)
        findings.checked(NOT_NEGATIVE)
        if least < 0:
            findings.violated(NOT_NEGATIVE, f"entry {entry_key(told)} {one.subject}", "no number below 0", least)
        sums.setdefault((one.kind, f"{told.day}|{one.subject}"), Sum()).add(one, told.coder)
