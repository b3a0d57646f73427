"""Which lexicons there are: one short hash over all files that reading and coding depend on."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from streams.extending.additions import NOTHING, Additions


@lru_cache(maxsize=4)
def lexicon_version(additions: Additions = NOTHING) -> str:
    """Hash of what is in our files and the user's, the same wherever they lie; examples and notes are not in it."""
    digest = hashlib.sha256(additions.digest.encode())
    for name, file in _files(files("streams") / "lexicon", ""):
        content = file.read_bytes()
        digest.update(f"{name} {len(content)}\n".encode())
        digest.update(content)
    return digest.hexdigest()[:8]


def _files(folder: Traversable, path: str) -> Iterator[tuple[str, Traversable]]:
    for entry in sorted(folder.iterdir(), key=lambda one: one.name):
        if entry.is_dir():
            yield from _files(entry, f"{path}{entry.name}/")
        elif entry.name.endswith((".tsv", ".txt", ".zst")) and entry.name != "examples.tsv":
            yield f"{path}{entry.name}", entry
