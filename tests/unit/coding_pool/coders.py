"""What the pool tests run in coding processes in place of the coder; it loads no pipeline, so they start at once."""

from __future__ import annotations

import ctypes
import os
import signal
import time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, cast

from streams.records import InvalidRecordError
from streams.settings import Settings

if TYPE_CHECKING:
    from streams.coding_process import Process, Processed

PREPARE_SECONDS = 1.5


class Done(NamedTuple):
    """What stands in for a document; it goes through `streams.agents.coding` too."""

    document: bytes
    key: str
    outcome: str = "coded"
    mentions: int = 0
    seconds: dict[str, float] = {}  # noqa: RUF012


def wait_for(*paths: Path) -> None:
    while not all(path.exists() for path in paths):
        time.sleep(0.01)


def process(key: bytes | None, value: bytes | None, timestamp_ms: int) -> Processed:
    """Does what the value says; the key of what comes back is the process's id."""
    doing, _, where = (value or b"").decode().partition(" ")
    if doing in DEEDS:
        DEEDS[doing](where)
    return cast("Processed", Done(value or b"", str(os.getpid())))


def crash(where: str) -> None:
    os._exit(9)


def raise_(where: str) -> None:
    raise MemoryError


def refuse(where: str) -> None:
    raise InvalidRecordError("too-long", "a long one")


def hang(where: str) -> None:
    signal.pause()


def hang_locked(where: str) -> None:
    """In C code that never lets go of the interpreter's lock."""
    Path(where).touch()
    ctypes.PyDLL(None).pause()


def hang_once(where: str) -> None:
    if not Path(where).exists():
        Path(where).touch()
        signal.pause()


def sleep(where: str) -> None:
    time.sleep(float(where))


def meet(where: str) -> None:
    """Say in one file that it runs, and go on when the other is there."""
    mine, other = where.split(",")
    Path(mine).touch()
    wait_for(Path(other))


def signals(where: str) -> None:
    for sign in (signal.SIGINT, signal.SIGTERM):
        os.kill(os.getpid(), sign)


DEEDS = {
    "crash": crash, "raise": raise_, "invalid": refuse, "hang": hang, "hang-locked": hang_locked,
    "hang-once": hang_once, "sleep": sleep, "meet": meet, "signals": signals,
}  # fmt: skip


def prepare(settings: Settings) -> Process:
    return process


def prepare_slowly(settings: Settings) -> Process:
    time.sleep(PREPARE_SECONDS)
    return process


def prepare_and_die(settings: Settings) -> Process:
    os._exit(9)


def prepare_in_vain(settings: Settings) -> Process:
    raise OSError("no such pipeline")


def prepare_once_dying(settings: Settings) -> Process:
    """Dies in the first process; `state_dir` remembers."""
    if not settings.state_dir.exists():
        settings.state_dir.touch()
        os._exit(9)
    return process


def prepare_for_ever(settings: Settings) -> Process:
    """Says in a file that it runs, and gets no further."""
    (settings.state_dir / str(os.getpid())).touch()
    ctypes.PyDLL(None).pause()
    return process
