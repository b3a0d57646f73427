import sqlite3
from pathlib import Path

from streams.feeding.deciding import Place, Told
from streams.feeding.ledger import Ledger, Note
from streams.feeding.memory import Memory


def note(key: str, content: str, path: bytes | None = None, text: str = "") -> Note:
    return Note(key, Told(content, "2026-03-06T10:00:00.000000Z"), path, text, b"words" if path else b"")


def test_what_was_acknowledged_is_known_after_a_restart_but_not_on_another_cluster(tmp_path: Path) -> None:
    file = tmp_path / "state" / "feeder.sqlite"
    ledger = Ledger(file, "one")
    assert ledger.is_empty()
    noted = note("a", "x", b"/a.txt", "t")
    ledger.add([noted])
    ledger.close()
    again = Ledger(file, "one")
    assert (again.article("a"), again.place(b"/a.txt"), again.owner("t")) == (
        noted.told,
        Place("a", "t", b"words"),
        "a",
    )
    assert not again.is_empty()
    other = Ledger(file, "two")
    assert (other.article("a"), other.place(b"/a.txt"), other.owner("t")) == (None, None, None)
    assert other.is_empty()


def test_a_ledger_of_an_older_version_is_still_known(tmp_path: Path) -> None:
    file = tmp_path / "feeder.sqlite"
    with sqlite3.connect(file) as old:
        old.execute(
            "CREATE TABLE last (cluster TEXT, key BLOB, content TEXT, fetched TEXT, PRIMARY KEY (cluster, key))"
        )
        old.execute("INSERT INTO last VALUES ('one', ?, 'x', 'then')", (b"a",))
    ledger = Ledger(file, "one")
    assert ledger.article("a") == Told("x", "then", "told")
    assert ledger.owner("a") == "a", "its first text gave it its id"


def test_what_a_new_file_tells_is_known_before_it_is_acknowledged(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path / "feeder.sqlite", "one")
    ledger.expect(b"/a.txt", "a")
    assert ledger.place(b"/a.txt") == Place("a", "")
    ledger.add([note("a", "x", b"/a.txt", "t")])
    ledger.expect(b"/a.txt", "b")
    assert ledger.place(b"/a.txt") == Place("a", "t", b"words"), "what was acknowledged stands"


def test_paths_are_found_by_article_and_by_folder(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path / "feeder.sqlite", "one")
    ledger.add([note("a", "x", path, "t") for path in (b"/in/a.txt", b"/in/deep/a.txt", b"/inner/a.txt")])
    ledger.add([note("b", "x", b"/in", "t")])
    assert ledger.paths_of("a") == [b"/in/a.txt", b"/in/deep/a.txt", b"/inner/a.txt"]
    assert ledger.paths_under(b"/in") == {b"/in": "b", b"/in/a.txt": "a", b"/in/deep/a.txt": "a"}
    ledger.add([Note("a", gone=(b"/in/a.txt", b"/inner/a.txt"))])
    assert ledger.paths_of("a") == [b"/in/deep/a.txt"]


def test_what_is_on_its_way_counts_until_the_ledger_has_it(tmp_path: Path) -> None:
    memory = Memory(Ledger(tmp_path / "feeder.sqlite", "one"))
    first, second = note("a", "x", b"/a.txt", "t"), note("a", "y", b"/a.txt", "u")
    memory.expect(first)
    memory.expect(second)
    for _ in range(2):
        assert memory.article("a") == second.told
        assert memory.place(b"/a.txt") == Place("a", "u", b"words")
        assert memory.paths_of("a") == [b"/a.txt"]
        assert (memory.owner("t"), memory.owner("u")) == ("a", "a")
        memory.acknowledge([first])
    assert memory.ledger.article("a") == first.told
    memory.acknowledge([second])
    assert memory.article("a") == memory.ledger.article("a") == second.told
