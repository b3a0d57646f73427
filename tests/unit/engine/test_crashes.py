"""Which exit code an error stands for."""

from __future__ import annotations

import errno

import pytest
from aiokafka.errors import KafkaStorageError
from faust.exceptions import ProducerSendError

from streams.engine.crashes import code_of
from streams.engine.exits import ExitCode


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), ExitCode.DISK_FULL),
        (OSError(errno.EDQUOT, "Disk quota exceeded"), ExitCode.DISK_FULL),
        (Exception("IO error: No space left on device: While appending to file"), ExitCode.DISK_FULL),
        (KafkaStorageError(), ExitCode.PUBLISH_FAILED),
        (ProducerSendError("Error while sending: KafkaTimeoutError()"), ExitCode.PUBLISH_FAILED),
        (OSError(errno.EACCES, "Permission denied"), ExitCode.AGENT_FAILED),
        (KeyError("a"), ExitCode.AGENT_FAILED),
        (None, ExitCode.AGENT_FAILED),
    ],
)
def test_a_full_disk_and_a_failed_publish_have_their_own(error: BaseException | None, code: ExitCode) -> None:
    assert code_of(error, ExitCode.AGENT_FAILED) is code
