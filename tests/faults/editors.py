"""Editors' decisions at random about what documents tell: new ones, others under the same id, some taken back."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from streams.records import Document, MentionRef, Override, OverrideAction
from tests.unit.simulation.workload import EDITED

FIRST_DECISION = datetime(2024, 3, 10, tzinfo=UTC)
WATCHED = 40
"""Under so many merge keys at most, so that decisions meet each other."""
SHARED = 12
"""Under so many merge keys, those under which most is told, is every second decision."""
WRONG = (
    b'{"id": "torn',
    b'{"id": "empty", "made": "2024-03-10T00:00:00Z", "merge_key": "material|1", "action": "merge", "mentions": []}',
    (
        b'{"id": "other", "made": "2024-03-10T00:00:00Z", "merge_key": "material|1", "action": "change", '
        b'"mentions": [{"article_id": "d1", "mention_id": "d1-0"}], "field": "mentions", "value": 7}'
    ),
)
"""Records that decide nothing."""


@dataclass(slots=True)
class Editors:
    """Decides about the mentions of some documents; its clock goes on a minute with each decision."""

    chance: random.Random
    _told: dict[str, list[MentionRef]]
    """By merge key, the busiest first."""
    _made: list[Override] = field(default_factory=list)
    _clock: int = 0

    @classmethod
    def about(cls, chance: random.Random, documents: Iterable[Document]) -> Editors:
        """Editors who know everything that the documents ever tell."""
        told: defaultdict[str, dict[MentionRef, None]] = defaultdict(dict)
        for document in documents:
            for mention in document.mentions:
                told[mention.merge_key][MentionRef(document.article_id, mention.id)] = None
        busiest = sorted(told, key=lambda key: (-len(told[key]), key))[:WATCHED]
        return cls(chance, {key: list(told[key]) for key in busiest})

    def decisions(self, count: int) -> Iterator[Override]:
        """So many decisions in the order in which they are sent."""
        for _ in range(count if self._told else 0):
            self._clock += 1
            decision = self._next()
            self._made.append(decision)
            yield decision

    @property
    def _now(self) -> datetime:
        return FIRST_DECISION + timedelta(minutes=self._clock)

    def _next(self) -> Override:
        fate = self.chance.random()
        if fate < 0.55 or not self._made:
            return self._new(f"o{self._clock}", self._now)
        former = self.chance.choice(self._made)
        if fate < 0.75:
            return replace(former, made=self._now, withdrawn=True)
        if fate < 0.87:  # another decision under the same id; under another merge key it stands beside the first
            return self._new(former.id, self._now, former.merge_key if fate < 0.83 else None)
        if fate < 0.95:  # one that comes late: made half a minute before the one that is there
            return self._new(former.id, former.made - timedelta(seconds=30, milliseconds=self._clock), former.merge_key)
        return former

    def _new(self, decision_id: str, made: datetime, merge_key: str | None = None) -> Override:
        keys = list(self._told)
        merge_key = merge_key or self.chance.choice(keys[:SHARED] if self.chance.random() < 0.5 else keys)
        known = self._told[merge_key]
        refs = self.chance.sample(known, min(len(known), self.chance.choice((1, 2, 2, 3, 4))))
        possible: list[OverrideAction] = ["suppress", "change"]
        possible += ["merge", "split"] if len(refs) > 1 else []
        action = self.chance.choice(possible)
        parted = self.chance.randrange(1, len(refs)) if action == "split" else len(refs)
        name, value = self.chance.choice(EDITED) if action == "change" else (None, None)
        return Override(
            id=decision_id, made=made, merge_key=merge_key, action=action, mentions=tuple(refs[:parted]),
            apart=tuple(refs[parted:]), field=name, value=value, editor="desk", reason="tried by faults",
        )  # fmt: skip
