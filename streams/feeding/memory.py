"""The ledger, and over it what was sent and is not yet acknowledged."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from streams.feeding.deciding import Place, Told
from streams.feeding.ledger import Ledger, Note

Name = TypeVar("Name", str, bytes)


class Memory:
    """What the ledger will know once all that was sent is acknowledged."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        self._articles: dict[str, Note] = {}
        self._owners: dict[str, Note] = {}
        self._places: dict[bytes, Note] = {}
        self._paths: dict[str, dict[bytes, Note]] = {}

    def article(self, key: str) -> Told | None:
        """What was told last of the article."""
        note = self._articles.get(key)
        return self.ledger.article(key) if note is None else note.told

    def owner(self, text: str) -> str | None:
        """The article that has, or once had, the text of that id."""
        note = self._owners.get(text)
        if note is not None:
            return note.key
        return self.ledger.owner(text) or (text if self.article(text) is not None else None)

    def place(self, path: bytes) -> Place | None:
        """What the path told when it was last looked at."""
        note = self._places.get(path)
        return self.ledger.place(path) if note is None else Place(note.key, note.text, note.sketch)

    def paths_of(self, key: str) -> list[bytes]:
        """The paths that tell the article."""
        return sorted({*self.ledger.paths_of(key), *self._paths.get(key, {})})

    def expect(self, note: Note) -> None:
        """This is on its way."""
        if note.told is not None:
            self._articles[note.key] = note
        if note.text:
            self._owners[note.text] = note
        if note.path is not None:
            self._places[note.path] = note
            self._paths.setdefault(note.key, {})[note.path] = note

    def acknowledge(self, notes: Iterable[Note]) -> None:
        """This has arrived: the ledger may have it."""
        arrived = list(notes)
        self.ledger.add(arrived)
        for note in arrived:
            _drop(self._articles, note.key, note)
            _drop(self._owners, note.text, note)
            if note.path is not None:
                _drop(self._places, note.path, note)
                paths = self._paths.get(note.key, {})
                _drop(paths, note.path, note)
                if not paths:
                    self._paths.pop(note.key, None)


def _drop(notes: dict[Name, Note], name: Name, note: Note) -> None:
    """Forget the note, unless a later one has taken its place."""
    if notes.get(name) is note:
        del notes[name]
