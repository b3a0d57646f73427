"""Another Faust than the proven one is refused, and so is one without its compiled streams."""

from __future__ import annotations

import importlib.metadata
import importlib.util
import re
from pathlib import Path

import pytest

from streams.engine.proven import FAUST_VERSION, UnprovenFaustError, check_faust


def test_what_is_installed_is_proven() -> None:
    check_faust()


def test_the_lock_names_the_proven_version() -> None:
    locked = re.findall(r"^faust-streaming==(\S+)", Path("requirements.lock").read_text(encoding="utf-8"), re.MULTILINE)
    assert locked == [FAUST_VERSION]


def test_another_version_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.metadata, "version", lambda name: "0.16.0")
    with pytest.raises(UnprovenFaustError, match=r"faust-streaming 0\.16\.0 is installed"):
        check_faust()


def test_streams_in_pure_python_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    with pytest.raises(UnprovenFaustError, match="without its compiled extension"):
        check_faust()
