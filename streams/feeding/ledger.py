"""What has been published already, so that a feed that was broken off goes on where it stopped.

A small SQLite file under the state folder, apart for each Kafka cluster: another broker starts afresh.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path


class Ledger:
    """The identities that one cluster has acknowledged."""

    def __init__(self, file: Path, cluster: str) -> None:
        file.parent.mkdir(parents=True, exist_ok=True)
        self._database = sqlite3.connect(file, check_same_thread=False)
        self._database.execute("PRAGMA journal_mode=WAL")
        self._database.execute(
            "CREATE TABLE IF NOT EXISTS published (cluster TEXT, identity TEXT, PRIMARY KEY (cluster, identity))"
        )
        self._cluster = cluster

    def __contains__(self, identity: str) -> bool:
        query = "SELECT 1 FROM published WHERE cluster = ? AND identity = ?"
        return self._database.execute(query, (self._cluster, identity)).fetchone() is not None

    def add(self, identities: list[str]) -> None:
        """Remember what the broker acknowledged."""
        rows = [(self._cluster, identity) for identity in identities]
        with self._database:
            self._database.executemany("INSERT OR IGNORE INTO published VALUES (?, ?)", rows)

    def close(self) -> None:
        """Close the file."""
        self._database.close()
