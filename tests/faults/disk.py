"""A folder on a small disk of its own, to fill it."""

from __future__ import annotations

import errno
import os
import subprocess
import tempfile
from pathlib import Path
from types import TracebackType
from typing import Self

BLOCK = 1024
FILLER = "filler"


class SmallDisk:
    """A file system of `megabytes` MiB at `folder`, in memory; needs the right to mount. What is on it goes with it."""

    def __init__(self, folder: Path, megabytes: int) -> None:
        self.folder = folder.resolve()
        self.megabytes = megabytes

    @staticmethod
    def available() -> bool:
        """Whether this process may mount, tried out."""
        with tempfile.TemporaryDirectory() as folder:
            try:
                with SmallDisk(Path(folder), 1):
                    return True
            except (OSError, subprocess.CalledProcessError):
                return False

    def fill(self, leave_kilobytes: int = 0) -> None:
        """Write until the disk takes no more, then give `leave_kilobytes` back."""
        with (self.folder / FILLER).open("ab", buffering=0) as filler:
            try:
                while True:
                    filler.write(b"\0" * BLOCK)
            except OSError as error:
                if error.errno != errno.ENOSPC:
                    raise
            filler.truncate(max(0, filler.tell() - leave_kilobytes * BLOCK))

    def free(self) -> None:
        """Take away what `fill` wrote."""
        (self.folder / FILLER).unlink()

    @property
    def free_kilobytes(self) -> int:
        """What can still be written, in KiB."""
        found = os.statvfs(self.folder)
        return found.f_bavail * found.f_frsize // BLOCK

    def __enter__(self) -> Self:
        self.folder.mkdir(parents=True, exist_ok=True)
        size = f"size={self.megabytes}m"
        subprocess.run(
            ["mount", "-t", "tmpfs", "-o", size, "daybook-test", self.folder], check=True, capture_output=True
        )
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        # Lazily: a process that did not end must not keep the mount for ever; it goes with the last open file.
        subprocess.run(["umount", "--lazy", self.folder], check=True, capture_output=True)
