"""A memory with a bound: what was worked out before, the least lately used forgotten first."""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Callable
from functools import update_wrapper
from typing import Any, ClassVar, Generic, TypeVar

V = TypeVar("V")
LINES_ROOM = 6_000_000
"""Bytes, roughly, that one question about lines keeps: the lines of five hundred to a thousand articles."""
PER_LINE = 200
"""Bytes of an entry without its line."""
LONGEST_LINE = 4_000
"""Characters; longer ones are seldom seen twice."""


class Remembering(Generic[V]):
    """Values by digests of what they depend on. Their sizes, told by who keeps them, stay within `room`."""

    def __init__(self, room: int) -> None:
        self._room = room
        self._used = 0
        self._known: OrderedDict[bytes, tuple[V, int]] = OrderedDict()

    def recall(self, key: bytes) -> V | None:
        """What is known under the key; it is then the last to be forgotten."""
        found = self._known.get(key)
        if found is None:
            return None
        self._known.move_to_end(key)
        return found[0]

    def keep(self, key: bytes, value: V, size: int) -> list[V]:
        """Remember a value in the place of an older one, and tell what had to be forgotten for it."""
        gone = [self._forget(key)] if key in self._known else []
        if size > self._room:
            return [*gone, value]
        self._known[key] = (value, size)
        self._used += size
        while self._used > self._room:
            gone.append(self._forget(next(iter(self._known))))
        return gone

    def _forget(self, key: bytes) -> V:
        value, size = self._known.pop(key)
        self._used -= size
        return value


class Recent(Generic[V]):
    """Values by short texts, cheap to ask for.

    Two halves of `room` bytes: when the newer is full, the older is forgotten, and what is asked for again moves over.
    """

    def __init__(self, room: int) -> None:
        self._room = room // 2
        self._used = 0
        self._newer: dict[str, tuple[V, int]] = {}
        self._older: dict[str, tuple[V, int]] = {}

    def get(self, text: str) -> V | None:
        """What is known under the text."""
        found = self._newer.get(text)
        if found is None:
            found = self._older.get(text)
            if found is None:
                return None
            self.keep(text, *found)
        return found[0]

    def keep(self, text: str, value: V, size: int) -> None:
        """Remember a value of so many bytes, its text among them."""
        if size > self._room:
            return
        if self._used + size > self._room:
            self._older, self._newer, self._used = self._newer, {}, 0
        self._newer[text] = (value, size)
        self._used += size


class ByLine(Generic[V]):
    """A function of one line (or other short text) that remembers: lines come again in reprints, and in many rules.

    It forgets as `Recent` does, and all when other additions to the lexicons come into force (`streams.extending`).
    What it returns is shared and must not be changed.
    """

    every: ClassVar[list[ByLine[Any]]] = []
    """All that there are in a process, which are as many as there are questions."""

    def __init__(self, function: Callable[[str], V], room: int = LINES_ROOM, per_line: int = PER_LINE) -> None:
        self._function = function
        self._room = room // 2
        self._per_line = per_line
        self._used = 0
        self._newer: dict[str, V] = {}
        self._older: dict[str, V] = {}
        update_wrapper(self, function)
        self.every.append(self)

    def forget(self) -> None:
        """Know nothing, as in a new process."""
        self._newer, self._older, self._used = {}, {}, 0

    def __call__(self, line: str) -> V:
        """What the function tells of the line."""
        try:
            return self._newer[line]
        except KeyError:
            return self._keep(line)

    def _keep(self, line: str) -> V:
        value = self._older[line] if line in self._older else self._function(line)
        if len(line) > LONGEST_LINE:
            return value
        size = self._per_line + len(line)
        if self._used + size > self._room:
            self._older, self._newer, self._used = self._newer, {}, 0
        self._newer[line] = value
        self._used += size
        return value


def digest_of(*parts: object) -> bytes:
    """20 bytes that stand for the parts; each is told apart from its neighbours, and nothing from a text."""
    digest = hashlib.blake2b(digest_size=20)
    for part in parts:
        told = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else repr(part).encode()
        digest.update(b"%s%d:" % (b"t" if isinstance(part, str) else b"r", len(told)))
        digest.update(told)
    return digest.digest()
