"""The version of everything that news goes through: all of our code, and all lexicons."""

from __future__ import annotations

import hashlib
from importlib.resources import files
from pathlib import Path

from streams.extending.additions import Additions
from streams.extending.version import lexicon_version


def code_version(additions: Additions) -> str:
    """Hash of our source files, and the version of our lexicons with these additions."""
    digest = hashlib.sha256()
    root = Path(str(files("streams")))
    for file in sorted(root.rglob("*.py")):
        digest.update(f"{file.relative_to(root)}\n".encode())
        digest.update(file.read_bytes())
    return f"{digest.hexdigest()[:12]}-{lexicon_version(additions)}"
