"""What has been published already, so that a feed that was broken off goes on where it stopped.

A small SQLite file under the state folder, apart for each Kafka cluster: another broker starts afresh. It knows what
was told last of each article, which article each file tells, and which texts an article had besides its first.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from streams.feeding.deciding import Place, State, Told

TABLES = (
    "CREATE TABLE IF NOT EXISTS last (cluster TEXT, key BLOB, content TEXT, fetched TEXT, PRIMARY KEY (cluster, key))",
    """CREATE TABLE IF NOT EXISTS files (
        cluster TEXT, path BLOB, key TEXT, text TEXT, sketch BLOB, PRIMARY KEY (cluster, path)
    )""",
    "CREATE INDEX IF NOT EXISTS files_by_key ON files (cluster, key)",
    "CREATE TABLE IF NOT EXISTS texts (cluster TEXT, text TEXT, key TEXT, PRIMARY KEY (cluster, text))",
)
LOCK_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class Note:
    """What to remember once it is acknowledged."""

    key: str
    told: Told | None = None
    """None: only the file is news, as when it was moved."""
    path: bytes | None = None
    text: str = ""
    """The id that the text at `path` alone would give."""
    sketch: bytes = b""
    """A sample of its words."""
    gone: tuple[bytes, ...] = ()
    """Paths that tell nothing any more."""


def path_name(path: Path) -> bytes:
    """How the ledger names a file: wherever it is called from, and through whatever links, it is the same."""
    return os.fsencode(os.path.realpath(path))


class Ledger:
    """What one cluster has acknowledged last of each article, and which file tells which."""

    def __init__(self, file: Path, cluster: str) -> None:
        file.parent.mkdir(parents=True, exist_ok=True)
        self._database = sqlite3.connect(file, timeout=LOCK_SECONDS)
        self._database.execute("PRAGMA journal_mode=WAL")
        self._database.execute("PRAGMA synchronous=NORMAL")  # what a power cut takes back is published again
        for table in TABLES:
            self._database.execute(table)
        if "state" not in (row[1] for row in self._database.execute("PRAGMA table_info(last)")):
            self._database.execute("ALTER TABLE last ADD COLUMN state TEXT NOT NULL DEFAULT 'told'")
        self._cluster = cluster

    def is_empty(self) -> bool:
        """Whether nothing was ever published to this cluster from here."""
        return self._first("SELECT 1 FROM last WHERE cluster = ? LIMIT 1") is None

    def article(self, key: str) -> Told | None:
        """What was told last of the article."""
        query = "SELECT content, fetched, state FROM last WHERE cluster = ? AND key = ?"
        found = self._first(query, encoded(key))
        if found is None:
            return None
        state: State = found[2]
        return Told(found[0], found[1], state)

    def owner(self, text: str) -> str | None:
        """The article that has, or once had, the text of that id."""
        found = self._first("SELECT key FROM texts WHERE cluster = ? AND text = ?", text)
        if found is not None:
            return str(found[0])
        return text if self.article(text) is not None else None

    def place(self, path: bytes) -> Place | None:
        """What the path told when it was last looked at."""
        found = self._first("SELECT key, text, sketch FROM files WHERE cluster = ? AND path = ?", path)
        return None if found is None else Place(*found)

    def paths_of(self, key: str) -> list[bytes]:
        """The paths that tell the article."""
        query = "SELECT path FROM files WHERE cluster = ? AND key = ? ORDER BY path"
        return [path for (path,) in self._database.execute(query, (self._cluster, key))]

    def paths_under(self, path: bytes) -> dict[bytes, str]:
        """The path, and those below it when it is a folder, each with its article."""
        folder = path.rstrip(b"/") + b"/"
        query = "SELECT path, key FROM files WHERE cluster = ? AND (path = ? OR substr(path, 1, ?) = ?)"
        return dict(self._database.execute(query, (self._cluster, path, len(folder), folder)))

    def expect(self, path: bytes, key: str) -> None:
        """Remember before it is sent what a new file tells, so that an edit after a crash is known for one."""
        with self._database:
            self._database.execute("INSERT OR IGNORE INTO files VALUES (?, ?, ?, '', x'')", (self._cluster, path, key))

    def add(self, notes: Iterable[Note]) -> None:
        """Remember what the broker acknowledged, in its order."""
        with self._database:
            for note in notes:
                self._add(note)

    def close(self) -> None:
        """Close the file."""
        self._database.close()

    def _add(self, note: Note) -> None:
        run, cluster = self._database.execute, self._cluster
        if note.told is not None:
            told = (note.told.content, note.told.fetched, note.told.state)
            run("INSERT OR REPLACE INTO last VALUES (?, ?, ?, ?, ?)", (cluster, encoded(note.key), *told))
        if note.path is not None:
            run(
                "INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?, ?)",
                (cluster, note.path, note.key, note.text, note.sketch),
            )
        if note.text and note.text != note.key:
            run("INSERT OR REPLACE INTO texts VALUES (?, ?, ?)", (cluster, note.text, note.key))
        for path in note.gone:
            run("DELETE FROM files WHERE cluster = ? AND path = ?", (cluster, path))

    def _first(self, query: str, *values: object) -> Any:
        return self._database.execute(query, (self._cluster, *values)).fetchone()


def encoded(key: str) -> bytes:
    """The key as it goes to Kafka."""
    return key.encode()
