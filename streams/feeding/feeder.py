"""Looks at files, decides by what was published before, and publishes: new articles, edits, retractions."""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

from streams.feeding.deciding import (
    Clock,
    FileNow,
    Telling,
    Told,
    articles_gone,
    clock_at,
    is_news,
    telling_at_once,
    telling_of_changed,
    version_to_publish,
)
from streams.feeding.ledger import Note, path_name
from streams.feeding.likeness import is_like, sketch_of
from streams.feeding.memory import Memory
from streams.feeding.sources import (
    HTML,
    LINES,
    Item,
    article_of_text,
    content_of,
    item_of_article,
    item_of_text,
    items_of_file,
    time_of_change,
)
from streams.identity import article_id, utc_text
from streams.records import Article

TAG = re.compile(r"<[^>]*>")
GONE = "its file is gone"


class Sender(Protocol):
    """Where articles go: the `Publisher`."""

    memory: Memory

    def send(self, item: Item, note: Note | None) -> bool:
        """Send it, and remember `note` when it is acknowledged; False for what is too large."""

    def remember(self, note: Note) -> None:
        """Remember what needs no record."""

    def finish(self) -> None:
        """Wait until all is acknowledged."""


@dataclass(slots=True)
class Fed:
    """What a feed did."""

    published: int = 0
    known: int = 0
    """Published before with the same content, or older than what was; not sent again."""
    refused: int = 0
    """Too large for the topic."""
    retracted: int = 0


@dataclass(frozen=True, slots=True)
class TextFile:
    """A file with one article in it, read."""

    path: Path
    name: bytes
    article: Article
    """Without an id."""

    @property
    def text(self) -> str:
        """The id that the text alone gives."""
        return article_id(self.article)

    @property
    def words(self) -> str:
        """What it says, of a page without the tags."""
        return self.article.text or TAG.sub(" ", self.article.html or "")

    def as_article(self, key: str) -> Article:
        """The file as the article of that id."""
        return replace(self.article, id=key)


