import json
from importlib.machinery import EXTENSION_SUFFIXES
from pathlib import Path

import pytest

from streams.compiled import CompiledFinder, compiled_files, digest_of


def package(folder: Path, **changed: str) -> Path:
    """A package with one module, and a manifest that says that it was compiled."""
    (folder / "_compiled").mkdir(parents=True)
    (folder / "one.py").write_text("ONE = 1\n", encoding="utf-8")
    manifest = {
        "sources": digest_of(folder),
        "suffix": EXTENSION_SUFFIXES[0],
        "modules": {"streams.one": f"streams.one{EXTENSION_SUFFIXES[0]}"},
    }
    (folder / "_compiled" / "manifest.json").write_text(json.dumps({**manifest, **changed}), encoding="utf-8")
    return folder


def test_without_a_compiled_form_there_is_none(tmp_path: Path) -> None:
    assert compiled_files(tmp_path) == {}


def test_a_compiled_form_of_these_sources_is_found(tmp_path: Path) -> None:
    files = compiled_files(package(tmp_path))
    spec = CompiledFinder(files).find_spec("streams.one", None)
    assert spec is not None
    assert spec.origin == str(tmp_path / "_compiled" / f"streams.one{EXTENSION_SUFFIXES[0]}")
    assert CompiledFinder(files).find_spec("streams.two", None) is None


@pytest.mark.parametrize("name", ["one.py", "two.py", "part/one.py"])
def test_any_changed_or_new_source_puts_it_out_of_date(tmp_path: Path, name: str) -> None:
    file = package(tmp_path) / name
    file.parent.mkdir(exist_ok=True)
    file.write_text("ONE = 2\n", encoding="utf-8")
    with pytest.raises(ValueError, match="a source has changed"):
        compiled_files(tmp_path)


def test_a_source_that_moved_puts_it_out_of_date(tmp_path: Path) -> None:
    (package(tmp_path) / "one.py").rename(tmp_path / "other.py")
    with pytest.raises(ValueError, match="a source has changed"):
        compiled_files(tmp_path)


def test_a_compiled_form_of_another_python_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="another Python"):
        compiled_files(package(tmp_path, suffix=".cpython-39-other.so"))
