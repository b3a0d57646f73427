"""What texts told, kept for those that come again: whole, or without their end.

Coding reads forward: what a paragraph tells depends on the paragraphs up to it, on the day of publication, and on the
places found in them. Places alone are resolved from the whole text, so they are compared before drafts are told again.
Where a text goes on otherwise than a known one, coding goes on from there.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from streams.coding.draft import Draft
from streams.coding.sentences import founded_id
from streams.coding.shifting import Shift
from streams.reading.result import Reading
from streams.records import DateWindow, Document, Paragraph
from streams.remembering import Remembering, digest_of
from streams.resolving.discourse import Answers
from streams.resolving.places import FoundPlace

ROOM = 64 * 1024 * 1024
"""Bytes, roughly, that a coding process keeps of what texts told: some thousand articles of common length."""
PER_THING = 3_500
"""Bytes of a mention or a draft with its parties, place and words."""
PER_NAME = 500
"""Bytes of a paragraph's digest with its entry in the index, or of a place, party or time."""
PER_ANSWER = 250
"""Bytes of whom a phrase stands for."""


@dataclass(frozen=True, slots=True)
class Telling:
    """What one paragraph told, and what of it matters to those that follow."""

    places: tuple[FoundPlace, ...]
    drafts: tuple[Draft, ...]
    """Before tellings were joined."""
    day: DateWindow | None
    """At which day the story then is."""
    answers: Answers
    """Whom its phrases, and those that they point back to, stand for."""


@dataclass(frozen=True, slots=True)
class Coded:
    """What one text told. Offsets are those of its own paragraphs."""

    steps: tuple[bytes, ...]
    """For each paragraph the digest of all that what it tells depends on, but for the places."""
    paragraphs: tuple[Paragraph, ...]
    document: Document
    """It carries the mentions, with the ids of their first article, and with `full` the rest."""
    founders: tuple[tuple[str, int], ...]
    """For each mention what its id is made of beside the article's."""
    told: tuple[Telling, ...]
    """What each paragraph told."""

    @property
    def size(self) -> int:
        """Bytes, roughly."""
        more = (self.document.places or (), self.document.parties or (), self.document.times or ())
        names = len(self.steps) + sum(map(len, more)) + sum(len(one.places) for one in self.told)
        things = len(self.document.mentions) + sum(len(one.drafts) for one in self.told)
        asked = sum(len(one.answers) for one in self.told)
        return (
            3 * sum(len(one.text) for one in self.paragraphs)
            + PER_NAME * (names + 4)
            + PER_THING * things
            + PER_ANSWER * asked
        )


class CodingMemory:
    """What one coder has coded, up to `room` bytes."""

    def __init__(self, room: int = ROOM) -> None:
        self._known: Remembering[Coded] = Remembering(room)
        self._begins: dict[bytes, Coded] = {}

    def whole(self, steps: Sequence[bytes], *, full: bool) -> Coded | None:
        """What was told by the very same paragraphs."""
        return self._known.recall(key(steps, full=full)) if steps else None

    def beginning(
        self, steps: Sequence[bytes], places: Sequence[Sequence[FoundPlace]], paragraphs: Sequence[Paragraph]
    ) -> list[Telling]:
        """What the first paragraphs told in a text that begins as this one, up to the first that is not the same.

        It is the same with the same words in it and in all before it, and the same places.
        """
        shared = next((number for number in range(len(steps), 0, -1) if steps[number - 1] in self._begins), 0)
        if not shared:
            return []
        found = self._begins[steps[shared - 1]]
        pairs = enumerate(zip(found.told[:shared], places, strict=False))
        same = next((number for number, (one, other) in pairs if one.places != tuple(other)), shared)
        shift = Shift(found.paragraphs[:same], paragraphs[:same])
        return [replace(one, drafts=tuple(map(shift.draft, one.drafts))) for one in found.told[:same]]

    def begins_one(self, steps: Sequence[bytes]) -> bool:
        """Whether a text that is known begins so."""
        return bool(steps) and steps[-1] in self._begins

    def keep(self, coded: Coded, *, full: bool) -> None:
        """Remember what a text told."""
        if not coded.steps:
            return
        self._begins.update(dict.fromkeys(coded.steps, coded))
        for gone in self._known.keep(key(coded.steps, full=full), coded, coded.size):
            for step in gone.steps:
                if self._begins.get(step) is gone:
                    del self._begins[step]


def key(steps: Sequence[bytes], *, full: bool) -> bytes:
    """What all of a text depends on."""
    return steps[-1] + (b"full" if full else b"")


def steps_of(reading: Reading) -> tuple[bytes, ...]:
    """For each paragraph a digest of it and of all before it; none of a text whose paragraphs run into each other."""
    steps = []
    before = digest_of(reading.document.published)
    last = 0
    for one, offsets in zip(reading.document.paragraphs, reading.offsets, strict=False):
        start, end = one.start, one.end
        if start is not None and end is not None:
            if start < last:
                return ()
            last = end
        shape = None if offsets is None else tuple(offset - (start or 0) for offset in offsets)
        length = None if start is None or end is None else end - start
        before = digest_of(before, one.text, one.kind, one.entry, length, shape)
        steps.append(before)
    return tuple(steps)


def renewed(known: Coded, document: Document) -> Document:
    """What is known of the paragraphs of a document, with its own offsets and ids."""
    told = Shift(known.paragraphs, document.paragraphs).document(known.document)
    identity = document.article_id
    mentions = tuple(
        replace(mention, id=founded_id(identity, founder, ordinal), article_id=identity)
        for mention, (founder, ordinal) in zip(told.mentions, known.founders, strict=True)
    )
    return replace(document, mentions=mentions, places=told.places, parties=told.parties, times=told.times)
