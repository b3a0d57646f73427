"""Stores: by partition, and on disk never ahead of the changelog."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import rocksdict

from streams.engine import rocks
from streams.engine.exits import ExitCode
from streams.engine.rocks import WARM_HOURS, RocksStore
from streams.engine.stores import Checkpoint, MemoryStore, Store
from tests.unit.engine.harness import Left

NOW_MS = 1_800_000_000_000
FIRST, SECOND = Checkpoint(1, 1, NOW_MS), Checkpoint(2, 1, NOW_MS)
NewStore = Callable[[Path], Any]


def memory(folder: Path) -> MemoryStore:
    return MemoryStore("memory://", _app(folder), _table(), table_name="state")


def disk(folder: Path) -> RocksStore:
    store = RocksStore("rocksdb://", _app(folder), _table(), table_name="state")
    store.clock = lambda: NOW_MS / 1000
    return store


def _app(folder: Path) -> Any:
    return SimpleNamespace(conf=SimpleNamespace(tabledir=folder))


def _table() -> Any:
    return SimpleNamespace(name="state")


def crash_image(folder: Path, copy: Path) -> RocksStore:
    """A store over the files as kill -9 would leave them now."""
    shutil.copytree(folder, copy)
    for lock in copy.glob("*/LOCK"):
        lock.unlink()
    return disk(copy)


both = pytest.mark.parametrize("new", [memory, disk])


@both
def test_a_write_is_seen_at_once_and_stays_with_its_partition(new: NewStore, tmp_path: Path) -> None:
    store: Store = new(tmp_path)
    store.write(0, "a", b"1")
    store.write(1, "a", b"2")
    store.write(0, "b", b"3")
    store.write(0, "b", None)
    assert dict(store.entries(0)) == {"a": b"1"}
    assert dict(store.entries(1)) == {"a": b"2"}
    assert store.entries(0).get("b") is None
    assert "a" in store.entries(0)
    assert len(store.entries(0)) == 1


@both
def test_what_the_changelog_has_is_noted_with_its_place(new: NewStore, tmp_path: Path) -> None:
    store: Store = new(tmp_path)
    assert store.checkpoint(0) is None
    store.apply(0, [("a", b"1"), ("b", b"2"), ("a", None)], FIRST)
    assert dict(store.entries(0)) == {"b": b"2"}
    store.write(0, "c", b"3")
    assert store.checkpoint(0) == FIRST
    store.settle(0, ("c", b"3"), SECOND)
    assert store.checkpoint(0) == SECOND
    assert dict(store.entries(0)) == {"b": b"2", "c": b"3"}


@both
def test_a_partition_that_is_forgotten_leaves_nothing(new: NewStore, tmp_path: Path) -> None:
    store: Store = new(tmp_path)
    for partition in (0, 1):
        store.apply(partition, [("a", b"1")], FIRST)
    assert store.held() == {0, 1}
    store.forget(0)
    assert store.held() == {1}
    assert store.checkpoint(0) is None
    assert dict(store.entries(0)) == {}
    assert dict(store.entries(1)) == {"a": b"1"}


def test_memory_that_moved_away_and_comes_back_is_empty(tmp_path: Path) -> None:
    store = memory(tmp_path)
    store.write(0, "a", b"1")
    store.release(0)
    assert dict(store.entries(0)) == {}
    assert store.checkpoint(0) is None


def test_a_disk_that_moved_away_and_comes_back_knows_what_the_changelog_had(tmp_path: Path) -> None:
    store = disk(tmp_path)
    store.apply(0, [("a", b"1")], FIRST)
    store.write(0, "b", b"2")
    store.release(0)
    assert dict(store.entries(0)) == {"a": b"1"}
    assert store.checkpoint(0) == FIRST


def test_after_a_crash_the_disk_has_no_write_that_the_changelog_lacks(tmp_path: Path) -> None:
    store = disk(tmp_path / "live")
    store.write(0, "a", b"1")
    store.settle(0, ("a", b"1"), FIRST)
    store.write(0, "a", b"2")
    store.write(0, "b", b"3")
    after = crash_image(tmp_path / "live", tmp_path / "crashed")
    assert dict(after.entries(0)) == {"a": b"1"}
    assert after.checkpoint(0) == FIRST


def test_of_several_writes_on_their_way_the_last_is_seen_and_each_settles_in_turn(tmp_path: Path) -> None:
    store = disk(tmp_path / "live")
    for value in (b"1", None, b"2"):
        store.write(0, "a", value)
    store.settle(0, ("a", b"1"), FIRST)
    assert dict(store.entries(0)) == {"a": b"2"}
    assert dict(crash_image(tmp_path / "live", tmp_path / "one").entries(0)) == {"a": b"1"}
    store.settle(0, ("a", None), SECOND)
    assert dict(store.entries(0)) == {"a": b"2"}
    assert dict(crash_image(tmp_path / "live", tmp_path / "two").entries(0)) == {}


def test_the_changelog_wins_over_what_never_reached_it(tmp_path: Path) -> None:
    store = disk(tmp_path)
    store.write(0, "a", b"ours, and lost")
    store.apply(0, [("a", b"of the owner after us")], FIRST)
    assert dict(store.entries(0)) == {"a": b"of the owner after us"}


def test_state_that_is_too_old_is_not_read_on_from(tmp_path: Path) -> None:
    store = disk(tmp_path)
    store.apply(0, [("a", b"1")], FIRST)
    store.release(0)
    later = disk(tmp_path)
    later.clock = lambda: NOW_MS / 1000 + WARM_HOURS * 3600 + 1
    assert later.checkpoint(0) is None
    assert dict(later.entries(0)) == {}


def test_state_from_a_clock_that_was_ahead_is_not_read_on_from(tmp_path: Path) -> None:
    store = disk(tmp_path)
    store.apply(0, [("a", b"1")], Checkpoint(1, 1, NOW_MS + 30 * 24 * 3600 * 1000))
    store.release(0)
    assert disk(tmp_path).checkpoint(0) is None


def test_damaged_state_is_read_again_from_the_changelog(tmp_path: Path) -> None:
    store = disk(tmp_path)
    store.apply(0, [("a", b"1")], FIRST)
    store.release(0)
    folder = next(tmp_path.glob("*.rocksdb"))
    (folder / "CURRENT").write_text("MANIFEST-nothing\n")
    again = disk(tmp_path)
    assert again.checkpoint(0) is None
    assert dict(again.entries(0)) == {}


def test_a_full_disk_ends_the_worker_with_its_own_code(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, left: list[int]
) -> None:
    def no_room(*anything: Any) -> None:
        raise Exception("IO error: No space left on device: While appending to file")  # noqa: TRY002  (rocksdict's)

    store = disk(tmp_path)
    store.write(0, "a", b"1")
    monkeypatch.setattr(rocks._Partition, "store", no_room)
    with pytest.raises(Left):
        store.settle(0, ("a", b"1"), FIRST)
    assert left == [ExitCode.DISK_FULL]


def test_the_files_are_those_of_rocksdb(tmp_path: Path) -> None:
    store = disk(tmp_path)
    store.apply(3, [("a", b"1")], FIRST)
    store.release(3)
    database: Any = rocksdict.Rdict(str(tmp_path / "state-3.rocksdb"), rocksdict.Options(raw_mode=True))
    assert database[b"a"] == b"1"
    database.close()
