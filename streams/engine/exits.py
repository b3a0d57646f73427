"""Exit codes of the worker process, and the one way to leave it in a hurry.

Workers are crash-only: any doubt about what was read, written or published ends the process at once. Nothing that is
not committed is lost by that, and the supervisor starts the worker again, except after the codes in `FINAL`.
"""

from __future__ import annotations

import logging
import os
import sys
import threading
from enum import IntEnum
from typing import NoReturn

LAST_WORDS_SECONDS = 5.0
logger = logging.getLogger(__name__)


class ExitCode(IntEnum):
    """Why a worker ended; the number is its exit status."""

    STOPPED = 0
    """Asked to stop, and everything begun was finished."""
    FAILED = 1
    """An error nobody foresaw; the log has the traceback."""
    ORPHANED = 69
    """The supervisor is gone, and a worker nobody watches must not go on."""
    TOO_MANY_DEAD_LETTERS = 70
    """The rate of dead letters passed its limit: the deployment is bad, not the articles."""
    UNREADABLE_INTERNAL_RECORD = 71
    """A record of ours cannot be decoded; passing over it would make counts wrong."""
    PORT_TAKEN = 72
    """The port of /metrics and health is taken: another worker runs here, or a setting must change."""
    DISK_FULL = 73
    """The disk with the worker's state is full; nothing more can be kept."""
    AGENT_FAILED = 74
    """A handler raised what it must not raise."""
    PUBLISH_FAILED = 75
    """The broker did not take an output or a changelog record in time."""
    RECOVERY_INCOMPLETE = 76
    """Recovery was declared complete with changelog records unread."""
    LEASE_LOST = 77
    """The group has gone on without this worker, which was stopped or cut off: others own its partitions."""
    OFFSETS_JUMPED = 78
    """An offset was delivered, or would be committed, past one that is not finished: records would be passed over."""
    STALLED = 79
    """There is work, and nothing has moved for too long."""
    CHANGELOG_TAKEN = 80
    """Another worker has written to a changelog of ours: the state here no longer follows from it."""
    UNPROVEN_FAUST = 81
    """The installed faust-streaming is not the one that this engine is proven with."""
    GENERATION_CHANGED = 82
    """A replay switches to another generation, which the next worker belongs to."""


FINAL = frozenset(
    {
        ExitCode.TOO_MANY_DEAD_LETTERS,
        ExitCode.UNREADABLE_INTERNAL_RECORD,
        ExitCode.PORT_TAKEN,
        ExitCode.UNPROVEN_FAUST,
    }
)
"""Exits after which starting again would only repeat the fault; a person has to look."""


def cause_of(status: int) -> str:
    """A short, bounded name for an exit status as `subprocess` gives it (negative: killed by that signal)."""
    if status < 0:
        return "killed"
    try:
        return ExitCode(status).name.lower().replace("_", "-")
    except ValueError:
        return "other"


def leave(code: ExitCode, reason: str) -> NoReturn:
    """End this process now, without finishing anything: what is not committed is read again."""
    end_soon(code)
    logger.critical("worker ends: %s", reason, extra={"cause": cause_of(code), "exit_code": int(code)})
    end_process(code)


def end_soon(code: int) -> None:
    """End in a few seconds whatever holds up the last words: standard error that nobody reads blocks every logger."""
    timer = threading.Timer(LAST_WORDS_SECONDS, os._exit, (int(code),))
    timer.daemon = True
    timer.start()


def end_process(code: int) -> NoReturn:
    """End without waiting for threads: those of Faust's consumer can outlive its app and keep a process for ever."""
    logging.shutdown()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)
