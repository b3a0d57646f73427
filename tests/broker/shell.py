"""The `daybook` command as a user calls it, with the settings of a bench."""

from __future__ import annotations

import os
import subprocess
import sys

from streams.supervisor import environment_of
from tests.broker.bench import Bench


class Shell:
    """Runs `daybook` with the bench's settings."""

    def __init__(self, bench: Bench) -> None:
        self.bench = bench
        self.environment = {**os.environ, **environment_of(bench.settings)}

    def command(self, *arguments: str) -> list[str]:
        return [sys.executable, "-m", "streams.cli", *arguments]

    def run(self, *arguments: str, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(
            self.command(*arguments), input=stdin, env=self.environment, capture_output=True, check=False, timeout=120
        )

    def out(self, *arguments: str, stdin: bytes = b"") -> str:
        done = self.run(*arguments, stdin=stdin)
        assert done.returncode == 0, done.stderr.decode()
        return done.stdout.decode()
