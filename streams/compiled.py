"""The compiled form of some modules: whether there is one, whether it is of these very sources, and its use.

`make compile` writes it to a folder of its own, with a digest of all sources that it was made of. Only while they are
still the same is it used in their place, so that no edit is ever hidden by an older compiled form.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
import warnings
from collections.abc import Mapping, Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import EXTENSION_SUFFIXES, ModuleSpec
from importlib.util import spec_from_file_location
from pathlib import Path
from types import ModuleType

PACKAGE = Path(__file__).parent
FOLDER = "_compiled"
"""In the package: the extension modules, and the manifest that tells what they are."""
MANIFEST = "manifest.json"
VARIABLE = "DAYBOOK_COMPILED"
"""Set to `no` in the environment, it keeps to the sources."""


def digest_of(package: Path) -> str:
    """The digest of all Python sources of a package, by name and content."""
    told = hashlib.blake2b(digest_size=16)
    for file in sorted(package.rglob("*.py")):
        told.update(f"{file.relative_to(package).as_posix()}\0".encode())
        told.update(hashlib.blake2b(file.read_bytes()).digest())
    return told.hexdigest()


class CompiledFinder(MetaPathFinder):
    """Finds modules as the extension modules that they were compiled to."""

    def __init__(self, files: Mapping[str, Path]) -> None:
        self.files = dict(files)

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Where a module is, if it was compiled."""
        del path, target
        file = self.files.get(fullname)
        return spec_from_file_location(fullname, file) if file else None


def compiled_files(package: Path) -> dict[str, Path]:
    """The extension modules of a package by module name, none if there are none.

    Raises `ValueError`, with what is wrong, if they are not of these sources or not for this Python.
    """
    folder = package / FOLDER
    try:
        manifest = json.loads((folder / MANIFEST).read_bytes())
    except FileNotFoundError:
        return {}
    if manifest["suffix"] != EXTENSION_SUFFIXES[0]:
        raise ValueError("they are of another Python")
    if manifest["sources"] != digest_of(package):
        raise ValueError("a source has changed since")
    return {name: folder / file for name, file in manifest["modules"].items()}


def use_compiled() -> None:
    """From now on import what was compiled in that form. If it is out of date, warn and keep to the sources."""
    if os.environ.get(VARIABLE, "").lower() in {"no", "0", "false"}:
        return
    try:
        files = compiled_files(PACKAGE)
    except ValueError as error:
        warnings.warn(
            f"the compiled modules of Daybook are not used, for {error}: `make compile` makes them anew",
            RuntimeWarning,
            stacklevel=2,
        )
        return
    if files:
        sys.meta_path.insert(0, CompiledFinder(files))


def count_in_use() -> int:
    """How many modules this process imports in their compiled form; 0 if all are read from their sources."""
    found = [finder for finder in sys.meta_path if isinstance(finder, CompiledFinder)]
    return sum(name.startswith("streams.") for finder in found for name in finder.files)
