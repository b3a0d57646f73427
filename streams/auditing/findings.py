"""The invariants, and what an audit finds of each."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Invariant:
    """Something that is always true of a service at rest."""

    name: str
    about: str


DECODES = Invariant("decodes", "every record decodes, and its key is the one that its value tells")
PLACED = Invariant("placed", "every key is on the partition that the partitioner gives it")
VERSIONS = Invariant("versions-grow", "no version, revision or offset of one key ever goes back")
NOT_NEGATIVE = Invariant("not-negative", "no number of an event, a contribution or a count is below zero")
ARTICLES = Invariant("articles", "table articles holds the newest document of each article")
MENTIONS = Invariant("mentions", "table mentions holds what table articles tells, and nothing else that lives")
OVERRIDES = Invariant("overrides", "table mentions holds the newest of each editor's decision, and no other")
ONE_EVENT = Invariant("one-event", "each live mention is in exactly one published event")
EVENTS = Invariant("events", "the published events are those that follow from table mentions")
MEMORY = Invariant("memory", "table mentions remembers each event as it is, with every day that it adds to")
CONTRIBUTIONS = Invariant("contributions", "table contributions holds what the events add, and nothing else")
COUNTS = Invariant("counts", "the published counts are the sums of table contributions")
ARTICLE_COUNTS = Invariant("article-counts", "the published counts of articles are what table articles tells")

LATE = Invariant("late", "what is on news.late.v1 belongs to days that are closed, or has no day")

INVARIANTS = (ARTICLES, MENTIONS, OVERRIDES, ONE_EVENT, EVENTS, MEMORY, CONTRIBUTIONS, COUNTS, LATE, ARTICLE_COUNTS,
              NOT_NEGATIVE, VERSIONS, PLACED, DECODES)  # fmt: skip
"""In the order of the flow, then those that hold everywhere."""


@dataclass(frozen=True, slots=True)
class Violation:
    """One thing that is not as it must be."""

    invariant: str
    subject: str
    """Which record or entry, by topic or table and key."""
    expected: str
    there: str


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found of one invariant."""

    invariant: Invariant
    checked: int
    violated: int
    first: tuple[Violation, ...]
    """The first violations, as many as were asked for."""


class Findings:
    """Counts what was checked, and keeps the first violations of each invariant, so that memory stays bounded."""

    def __init__(self, limit: int) -> None:
        """Keep at most `limit` violations of each invariant; all are counted."""
        self._limit = limit
        self._checked = dict.fromkeys(INVARIANTS, 0)
        self._violated = dict.fromkeys(INVARIANTS, 0)
        self._first: dict[Invariant, list[Violation]] = {invariant: [] for invariant in INVARIANTS}

    def checked(self, invariant: Invariant, number: int = 1) -> None:
        """So many more things were looked at."""
        self._checked[invariant] += number

    def violated(self, invariant: Invariant, subject: str, expected: object, there: object) -> None:
        """One of the things looked at is wrong."""
        self._violated[invariant] += 1
        if len(self._first[invariant]) < self._limit:
            self._first[invariant].append(Violation(invariant.name, subject, str(expected), str(there)))

    def result(self) -> tuple[Finding, ...]:
        """What was found, invariant by invariant."""
        return tuple(
            Finding(invariant, self._checked[invariant], self._violated[invariant], tuple(self._first[invariant]))
            for invariant in INVARIANTS
        )
