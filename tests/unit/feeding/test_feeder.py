"""A folder fed again and again, with real files and a real ledger; only the broker is a list."""

from __future__ import annotations

import itertools
import os
import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from streams import codec
from streams.feeding.feeder import Fed, Feeder
from streams.feeding.ledger import Ledger, Note
from streams.feeding.memory import Memory
from streams.feeding.sources import Item, files_under
from streams.identity import version_of
from streams.records import Article, Version

FIRST, SECOND, THIRD = (
    "Protesters marched in Lima.",
    "Protesters marched in Cusco.",
    "Protesters marched in Lima and Cusco.",
)


class Broker:
    """Acknowledges what it gets when it is asked to; a crash forgets what was not."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.sent: list[Article] = []
        self.restart()

    def restart(self) -> None:
        """As after a crash: only the ledger's file is left."""
        self.memory = Memory(Ledger(self._folder / "feeder.sqlite", "one"))
        self._pending: list[Note] = []

    def send(self, item: Item, note: Note | None) -> bool:
        self.sent.append(codec.decode(Article, item.value))
        if note is not None:
            self.remember(note)
        return True

    def remember(self, note: Note) -> None:
        self.memory.expect(note)
        self._pending.append(note)

    def finish(self) -> None:
        self.memory.acknowledge(self._pending)
        self._pending = []

    def stands(self) -> dict[str, str]:
        """What each article says after all versions so far, as REVISE would have it; retracted ones left out."""
        newest: dict[str, tuple[Version, Article]] = {}
        for article in self.sent:
            key, version = article.id or "", version_of(article)
            if key not in newest or version >= newest[key][0]:
                newest[key] = (version, article)
        return {key: told.text or "" for key, (_, told) in sorted(newest.items()) if not told.retracted}


class Folder:
    def __init__(self, root: Path) -> None:
        self.articles, self._clock = root / "articles", 1_700_000_000
        self.articles.mkdir()
        self.broker = Broker(root)

    def write(self, name: str, text: str, changed: int | None = None) -> Path:
        path = self.articles / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
        self._clock += 1
        os.utime(path, (changed or self._clock,) * 2)
        return path

    def feed(self, *, again: bool = False, retract_missing: bool = False, crash: bool = False) -> Fed:
        feeder = Feeder(self.broker, max_future_hours=48, again=again)
        feeder.feed_files(files_under([self.articles]))
        if crash:
            self.broker.restart()
            return feeder.fed
        if retract_missing:
            feeder.retract_missing([self.articles])
        self.broker.finish()
        return feeder.fed

    def texts(self) -> list[str]:
        return sorted(self.broker.stands().values())


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path)


def test_an_edited_file_is_a_newer_version_and_an_unchanged_one_is_not_sent(folder: Folder) -> None:
    folder.write("a.txt", FIRST)
    folder.write("b.txt", "The president met the prime minister.")
    assert folder.feed() == Fed(published=2)
    folder.write("a.txt", SECOND)
    assert folder.feed() == Fed(published=1, known=1)
    assert folder.feed() == Fed(known=2)
    assert folder.texts() == [SECOND, "The president met the prime minister."]


def test_an_edit_wins_though_its_file_is_restored_with_an_older_time(folder: Folder) -> None:
    folder.write("a.txt", FIRST)
    folder.feed()
    folder.write("a.txt", SECOND)
    folder.feed()
    folder.write("a.txt", FIRST, changed=1_600_000_000)
    assert folder.feed() == Fed(published=1)
    assert folder.texts() == [FIRST]


def test_an_old_copy_changes_nothing_however_new_its_file(folder: Folder) -> None:
    folder.write("a.txt", FIRST)
    folder.feed()
    folder.write("a.txt", SECOND)
    folder.feed()
    folder.write("copy.txt", FIRST)
    assert folder.feed() == Fed(known=2)
    assert folder.texts() == [SECOND]
    (folder.articles / "a.txt").unlink()
    assert folder.feed() == Fed(known=1)
    assert folder.texts() == [SECOND]


def test_a_moved_file_is_the_same_article_and_so_are_its_later_edits(folder: Folder) -> None:
    path = folder.write("a.txt", FIRST)
    folder.feed()
    folder.write("a.txt", SECOND)
    folder.feed()
    path.rename(folder.articles / "z.txt")
    assert folder.feed(retract_missing=True) == Fed(known=1)
    folder.write("z.txt", THIRD)
    assert folder.feed() == Fed(published=1)
    assert folder.texts() == [THIRD]


def test_a_new_article_under_the_name_of_one_that_was_moved_is_new(folder: Folder) -> None:
    for name, text in (("latest.txt", FIRST), ("latest-1.txt", SECOND)):
        folder.write(name, text)
    folder.feed()
    (folder.articles / "latest-1.txt").rename(folder.articles / "latest-2.txt")
    (folder.articles / "latest.txt").rename(folder.articles / "latest-1.txt")
    folder.write("latest.txt", THIRD)
    assert folder.feed(retract_missing=True) == Fed(published=1, known=2)
    assert folder.texts() == sorted([FIRST, SECOND, THIRD])


def test_a_name_that_is_used_again_for_another_article_takes_nothing_back(folder: Folder) -> None:
    other = "The central bank raised its key rate to nine percent."
    folder.write("latest.txt", FIRST)
    folder.feed()
    folder.write("latest.txt", other)
    assert folder.feed() == Fed(published=1)
    assert folder.texts() == sorted([FIRST, other])


