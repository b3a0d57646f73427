"""`make compile`, in a copy of the package: the same records, and no compiled form beside sources that have changed."""

import os
import shutil
import subprocess
import sys
import sysconfig
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
COMPILER = (sysconfig.get_config_var("CC") or "cc").split()[0]
HEADERS = Path(sysconfig.get_path("include"), "Python.h")

pytestmark = pytest.mark.skipif(
    shutil.which(COMPILER) is None or not HEADERS.exists(), reason="needs a C compiler and Python's headers"
)


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a copy of the package, compiled."""
    folder = tmp_path_factory.mktemp("compiled")
    package = folder / "streams"
    shutil.copytree(ROOT / "streams", package, ignore=shutil.ignore_patterns("_compiled", "__pycache__"))
    compiler = ROOT / "scripts" / "compile_modules.py"
    command = [sys.executable, str(compiler), "--package", str(package), "--jobs", "1"]  # other tests run beside it
    made = subprocess.run(command, capture_output=True, text=True, check=False)
    assert made.returncode == 0, made.stdout + made.stderr
    return folder


def run(folder: Path, *arguments: str, compiled: str = "yes") -> subprocess.CompletedProcess[str]:
    """Run Python with the package of that folder, and with the tests and samples of this one."""
    environment = {**os.environ, "PYTHONPATH": f"{folder}{os.pathsep}{ROOT}", "DAYBOOK_COMPILED": compiled}
    return subprocess.run(
        [sys.executable, "-P", *arguments], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )


def coded(folder: Path, compiled: str) -> tuple[int, list[str]]:
    """How many modules were compiled, and the records of the samples."""
    ended = run(folder, "-m", "tests.compiled.coded", compiled=compiled)
    assert ended.returncode == 0, ended.stderr
    count, *records = ended.stdout.splitlines()
    return int(count), records


def listed() -> int:
    told = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return sum(map(len, told["tool"]["daybook"]["compiled"].values()))


@pytest.mark.timeout(900)
def test_the_records_are_the_same(copy: Path) -> None:
    count, compiled = coded(copy, "yes")
    none, plain = coded(copy, "no")
    assert (count, none) == (listed(), 0)
    assert len(plain) > 50
    different = [number for number, pair in enumerate(zip(plain, compiled, strict=True)) if pair[0] != pair[1]]
    assert different == []


@pytest.mark.timeout(900)
def test_modules_come_compiled_until_a_source_changes(copy: Path) -> None:
    where = "import streams.parsing.token as module; print(module.__file__)"
    assert run(copy, "-c", where).stdout.strip().endswith(".so")
    source = copy / "streams" / "naming.py"  # not itself compiled: what is may rest on it
    before = source.read_text(encoding="utf-8")
    source.write_text(before + "\n", encoding="utf-8")
    try:
        changed = run(copy, "-c", where)
    finally:
        source.write_text(before, encoding="utf-8")
    assert changed.stdout.strip() == str(copy / "streams" / "parsing" / "token.py")
    assert "a source has changed since" in changed.stderr
    assert run(copy, "-c", where).stdout.strip().endswith(".so")
