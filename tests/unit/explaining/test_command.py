"""`daybook why` as a filter, without a broker."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from streams import codec
from streams.cli import daybook
from streams.commands.why import NO_EVENT
from streams.merging.merge import merge_documents
from tests.unit.simulation.test_crashes import shelling

DOCUMENTS = [shelling("a1", 0), shelling("a2", 0)]
(EVENT,) = merge_documents(DOCUMENTS)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "documents.jsonl"
    path.write_bytes(b"\n".join(codec.encode(one) for one in DOCUMENTS))
    return path


def why(file: Path, *arguments: str) -> Result:
    return CliRunner().invoke(daybook, ["why", *arguments, "--documents", str(file)])


def test_lines_of_code_are_enough(file: Path) -> None:
    done = why(file, EVENT.id)
    assert done.exit_code == 0, done.output
    lines = done.output.splitlines()
    assert lines[0] == f"event {EVENT.id}"
    assert "Russia: military (RUS.MIL) to Ukraine: civilians (UKR.CVL), 2024-03-01, Town 1 (UKR.07.1)" in lines[1]
    assert [line.split()[1] for line in lines if line.startswith(("  1  ", "  2  "))] == ["a1,", "a2,"]
    assert any(line.split()[:1] == ["who"] for line in lines)


def test_programs_get_json(file: Path) -> None:
    told = json.loads(why(file, EVENT.id, "--json").output)
    assert told["event"] == codec.plain(EVENT)
    assert [one["article_id"] for one in told["told_by"]] == ["a1", "a2"]


def test_an_event_that_is_none_has_an_exit_code_of_its_own(file: Path) -> None:
    done = why(file, "0123456789")
    assert done.exit_code == NO_EVENT
    assert "no event 0123456789" in done.output


def test_a_line_that_cannot_be_read_is_named(file: Path) -> None:
    with file.open("ab") as lines:
        lines.write(b"\n{torn")
    done = why(file, EVENT.id)
    assert done.exit_code == 0
    assert "line 3: skipped (not-json)" in done.output
