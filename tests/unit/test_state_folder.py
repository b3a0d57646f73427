"""Claims by real processes: the lock must go with the process, however it ends."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from streams.state_folder import claim

pytestmark = pytest.mark.timeout(60)
CLAIM = (
    "import subprocess, sys; from pathlib import Path; from streams.state_folder import claim\n"
    "print(claim(Path(sys.argv[1])).name, flush=True)\n"
)
WAIT = "sys.stdin.read()\n"
WAIT_WITH_CHILD = (
    "child = subprocess.Popen([sys.executable, '-c', 'import sys; print(0, flush=True); sys.stdin.read()'])\n"
    "child.wait()\n"
)


@contextmanager
def worker(state_dir: Path, after: str = WAIT) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A process that has claimed a folder, and the folder's name."""
    command = [sys.executable, "-c", CLAIM + after, str(state_dir)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield process, process.stdout.readline().strip()
        finally:
            process.kill()


def test_workers_of_one_machine_get_a_folder_each(tmp_path: Path) -> None:
    state_dir = tmp_path / "not" / "yet"
    with worker(state_dir) as (_, first), worker(state_dir) as (_, second), worker(state_dir) as (_, third):
        assert [first, second, third] == ["worker-0", "worker-1", "worker-2"]
        assert (state_dir / "worker-2").is_dir()


def test_a_worker_that_was_killed_gets_its_folder_again_and_what_is_in_it(tmp_path: Path) -> None:
    with worker(tmp_path) as (process, first), worker(tmp_path):
        (tmp_path / first / "state").write_text("kept")
        process.kill()
        process.wait()
        with worker(tmp_path) as (_, again):
            assert again == first == "worker-0"
            assert (tmp_path / again / "state").read_text() == "kept"


def test_a_program_that_the_worker_started_does_not_keep_its_claim(tmp_path: Path) -> None:
    with worker(tmp_path, WAIT_WITH_CHILD) as (process, first):
        assert process.stdout is not None
        assert process.stdout.readline() == "0\n", "the child runs"
        process.kill()
        process.wait()
        with worker(tmp_path) as (_, again):
            assert again == first


def test_a_folder_that_was_cleared_while_in_use_is_not_given_away(tmp_path: Path) -> None:
    with worker(tmp_path) as (_, first):
        shutil.rmtree(tmp_path / first)
        with worker(tmp_path) as (_, second):
            assert second == "worker-1"


def test_a_state_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(OSError, match="file"):
        claim(tmp_path / "file")