class Feeder:
    """Publishes what files say, each time only what is news; `again` also sends what was acknowledged before."""

    def __init__(self, publisher: Sender, *, max_future_hours: float, again: bool = False) -> None:
        self._publisher, self._memory, self._again = publisher, publisher.memory, again
        self._max_future_hours = max_future_hours
        self._left: set[str] = set()
        """Articles that a file told before, and tells no more."""
        self.fed = Fed()

    def feed_files(self, files: Iterable[Path], on_file: Callable[[], None] = lambda: None) -> None:
        """Publish what is news in the files; changed ones last, since another file may tell their article now."""
        changed: list[Path] = []
        for path in files:
            with contextlib.suppress(FileNotFoundError):  # it went away since it was listed
                if path.suffix.lower() in LINES:
                    self.feed_items(items_of_file(path))
                elif not self._feed_file(path, is_last=False):
                    changed.append(path)
            on_file()
        for path in changed:
            with contextlib.suppress(FileNotFoundError):
                self._feed_file(path, is_last=True)

    def feed_items(self, items: Iterable[Item]) -> None:
        """Publish articles that name themselves, and what cannot be read as one."""
        for item in items:
            key = item.key.decode()
            told = self._memory.article(key)
            news = is_news(item.content, item.fetched, told, retracts=item.retracts, own_time=item.own_time)
            content = told.content if told is not None and item.retracts else item.content
            note = Note(key, Told(content, item.fetched, "retracted" if item.retracts else "told"))
            if news or (self._again and (told is None or told.state == "told")):
                self._publish(item, note if news else None)
            else:
                self.fed.known += 1

    def retract_missing(self, paths: Iterable[Path]) -> None:
        """Take back the articles whose files were at or below these paths and are gone, and are nowhere else."""
        self._publisher.finish()
        gone_here: dict[bytes, str] = {}
        for path in paths:
            found = self._memory.ledger.paths_under(path_name(path))
            gone_here |= {name: key for name, key in found.items() if not _path(name).is_file()}
        keys = {*gone_here.values(), *self._left}
        remembered = {name: key for key in keys for name in self._memory.paths_of(key)}
        gone = articles_gone(keys, remembered, {name for name in remembered if _path(name).is_file()})
        for key, names in gone.items():
            self._retract_missing(key, names)
        for name, key in gone_here.items():
            if key not in gone:
                self._publisher.remember(Note(key, gone=(name,)))
        self._left.clear()

    def _retract_missing(self, key: str, names: tuple[bytes, ...]) -> None:
        told = self._memory.article(key)
        if told is not None and told.state != "told":
            self._publisher.remember(Note(key, gone=names))
            return
        item, after = retraction_of(key, told, self._clock(), GONE)
        if self._publisher.send(item, Note(key, replace(after, state="missing"), gone=names)):
            self.fed.retracted += 1

    def _feed_file(self, path: Path, *, is_last: bool) -> bool:
        """Publish the file if it is news; False if that cannot be told before the others were looked at."""
        raw, changed, html = path.read_bytes(), time_of_change(path), path.suffix.lower() in HTML
        article = article_of_text(raw, changed, html=html)
        if article is None or not (article.text or article.html or "").strip():
            self.feed_items([item_of_text(raw, str(path), changed, html=html)])  # the worker tells what is wrong
            return True
        file = TextFile(path, path_name(path), article)
        now = FileNow(
            self._memory.place(file.name), file.text, utc_text(changed), lambda key: content_of(file.as_article(key))
        )
        telling = telling_at_once(now, self._memory)
        if telling is None and now.place is not None and is_last:
            is_another = not is_like(now.place.sketch, file.words) or self._is_told_elsewhere(now.place.key, file.name)
            telling = telling_of_changed(now, now.place, self._memory, is_another=is_another)
        if telling is None:
            return False
        if now.place is not None and now.place.key != telling.key:
            self._left.add(now.place.key)
        told = self._memory.article(telling.key)
        fetched = version_to_publish(telling.kind, now.content(telling.key), now.fetched, told, self._clock())
        if fetched is not None:
            self._publish_file(file, telling.key, now.text, fetched)
        else:
            self._keep_file(file, now, telling, told)
        return True

    def _publish_file(self, file: TextFile, key: str, text: str, fetched: str) -> None:
        self._memory.ledger.expect(file.name, key)
        item = _item(file, key, fetched)
        self._publish(item, Note(key, Told(item.content, fetched), file.name, text, sketch_of(file.words)))

    def _keep_file(self, file: TextFile, now: FileNow, telling: Telling, told: Told | None) -> None:
        self.fed.known += 1
        key = telling.key
        if telling.kind == "same" and (now.place is None or (now.place.key, now.place.text) != (key, now.text)):
            self._publisher.remember(Note(key, None, file.name, now.text, sketch_of(file.words)))
        elif telling.kind == "old" and now.place is not None:
            self._publisher.remember(Note(key, gone=(file.name,)))
        if self._again and told is not None and told == Told(now.content(key), told.fetched):
            self.fed.known -= 1
            self._publish(_item(file, key, told.fetched), None)

    def _is_told_elsewhere(self, key: str, here: bytes) -> bool:
        told = self._memory.article(key)
        others = [_path(name) for name in self._memory.paths_of(key) if name != here]
        return told is not None and any(self._tells(path, key, told) for path in others if path.is_file())

    def _tells(self, path: Path, key: str, told: Told) -> bool:
        article = article_of_text(path.read_bytes(), time_of_change(path), html=path.suffix.lower() in HTML)
        return article is not None and content_of(replace(article, id=key)) == told.content

    def _clock(self) -> Clock:
        return clock_at(datetime.now(UTC), self._max_future_hours)

    def _publish(self, item: Item, note: Note | None) -> None:
        if self._publisher.send(item, note):
            self.fed.published += 1
        else:
            self.fed.refused += 1


def retraction_of(key: str, told: Told | None, clock: Clock, reason: str | None) -> tuple[Item, Told]:
    """The record that takes the article back, as a version after all before it, and what to remember of it."""
    fetched = clock.later(clock.now, told.fetched if told is not None else "")
    article = Article(fetched=datetime.fromisoformat(fetched), id=key, retracted=True, reason=reason)
    content = told.content if told is not None else ""
    return item_of_article(article, key), Told(content, fetched, "retracted")


def _path(name: bytes) -> Path:
    return Path(os.fsdecode(name))


def _item(file: TextFile, key: str, fetched: str) -> Item:
    article = replace(file.as_article(key), fetched=datetime.fromisoformat(fetched))
    return item_of_article(article, str(file.path))
