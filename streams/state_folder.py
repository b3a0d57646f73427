"""Which folder a worker keeps its state in, so that workers of one machine do not share one."""

from __future__ import annotations

import fcntl
import itertools
import os
from pathlib import Path


def claim(state_dir: Path) -> Path:
    """The first folder `worker-0`, `worker-1`, ... under `state_dir` that no living process has claimed; it is made.

    The claim lasts as long as this process, however that ends, and programs that it starts do not inherit it. So a
    worker alone on its machine finds its state again after each restart. Raises `OSError` when `state_dir` cannot be
    written to, or its file system knows no locks.
    """
    state_dir.mkdir(parents=True, exist_ok=True)
    # The locks are beside the folders: whoever clears a folder must not remove the lock that others look at.
    number = next(number for number in itertools.count() if _lock(state_dir / f"worker-{number}.lock"))
    folder = state_dir / f"worker-{number}"
    folder.mkdir(exist_ok=True)
    return folder


def _lock(file: Path) -> bool:
    """Lock a file for the rest of this process's life; whether no other process had it."""
    descriptor = os.open(file, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(descriptor)
        return False
    return True  # the descriptor stays open: the lock goes with it
