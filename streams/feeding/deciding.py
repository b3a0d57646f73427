"""What to do with a file, given what was published before: plain functions that know no file, broker or clock.

A file of text or HTML names no article. The first time, its text does: the same text in two files, or on two machines,
is one article. After that its path does, so that an edited file is a newer version of the same article.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, Protocol

from streams.identity import utc_text

State = Literal["told", "retracted", "missing"]
"""`missing`: taken back since no file tells it any more; unlike a retraction, that ends when a file tells it again."""
Kind = Literal["new", "same", "edit", "old"]


@dataclass(frozen=True, slots=True)
class Told:
    """What the broker acknowledged last of one article."""

    content: str
    """Hash of all but the fetch time of what was last told; it stays when that is taken back."""
    fetched: str
    """Fetch time of the newest version, as in `Version`; empty for what is no article."""
    state: State = "told"


@dataclass(frozen=True, slots=True)
class Place:
    """What a path told when it was last looked at."""

    key: str
    """The article's id."""
    text: str
    """The id that its text alone would give; empty until it was acknowledged."""
    sketch: bytes = b""
    """A sample of its words (`likeness`)."""


@dataclass(frozen=True, slots=True)
class FileNow:
    """A file with one article in it, as it stands now."""

    place: Place | None
    text: str
    fetched: str
    """Its time of change, as in `Version`."""
    content: Callable[[str], str]
    """The hash of its content when it is the article of that id."""


@dataclass(frozen=True, slots=True)
class Telling:
    """Which article a file tells, and how that compares with what was told before.

    `new`: a text never seen. `same`: the text told last, or a file that has not changed. `edit`: another text in the
    file that told the article. `old`: a text that the article had once, in a file that was never looked at.
    """

    key: str
    kind: Kind


@dataclass(frozen=True, slots=True)
class Clock:
    """The time at which something is decided, as in `Version`."""

    now: str
    limit: str
    """The latest fetch time that the service takes now."""

    def later(self, fetched: str, last: str) -> str:
        """The fetch time if it is after the last version; else now, so that it is after those of a feed that crashed.

        A last version above the limit was refused by the service, so that it need not be passed.
        """
        if not last or last > self.limit or fetched > last:
            return fetched
        return max(self.now, utc_text(datetime.fromisoformat(last) + timedelta(microseconds=1)))


def clock_at(now: datetime, max_future_hours: float) -> Clock:
    """The clock at this moment."""
    return Clock(utc_text(now), utc_text(now + timedelta(hours=max_future_hours)))


class Known(Protocol):
    """What was published before."""

    def article(self, key: str) -> Told | None:
        """What was told last of the article."""

    def owner(self, text: str) -> str | None:
        """The article that has, or once had, the text."""


def telling_at_once(file: FileNow, known: Known) -> Telling | None:
    """Which article the file tells; None when that depends on whether it was edited, or is another's now."""
    if file.place is not None and file.place.text == file.text:
        return Telling(file.place.key, "same")
    owner = known.owner(file.text)
    told = known.article(owner) if owner is not None else None
    if owner is not None and told is not None and told.content == file.content(owner):
        return Telling(owner, "same")
    if file.place is None:
        return Telling(file.text, "new") if owner is None else Telling(owner, "old")
    return None


def telling_of_changed(file: FileNow, place: Place, known: Known, *, is_another: bool) -> Telling:
    """Which article a changed file tells: the one that its path told before, unless that is not there any more.

    `is_another` says so: another file holds what was told last of that article, or the file has nothing left of it.
    """
    if not is_another:
        return Telling(place.key, "edit")
    owner = known.owner(file.text)
    return Telling(file.text, "new") if owner is None else Telling(owner, "old")


def version_to_publish(kind: Kind, content: str, fetched: str, told: Told | None, clock: Clock) -> str | None:
    """The fetch time under which to publish a file, None to leave it.

    An edit wins over the former text though the file's time of change may have gone back, but over a retraction
    only when it was made after it.
    """
    if told is None:
        return fetched
    if told.state == "missing":
        return clock.later(fetched, told.fetched)
    if kind != "edit" or content == told.content or (told.state == "retracted" and fetched <= told.fetched):
        return None
    return clock.later(fetched, told.fetched)


def is_news(content: str, fetched: str, told: Told | None, *, retracts: bool, own_time: bool) -> bool:
    """Whether an article that names itself by id or address adds to what was told last of it.

    `own_time` says that it brings its fetch time along. Without, nothing brings back what was taken back: the time of
    change of a file of many articles is no sign that this one is newer.
    """
    if told is None:
        return True
    if told.state != "told":
        return own_time and fetched > told.fetched
    return fetched >= told.fetched and (retracts or content != told.content)


def articles_gone(
    keys: Collection[str], remembered: Mapping[bytes, str], there: Collection[bytes]
) -> dict[str, tuple[bytes, ...]]:
    """Those of the articles that no file tells any more, each with the paths that told it.

    `remembered` has every path of these articles; `there` those that are still files.
    """
    alive = {key for path, key in remembered.items() if path in there}
    return {
        key: tuple(path for path, told in sorted(remembered.items()) if told == key)
        for key in sorted(keys)
        if key not in alive
    }
