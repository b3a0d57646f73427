"""Processes that end with their parent, however it ends, kill -9 included.

Imports nothing of the worker: coding processes use it too.
"""

from __future__ import annotations

import ctypes
import fcntl
import multiprocessing
import os
import select
import signal
import sys
import threading

PR_SET_PDEATHSIG = 1


def end_with(parent: int, status: int) -> None:
    """End this process with `status` as soon as process `parent` is gone; at once when it is already.

    The kernel's parent-death signal alone left orphans among pool processes, whose parent is the fork server; so a
    thread watches the parent's process descriptor.
    """
    try:
        descriptor = os.pidfd_open(parent)
    except ProcessLookupError:
        os._exit(status)

    def watch() -> None:
        select.select([descriptor], [], [])
        os._exit(status)

    threading.Thread(target=watch, name="lifeline", daemon=True).start()


def end_with_starter(status: int) -> None:
    """Have the kernel end this process of `multiprocessing` when the process that started it is gone; now if it is.

    Its parent is the fork server, so the parent's death says nothing. But the starter alone holds the other end of the
    pipe by which it handed the work over, and the kernel can turn that pipe's end into a signal, which ends also a
    process where no thread could watch: one that is stuck in C code with the interpreter's lock.
    """
    starter = multiprocessing.parent_process()
    if starter is None:
        raise RuntimeError("this is no process of multiprocessing")
    pipe = starter.sentinel
    signal.signal(signal.SIGIO, signal.SIG_DFL)  # which ends the process
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGIO})
    fcntl.fcntl(pipe, fcntl.F_SETOWN, os.getpid())
    fcntl.fcntl(pipe, fcntl.F_SETFL, fcntl.fcntl(pipe, fcntl.F_GETFL) | os.O_ASYNC)
    if not starter.is_alive():  # it was gone before the kernel knew
        os._exit(status)


def kill_with_parent(parent: int, status: int) -> None:
    """`end_with`, and the kernel kills this process too should it be too busy to notice; for direct children."""
    signal_with_parent(signal.SIGKILL)
    end_with(parent, status)


def signal_with_parent(sign: signal.Signals) -> None:
    """Have the kernel send this process a signal when its parent ends; Linux only."""
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, sign)