def test_two_files_with_one_text_are_one_article_until_one_is_edited(folder: Folder) -> None:
    for name in ("a.txt", "b.txt"):
        folder.write(name, FIRST)
    assert folder.feed() == Fed(published=1, known=1)
    folder.write("a.txt", SECOND)
    assert folder.feed() == Fed(published=1, known=1)
    assert folder.texts() == sorted([FIRST, SECOND])
    (folder.articles / "b.txt").unlink()
    folder.feed(retract_missing=True)
    assert folder.texts() == [SECOND]


def test_two_files_with_one_text_that_are_edited_alike_stay_one_article(folder: Folder) -> None:
    for text in (FIRST, SECOND):
        for name in ("a.txt", "b.txt"):
            folder.write(name, text)
        assert folder.feed() == Fed(published=1, known=1)
    assert folder.texts() == [SECOND]


def test_a_missing_file_takes_its_article_along_only_when_asked_and_brings_it_back(folder: Folder) -> None:
    folder.write("a.txt", FIRST)
    folder.write("b.txt", SECOND)
    folder.feed()
    (folder.articles / "a.txt").unlink()
    assert folder.feed() == Fed(known=1)
    assert folder.feed(retract_missing=True) == Fed(known=1, retracted=1)
    assert folder.feed(retract_missing=True) == Fed(known=1)
    assert folder.texts() == [SECOND]
    folder.write("back.txt", FIRST, changed=1_600_000_000)
    assert folder.feed(retract_missing=True) == Fed(published=1, known=1)
    assert folder.texts() == sorted([FIRST, SECOND])


def test_a_file_overwritten_by_another_article_takes_its_own_along(folder: Folder) -> None:
    folder.write("a.txt", FIRST)
    folder.write("b.txt", SECOND)
    folder.feed()
    folder.write("a.txt", SECOND)
    assert folder.feed(retract_missing=True) == Fed(known=2, retracted=1)
    assert folder.texts() == [SECOND]


def test_a_file_overwritten_by_an_old_text_of_another_tells_nothing(folder: Folder) -> None:
    folder.write("a.txt", FIRST)
    folder.write("b.txt", "The central bank raised its key rate to nine percent.")
    folder.feed()
    folder.write("a.txt", SECOND)
    folder.feed()
    folder.write("b.txt", FIRST)
    assert folder.feed(retract_missing=True) == Fed(known=2, retracted=1)
    assert folder.feed(retract_missing=True) == Fed(known=2)
    assert folder.texts() == [SECOND]


def test_again_sends_what_stands_and_nothing_else(folder: Folder) -> None:
    folder.write("a.txt", FIRST)
    folder.feed()
    folder.write("a.txt", SECOND, changed=1_600_000_000)
    folder.feed()
    before = version_of(folder.broker.sent[-1])
    folder.write("old.txt", FIRST)
    assert folder.feed(again=True) == Fed(published=1, known=1)
    assert version_of(folder.broker.sent[-1]) == before


@pytest.mark.parametrize("edited", [False, True])
def test_a_crash_before_the_acknowledgement_is_known_makes_no_second_article(folder: Folder, *, edited: bool) -> None:
    folder.write("a.txt", FIRST)
    folder.feed(crash=True)
    if edited:
        folder.write("a.txt", SECOND)
    assert folder.feed() == Fed(published=1)
    assert folder.texts() == [SECOND if edited else FIRST]
    assert folder.feed() == Fed(known=1)


def test_blank_and_binary_files_are_left_to_the_worker_and_tell_no_article(folder: Folder) -> None:
    folder.write("a.txt", "  \n")
    folder.write("b.txt", "  \n")
    folder.feed()
    for name, text in (("a.txt", FIRST), ("b.txt", SECOND)):
        folder.write(name, text)
    folder.feed()
    assert {FIRST, SECOND} <= set(folder.texts())


def text(number: int) -> str:
    """Every other one of another kind, which is no edit of the first."""
    told = ("Protesters marched in Lima on day {}.", "The central bank raised its key rate to {} percent.")
    return told[number % 2].format(number)


def live_in(folder: Folder, seed: int, texts: Iterator[str]) -> set[str]:
    """Write, edit, move, copy and delete files at random, with feeds and broken feeds between; the texts in the end."""
    chance = random.Random(seed)
    for _ in range(40):
        files = files_under([folder.articles])
        deed = chance.choice(["write", "write", "edit", "move", "copy", "delete", "feed", "feed", "crash"])
        if deed == "write" or not files:
            folder.write(f"{chance.randrange(6)}.txt", next(texts))
        elif deed == "edit":
            folder.write(chance.choice(files).name, next(texts), chance.choice([None, 1_600_000_000]))
        elif deed == "copy":
            folder.write(f"{chance.randrange(6)}.txt", chance.choice(files).read_text(encoding="utf-8"))
        elif deed == "move":
            chance.choice(files).rename(folder.articles / f"{chance.randrange(6)}.txt")
        elif deed == "delete" and len(files) > 1:
            chance.choice(files).unlink()
        else:
            if deed == "crash":
                folder.feed(retract_missing=True, crash=True)
            folder.feed(retract_missing=True)
    for _ in range(2):
        folder.feed(retract_missing=True)
    return {file.read_text(encoding="utf-8") for file in files_under([folder.articles])}


@pytest.mark.parametrize("seed", range(15))
def test_in_the_end_the_articles_are_the_texts_in_the_folder(folder: Folder, seed: int) -> None:
    texts = live_in(folder, seed, map(text, itertools.count()))
    assert set(folder.texts()) == texts


@pytest.mark.parametrize("seed", range(15))
def test_nothing_is_told_that_is_not_in_the_folder_though_old_texts_come_again(folder: Folder, seed: int) -> None:
    chance = random.Random(-seed)
    texts = live_in(folder, seed, (text(chance.randrange(12)) for _ in itertools.count()))
    assert set(folder.texts()) <= texts
