"""Which offsets were delivered and which are finished: the books that no commit may contradict.

Input topics have neither transactions nor compaction, so their offsets have no holes: a jump means that records were
passed over. The books are kept apart from Faust's own (`Consumer._acked`), which they check. Pure: no Kafka, no clock.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from faust.types import TP


class JumpError(Exception):
    """Records would be passed over; the message says which."""


@dataclass(slots=True)
class _Books:
    expected: int
    finished: int
    has_delivered: bool = False
    beyond: set[int] = field(default_factory=set)
    """Finished offsets behind one that is not."""


class Frontier:
    """For each input partition: the offset that must come next, and the one up to which all are finished."""

    def __init__(self) -> None:
        self._books: dict[TP, _Books] = {}

    def begin(self, tp: TP, offset: int) -> None:
        """Reading starts at `offset`, and everything before it is finished."""
        self._books[tp] = _Books(offset, offset)

    def forget(self, tp: TP) -> None:
        """The partition is no longer ours."""
        self._books.pop(tp, None)

    def deliver(self, tp: TP, offset: int) -> None:
        """Note that `offset` goes to its agent. Raises `JumpError` when one before it has not gone there."""
        books = self._books.get(tp)
        if books is None:
            raise JumpError(f"{_told(tp)}: offset {offset} was delivered before it is known where to start")
        if offset > books.expected:
            raise JumpError(f"{_told(tp)}: offset {offset} was delivered where {books.expected} must come next")
        books.expected, books.has_delivered = max(books.expected, offset + 1), True

    def missing_at_start(self, tp: TP, offset: int) -> int | None:
        """Where reading was to start, when the first record there is at a later `offset`; else none."""
        books = self._books.get(tp)
        return books.expected if books and not books.has_delivered and offset > books.expected else None

    def finish(self, tp: TP, offset: int) -> None:
        """Note that everything which `offset` leads to is acknowledged."""
        books = self._books.get(tp)
        if books is None or offset < books.finished:
            return
        books.beyond.add(offset)
        while books.finished in books.beyond:
            books.beyond.remove(books.finished)
            books.finished += 1

    def check_commit(self, tp: TP, offset: int) -> None:
        """Raises `JumpError` when a commit of `offset`, the next to read, passes over one that is not finished."""
        books = self._books.get(tp)
        if books is None or offset > books.finished:
            known = "nothing" if books is None else f"offsets below {books.finished}"
            raise JumpError(f"{_told(tp)}: offset {offset} would be committed, but only {known} is finished")


def _told(tp: TP) -> str:
    return f"{tp.topic}[{tp.partition}]"
