"""MERGE's memory: the entries of its table, and what is derived from them.

It is rebuilt from the entries when partitions are assigned, and kept in step as entries are written. Nothing in it is
stored, so that there is no second copy to disagree with the first.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from streams.merging.clustering import Clustering
from streams.merging.clusters import Cluster
from streams.merging.decided import NOTHING_DECIDED, Decided, decide
from streams.merging.entry import Founded, MentionsEntry, entry_key
from streams.merging.members import Member
from streams.merging.tellings import Signature, pack, tellings_of, unpack
from streams.records import Event, Mentions, Override

SPARE_SIGNATURES = 1000
"""So many signatures of former entries are kept at least before they are dropped."""


class MergeState:
    """The entries of one partition of the table `mentions`, by table key, with their clusterings."""

    def __init__(self, entries: Iterable[MentionsEntry] = ()) -> None:
        self.entries: dict[str, MentionsEntry] = {}
        """Without their documents' signatures, which are kept apart; `entry` puts them together again."""
        self._signatures: dict[str, Signature] = {}
        """By table key."""
        self._shared: dict[Signature, Signature] = {}
        """Each once, however many entries have it: reprints do."""
        self._clusterings: dict[str, Clustering] = {}
        self.unsent: dict[str, dict[str, str]] = {}
        """By merge key, once checked (`unsent.py`): events to send, with the keys of the entries that remember them."""
        self._overrides: dict[str, dict[str, tuple[Override, ...]]] = {}
        """By merge key and table key."""
        self.decided_before: dict[str, Decided] = {}
        """By merge key, what editors' decisions made of the clusters when they were last asked."""
        for entry in entries:
            self.put(entry)

    def put(self, entry: MentionsEntry) -> bool:
        """The entry replaces the one under its key; returns whether it is another."""
        key = entry_key(entry.told)
        old, old_signature = self.entries.get(key), self._signatures.get(key)
        signature = self._share(pack(entry.told.signature))
        told = replace(entry.told, signature=())
        is_same = old is not None and old.told == told and old_signature == signature
        if is_same and old is not None:
            told = old.told
        self.entries[key] = replace(entry, told=told)
        self._signatures[key] = signature
        if told.overrides or (old is not None and old.told.overrides):
            self._overrides.setdefault(told.merge_key, {})[key] = told.overrides
        if not is_same:
            self._move(None if old is None else old.told, told, signature)
        return not is_same or (old is not None and old.founded != entry.founded)

    def remember(self, key: str, event_id: str, memory: Founded) -> None:
        """The entry under this table key keeps the memory of an event."""
        entry = self.entries[key]
        self.entries[key] = replace(entry, founded={**entry.founded, event_id: memory})

    def drop(self, merge_key: str, keys: Iterable[str]) -> None:
        """The entries under these table keys have expired: all tellings of some events, so that no other changes."""
        for key in keys:
            old = self.entries.pop(key)
            del self._signatures[key]
            self._overrides.get(merge_key, {}).pop(key, None)
            self._move(old.told, None, b"")
        clustering = self.clustering(merge_key)
        for _ in clustering.settle():
            pass
        clustering.touched.clear()
        self.decided_before[merge_key] = self.decided(merge_key)

    def entry(self, key: str) -> MentionsEntry:
        """The whole entry under this table key, as it is written."""
        entry = self.entries[key]
        return replace(entry, told=replace(entry.told, signature=unpack(self._signatures[key])))

    def under(self, merge_key: str) -> Iterator[tuple[str, MentionsEntry]]:
        """The entries under the merge key, each with its table key, without signatures."""
        return ((key, entry) for key, entry in self.entries.items() if entry.told.merge_key == merge_key)

    def clustering(self, merge_key: str) -> Clustering:
        """All that is told under the merge key; `settle` it before its clusters are looked at."""
        return self._clusterings.setdefault(merge_key, Clustering())

    def clusters(self, merge_key: str) -> list[Cluster]:
        """The clusters of all that is told under the merge key."""
        clustering = self.clustering(merge_key)
        for _ in clustering.settle():
            pass
        found = (member.cluster for member in clustering.members.values())
        return list(dict.fromkeys(cluster for cluster in found if cluster is not None))

    def decided(self, merge_key: str) -> Decided:
        """What editors' decisions make of the clusters, which must be settled."""
        by_entry = self._overrides.get(merge_key)
        if not by_entry:
            return NOTHING_DECIDED
        overrides = [override for told in by_entry.values() for override in told]
        return decide(overrides, self.clustering(merge_key).members)

    def overrides(self, merge_key: str) -> Mapping[str, tuple[Override, ...]]:
        """What editors decided under the merge key, by table key."""
        return self._overrides.get(merge_key, {})

    def events(self, merge_key: str, *, max_reports: int | None) -> Iterator[tuple[list[Member], Event | None]]:
        """All events under the merge key, each with its members; None for what an editor has suppressed."""
        clusters = self.clusters(merge_key)  # which settles them
        decided = self.decided(merge_key)
        for cluster in clusters:
            if cluster not in decided.clusters:
                yield cluster.members, cluster.event(max_reports=max_reports)
        for one in decided.by_founder.values():
            yield list(one.members), one.event(max_reports=max_reports)

    def merge_keys(self) -> list[str]:
        """The merge keys under which anything is told, sorted."""
        return sorted(key for key, clustering in self._clusterings.items() if clustering.members)

    def _share(self, signature: Signature) -> Signature:
        if len(self._shared) > 2 * len(self._signatures) + SPARE_SIGNATURES:
            self._shared = {one: one for one in self._signatures.values()}
        return self._shared.setdefault(signature, signature)

    def _move(self, old: Mentions | None, new: Mentions | None, signature: Signature) -> None:
        record = old if new is None else new
        if record is None:
            return
        clustering = self.clustering(record.merge_key)
        former = set() if old is None else {(old.article_id, mention.id) for mention in old.mentions}
        present = [] if new is None else tellings_of(new, signature)
        changed = [one for one in present if one.id not in former or not clustering.replace(one)]
        for telling_id in former - {one.id for one in present} | {one.id for one in changed} & former:
            clustering.remove(telling_id)
        for telling in changed:
            clustering.add(telling)
