"""The commands as a user calls them, on a real broker with a real worker."""

from __future__ import annotations

import csv
import io
import json
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from streams import codec, topics
from streams.records import DayCount
from tests.broker.bench import Bench, wait_for
from tests.broker.shell import Shell
from tests.broker.worlds import TEXTS, article

pytestmark = [pytest.mark.broker, pytest.mark.timeout(300)]


@pytest.fixture(scope="module")
def shell(bench: Bench, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shell]:
    folder: Path = tmp_path_factory.mktemp("articles")
    (folder / "lines.jsonl").write_bytes(b"\n".join(article(name)[1] for name in TEXTS) + b"\n{broken\n")
    bench.start()
    bench.wait_ready()
    shell = Shell(bench)
    assert b"fed: 6 published, 0 known already" in shell.run("feed", str(folder)).stderr
    assert b"fed: 0 published, 6 known already" in shell.run("feed", str(folder)).stderr
    bench.wait_idle()
    yield shell
    bench.stop()


def test_standard_input_is_fed_too(shell: Shell) -> None:
    before = len(shell.bench.read(topics.ARTICLES.name))
    known = article("accusation")[1] + b"\n"
    assert b"0 published, 1 known already" in shell.run("feed", "-", stdin=known).stderr
    assert b"1 published" in shell.run("feed", "--again", "-", stdin=known).stderr
    changed = article("accusation", source="another", fetched="2026-03-06T10:00:01Z")[1]
    assert b"1 published" in shell.run("feed", "-", stdin=changed).stderr
    assert len(shell.bench.read(topics.ARTICLES.name)) == before + 2


def test_counts_come_as_table_csv_and_json(shell: Shell) -> None:
    counts = [codec.decode(DayCount, line) for line in shell.out("counts", "--format", "json").splitlines()]
    assert {count.kind for count in counts} == {"actor", "place"}
    rows = list(csv.DictReader(io.StringIO(shell.out("counts", "--format", "csv"))))
    assert [row["subject"] for row in rows] == [count.subject for count in counts]
    assert "Ukraine" in shell.out("counts")
    countries = shell.out("counts", "--format", "json", "--kind", "actor", "--level", "country", "--day", "2026-03")
    assert {json.loads(line)["level"] for line in countries.splitlines()} == {"country"}
    assert "no counts" in shell.out("counts", "--day", "1999")


def test_followed_counts_are_printed_as_they_are_published(shell: Shell) -> None:
    follower = subprocess.Popen(
        shell.command("counts", "--follow", "--format", "json"), env=shell.environment, stdout=subprocess.PIPE
    )
    try:
        assert follower.stdout is not None
        assert json.loads(follower.stdout.readline())["day"]
    finally:
        follower.kill()
        follower.wait()


def test_dead_letters_are_listed_shown_and_sent_again(shell: Shell) -> None:
    assert "not-json" in shell.out("dlq", "list")
    assert "no dead letters" in shell.out("dlq", "list", "--reason", "too-long")
    (letter,) = [line for line in shell.out("dlq", "list").split() if line.startswith("news.articles.v1.dlq:")][:1]
    assert shell.out("dlq", "show", letter) == "{broken"
    assert shell.run("dlq", "retry").returncode == 2
    assert b"1 sent again" in shell.run("dlq", "retry", letter).stderr
    dead = topics.dead_letters_of(topics.ARTICLES).name
    wait_for(lambda: len(shell.bench.read(dead)) == 2, "the same fault is a dead letter again")
    missing = shell.run("dlq", "show", "news.articles.v1.dlq:0:999")
    assert missing.returncode == 1
    assert b"no dead letter" in missing.stderr


def test_topics_are_verified(shell: Shell) -> None:
    assert "created" not in shell.out("topics")
    wrong = subprocess.run(
        shell.command("topics"), env={**shell.environment, "DAYBOOK_PARTITIONS": "5"}, capture_output=True, check=False
    )
    assert wrong.returncode == 1
    assert b"set `partitions` to 4" in wrong.stderr


def test_watched_folders_are_fed_as_files_appear_change_and_go(shell: Shell, tmp_path: Path) -> None:
    watcher = subprocess.Popen(
        shell.command("feed", "--watch", "--retract-missing", str(tmp_path)),
        env=shell.environment,
        stderr=subprocess.PIPE,
    )
    try:
        assert watcher.stderr is not None
        wait_for(lambda: b"watching" in watcher.stderr.readline(), "it watches")  # type: ignore[union-attr]
        file, before = tmp_path / "new.txt", shell.bench.read(topics.ARTICLES.name)

        def fed() -> list[tuple[bytes | None, bytes | None, dict[str, str]]]:
            known = {(key, value) for key, value, _ in before}
            return [record for record in shell.bench.read(topics.ARTICLES.name) if record[:2] not in known]

        file.write_text("Protesters marched in Lima on Monday.", encoding="utf-8")
        wait_for(lambda: len(fed()) == 1, "the file was published")
        file.write_text("Protesters marched in Lima and Cusco on Monday.", encoding="utf-8")
        wait_for(lambda: len(fed()) == 2, "its edit was published")
        file.unlink()
        wait_for(lambda: len(fed()) == 3, "its end was published")
        assert len({key for key, _, _ in fed()}) == 1
        assert json.loads(fed()[-1][1] or b"")["retracted"]
    finally:
        watcher.kill()
        watcher.wait()


def test_without_a_broker_commands_say_what_to_do(shell: Shell) -> None:
    environment = {**shell.environment, "DAYBOOK_BROKER": "127.0.0.1:9"}
    done = subprocess.run(shell.command("counts"), env=environment, capture_output=True, check=False, timeout=120)
    assert done.returncode == 1
    assert b"daybook broker" in done.stderr
