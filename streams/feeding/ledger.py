"""What has been published already, so that a feed that was broken off goes on where it stopped.

A small SQLite file under the state folder, apart for each Kafka cluster: another broker starts afresh. It
knows the last content of each article and its fetch time, so that one that changes and changes back is sent each time.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from pathlib import Path

from streams.feeding.sources import Item

TABLE = (
    "CREATE TABLE IF NOT EXISTS last (cluster TEXT, key BLOB, content TEXT, fetched TEXT, PRIMARY KEY (cluster, key))"
)


class Ledger:
    """What one cluster has acknowledged last of each article."""

    def __init__(self, file: Path, cluster: str) -> None:
        file.parent.mkdir(parents=True, exist_ok=True)
        self._database = sqlite3.connect(file)
        self._database.execute("PRAGMA journal_mode=WAL")
        self._database.execute(TABLE)
        self._cluster = cluster

    def knows(self, item: Item) -> bool:
        """Whether the item adds nothing to what was acknowledged last under its key."""
        query = "SELECT content, fetched FROM last WHERE cluster = ? AND key = ?"
        found = self._database.execute(query, (self._cluster, item.key)).fetchone()
        return found is not None and item.adds_nothing_to(*found)

    def add(self, items: Iterable[Item]) -> None:
        """Remember what the broker acknowledged, in its order."""
        rows = [(self._cluster, item.key, item.content, item.fetched) for item in items]
        with self._database:
            self._database.executemany("INSERT OR REPLACE INTO last VALUES (?, ?, ?, ?)", rows)

    def close(self) -> None:
        """Close the file."""
        self._database.close()
