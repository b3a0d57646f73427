"""`daybook run` as a new user calls it: it starts its own Kafka, and ends by itself with `--once`."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from streams.broker import free_port, port_is_taken
from streams.settings import Settings
from streams.supervisor import environment_of
from tests.broker.bench import wait_for
from tests.broker.worlds import TEXTS

pytestmark = [pytest.mark.broker, pytest.mark.timeout(400)]


def test_run_once_shows_counts_and_a_second_run_feeds_nothing_twice(tmp_path: Path) -> None:
    folder = tmp_path / "articles"
    folder.mkdir()
    for name, text in TEXTS.items():
        (folder / f"{name}.txt").write_text(text.replace("March 5", "March 5, 2026"), encoding="utf-8")
    (folder / "noise.txt").write_bytes(b"\x00\x01\x02")
    settings = Settings(
        broker=f"127.0.0.1:{free_port()}", state_dir=tmp_path / "state", web_port=free_port(), coding_processes=1
    )
    environment = {**os.environ, **environment_of(settings)}
    command = [sys.executable, "-m", "streams.cli", "run", "--once", "--articles", str(folder)]
    first = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=200)
    assert first.returncode == 0, first.stderr
    assert "fed: 6 published" in first.stderr
    assert "RUS.MIL" in first.stdout
    assert "2026-03-05" in first.stdout
    assert "/metrics" in first.stdout
    second = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=200)
    assert second.returncode == 0, second.stderr
    assert "fed: 0 published, 6 known already" in second.stderr
    assert first.stdout == second.stdout


def test_a_killed_run_leaves_nothing_behind(tmp_path: Path) -> None:
    (tmp_path / "visit.txt").write_text(TEXTS["visit"], encoding="utf-8")
    settings = Settings(broker=f"127.0.0.1:{free_port()}", state_dir=tmp_path / "state", web_port=free_port())
    environment = {**os.environ, **environment_of(settings)}
    command = [sys.executable, "-m", "streams.cli", "run", "--articles", str(tmp_path / "visit.txt")]
    run = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert run.stderr is not None
    assert any("running until Ctrl-C" in line for line in run.stderr)
    assert port_is_taken(settings.web_port)
    taken = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=60)
    assert taken.returncode == 1
    assert "Set DAYBOOK_WEB_PORT" in taken.stderr
    run.kill()
    run.wait()
    wait_for(lambda: not port_is_taken(settings.web_port), "the worker is gone", 20)
    wait_for(lambda: not port_is_taken(int(settings.broker.split(":")[1])), "the broker is gone", 20)
