"""Entries on their way out, in steps that any crash may come between.

What is said once of many entries (that they left, that their day closed) is written first, under the key of their part.
When that input is settled the entries are removed, a few with each record; and when the last removal is settled, what
was said may be taken back. A part has one batch at a time.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from itertools import islice

WRITTEN = -1
"""Offset of a batch that a former worker wrote: it was read from the changelog, so it is settled."""


@dataclass(slots=True)
class _Batch:
    keys: dict[str, None]
    said_at: int
    """Offset of the input that wrote why they leave."""
    removed_at: int = WRITTEN
    """Offset of the input that removed the last of them so far."""


class Removals:
    """The batches of one partition."""

    def __init__(self) -> None:
        self._batches: dict[str, _Batch] = {}

    def add(self, part: str, keys: Collection[str], after: int) -> None:
        """These entries leave, once the input at offset `after` is settled."""
        self._batches[part] = _Batch(dict.fromkeys(keys), after)

    def is_busy(self, part: str) -> bool:
        """Whether entries of the part are on their way out."""
        return part in self._batches

    def is_leaving(self, part: str, key: str) -> bool:
        """Whether this entry is on its way out."""
        return part in self._batches and key in self._batches[part].keys

    def stay(self, part: str, key: str) -> None:
        """The entry is written anew: the new one stays."""
        if part in self._batches:
            self._batches[part].keys.pop(key, None)

    def due(self, committed: int, offset: int, number: int) -> list[str]:
        """So many keys, at most, to remove with the input at `offset`."""
        due: list[str] = []
        for batch in self._batches.values():
            if batch.keys and batch.said_at < committed:
                taken = list(islice(batch.keys, number - len(due)))
                for key in taken:
                    del batch.keys[key]
                batch.removed_at = offset
                due += taken
                if len(due) == number:
                    break
        return due

    def finished(self, committed: int) -> list[str]:
        """Take off the parts of which every removal is settled."""
        finished = [
            part
            for part, batch in self._batches.items()
            if not batch.keys and max(batch.said_at, batch.removed_at) < committed
        ]
        for part in finished:
            del self._batches[part]
        return finished
