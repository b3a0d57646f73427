"""Leaving: nothing holds it up."""

from __future__ import annotations

import subprocess
import sys

import pytest

from streams.engine.exits import ExitCode

BLOCKED = """
import logging, sys
from streams.engine import exits, watchdog
exits.LAST_WORDS_SECONDS = 1.0
logging.basicConfig(stream=sys.stderr)
watchdog.Watchdog(1.0).start()
while True:  # nobody reads: a terminal after Ctrl-S, a log collector that hangs
    logging.getLogger("loop").warning("y" * 5000)
"""


@pytest.mark.timeout(90)
def test_a_worker_whose_standard_error_nobody_reads_ends_all_the_same() -> None:
    with subprocess.Popen([sys.executable, "-c", BLOCKED], stderr=subprocess.PIPE) as worker:
        assert worker.wait(60) == ExitCode.STALLED
