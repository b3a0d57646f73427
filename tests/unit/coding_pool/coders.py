"""What the pool tests run in coding processes in place of the coder; it loads no pipeline, so they start at once."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING, NamedTuple, cast

from streams.records import InvalidRecordError

if TYPE_CHECKING:
    from streams.articles import Processed


class Done(NamedTuple):
    document: bytes
    key: str


def process(key: bytes | None, value: bytes | None, timestamp_ms: int) -> Processed:
    """Does what the value says; the key of what comes back is the process's id."""
    if value == b"crash":
        os._exit(9)
    if value == b"invalid":
        raise InvalidRecordError("too-long", "a long one")
    if value == b"slow":
        time.sleep(0.2)
    return cast("Processed", Done(value or b"", str(os.getpid())))
