"""Which exit code an error stands for."""

from __future__ import annotations

import errno

from aiokafka.errors import KafkaError
from faust.exceptions import FaustError

from streams.engine.exits import ExitCode

NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT})


def code_of(error: BaseException | None, otherwise: ExitCode) -> ExitCode:
    """A full disk and a broker that did not take a record have codes of their own; any other error gets `otherwise`."""
    if isinstance(error, OSError) and error.errno in NO_ROOM:
        return ExitCode.DISK_FULL
    if error is not None and "no space left" in str(error).lower():  # RocksDB has no errors of its own
        return ExitCode.DISK_FULL
    return ExitCode.PUBLISH_FAILED if isinstance(error, KafkaError | FaustError) else otherwise
