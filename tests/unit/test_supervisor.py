"""The supervisor with real child processes that end in different ways; a listening socket stands for the broker."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from streams.settings import Settings
from streams.supervisor import Supervisor, broker_listens, environment_of

pytestmark = pytest.mark.timeout(60)
CHILD = """
import json, os, pathlib, sys
told = json.loads(os.environ["DAYBOOK_WORKER_RESTARTS"])
with open(sys.argv[1], "a") as out: out.write(json.dumps(told) + "\\n")
statuses = [int(text) for text in sys.argv[2].split(",")]
sys.exit(statuses[sum(told.values())])
"""


@pytest.fixture
def listening() -> Iterator[str]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield f"127.0.0.1:{server.getsockname()[1]}"


def test_it_starts_again_until_an_exit_that_is_final(listening: str, tmp_path: Path) -> None:
    told = tmp_path / "told"
    command = [sys.executable, "-c", CHILD, str(told), "75,1,70"]
    assert Supervisor(Settings(broker=listening), command).run() == 70
    lines = told.read_text().splitlines()
    assert lines == ["{}", '{"publish-failed": 1}', '{"publish-failed": 1, "failed": 1}']


def test_sigterm_is_handed_on_and_its_worker_is_waited_for(listening: str, tmp_path: Path) -> None:
    told = tmp_path / "told"
    child = (
        "import pathlib, signal, sys, time\n"
        f"told = pathlib.Path({str(told)!r})\n"
        "def end(*_):\n    time.sleep(0.3); told.write_text('drained'); sys.exit(0)\n"
        "signal.signal(signal.SIGTERM, end)\ntold.write_text('up')\ntime.sleep(60)\n"
    )

    def stop() -> None:
        while not told.exists() or told.read_text() != "up":
            time.sleep(0.05)
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=stop, daemon=True).start()
    assert Supervisor(Settings(broker=listening), [sys.executable, "-c", child]).run() == 0
    assert told.read_text() == "drained"


def test_the_worker_ends_with_a_killed_supervisor(tmp_path: Path) -> None:
    told = tmp_path / "pid"
    child = (
        "import os, pathlib, sys, time\nfrom streams.lifeline import kill_with_parent\n"
        "kill_with_parent(int(sys.argv[1]), 69)\n"
        f"pathlib.Path({str(told)!r}).write_text(str(os.getpid()))\ntime.sleep(60)\n"
    )
    parent = f"import os, subprocess, sys; subprocess.run([sys.executable, '-c', {child!r}, str(os.getpid())])"
    supervisor = subprocess.Popen([sys.executable, "-c", parent])
    while not told.exists() or not told.read_text():
        time.sleep(0.05)
    supervisor.kill()
    supervisor.wait()
    deadline = time.monotonic() + 10
    while Path(f"/proc/{told.read_text()}").exists():
        assert time.monotonic() < deadline, "the worker outlives its supervisor"
        time.sleep(0.05)


def test_settings_survive_the_way_through_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = Settings(broker="one:1,two:2", live=True, partitions=3, count_interval_seconds=0.5)
    for name, value in environment_of(settings).items():
        monkeypatch.setenv(name, value)
    assert Settings() == settings


def test_a_broker_that_is_away_is_seen(listening: str) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        away = f"127.0.0.1:{closed.getsockname()[1]}"
        assert not broker_listens(away)
        assert broker_listens(f"{away},{listening}")
