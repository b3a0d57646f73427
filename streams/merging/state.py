"""MERGE's memory: the entries of its table, and what is derived from them.

It is rebuilt from the entries when partitions are assigned, and kept in step as entries are written. Nothing in it is
stored, so that there is no second copy to disagree with the first.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from streams.merging.entry import MentionsEntry, entry_key
from streams.merging.graph import TellingId, TraitsGraph
from streams.merging.traits import Traits, traits_of
from streams.records import Mention, Mentions

UNKNOWN_DAY = "9999"
"""Sorts after every day."""


@dataclass(frozen=True, slots=True)
class Telling:
    """One present mention, with the article that tells it."""

    mention: Mention
    traits: Traits
    told: Mentions

    @property
    def id(self) -> TellingId:
        """Article id and mention id."""
        return self.told.article_id, self.mention.id

    @property
    def rank(self) -> tuple[str, str, str]:
        """The canonical order: publication date, mention id; articles of unknown date come last."""
        published = self.told.published.from_
        day = UNKNOWN_DAY if published is None else published.isoformat()
        return day, self.mention.id, self.told.article_id


def tellings_of(told: Mentions) -> list[Telling]:
    """The mentions of one record; of two with one id, the last."""
    return [
        Telling(mention, traits_of(mention), told)
        for mention in {mention.id: mention for mention in told.mentions}.values()
    ]


class Group:
    """All that is told under one merge key."""

    def __init__(self) -> None:
        self.tellings: dict[TellingId, Telling] = {}
        self.graph = TraitsGraph()

    def add(self, telling: Telling) -> None:
        """The telling is present."""
        self.tellings[telling.id] = telling
        self.graph.add(telling.traits, telling.id)

    def remove(self, telling: Telling) -> None:
        """The telling is gone."""
        del self.tellings[telling.id]
        self.graph.remove(telling.traits, telling.id)

    def component(self, starts: Iterable[Traits]) -> list[Telling]:
        """The present tellings that links join to the starts, in canonical order."""
        found = self.graph.component(starts)
        tellings = [self.tellings[holder] for traits in found for holder in self.graph.holders(traits)]
        return sorted(tellings, key=lambda telling: telling.rank)


class MergeState:
    """The entries of one partition of the table `mentions`, by table key, with their groups."""

    def __init__(self, entries: Iterable[MentionsEntry] = ()) -> None:
        self.entries: dict[str, MentionsEntry] = {}
        self._groups: dict[str, Group] = {}
        for entry in entries:
            self.put(entry)

    def put(self, entry: MentionsEntry) -> None:
        """The entry replaces the one under its key."""
        key = entry_key(entry.told)
        old = self.entries.get(key)
        self.entries[key] = entry
        if old is None or old.told != entry.told:
            self._move(None if old is None else old.told, entry.told)

    def drop(self, key: str) -> None:
        """The entry under this table key has expired."""
        old = self.entries.pop(key, None)
        if old is not None:
            self._move(old.told, None)

    def group(self, merge_key: str) -> Group:
        """All that is told under the merge key."""
        return self._groups.setdefault(merge_key, Group())

    def merge_keys(self) -> list[str]:
        """The merge keys under which anything is told, sorted."""
        return sorted(key for key, group in self._groups.items() if group.tellings)

    def _move(self, old: Mentions | None, new: Mentions | None) -> None:
        for told in (old,) if old is not None else ():
            for telling in tellings_of(told):
                self.group(told.merge_key).remove(telling)
        for told in (new,) if new is not None else ():
            for telling in tellings_of(told):
                self.group(told.merge_key).add(telling)
