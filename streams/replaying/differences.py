"""What must be published so that a public topic tells what a new generation tells; pure.

A record of another generation has another revision even when it tells the same. It is published too, since tables and
outputs of one generation must agree; readers see nothing in it but a higher revision.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import NamedTuple

import orjson

from streams import codec
from streams.records import InvalidRecordError

TELLS_NOTHING = ("revision", "updated", "coder")
"""Fields that differ between generations without anything that they tell being another."""

Key = bytes | None
Headers = tuple[tuple[str, bytes], ...]


class Kind(Enum):
    """How the new generation's record under a key stands to the public one."""

    SAME = "same"
    CHANGED = "changed"
    NEW = "new"
    GONE = "gone"


class Stamp(NamedTuple):
    """Short for a value: equal values have equal digests, and such as tell the same have equal content."""

    digest: bytes
    content: bytes


class Kept(NamedTuple):
    """The last record of a key, as far as a replay needs it."""

    value: bytes
    headers: Headers


@dataclass(frozen=True, slots=True)
class Change:
    """One record to publish; `value` None is a tombstone."""

    key: Key
    value: bytes | None
    kind: Kind
    headers: Headers = ()


@dataclass(slots=True)
class Tally:
    """How many keys of one topic are of each kind."""

    numbers: Counter[Kind] = field(default_factory=Counter)

    @property
    def differing(self) -> int:
        """Keys that tell something else in the new generation."""
        return self.numbers.total() - self.numbers[Kind.SAME]


def stamp(value: bytes) -> Stamp:
    """The stamp of a record's bytes; what is no JSON object tells all that it is."""
    digest = hashlib.sha256(value).digest()[:16]
    try:
        parsed = codec.parse(value)
    except InvalidRecordError:
        return Stamp(digest, digest)
    if not isinstance(parsed, dict):
        return Stamp(digest, digest)
    told = {name: field_value for name, field_value in parsed.items() if name not in TELLS_NOTHING}
    content = orjson.dumps(told, option=orjson.OPT_SORT_KEYS)
    return Stamp(digest, hashlib.sha256(content).digest()[:16])


def changes(public: Mapping[Key, Stamp], new: Mapping[Key, Kept], tally: Tally) -> Iterator[Change]:
    """What makes the public topic equal to the new one, first what the new one has; counted in `tally`.

    Published in part and computed again, only the rest is left.
    """
    for key, kept in new.items():
        there, here = public.get(key), stamp(kept.value)
        kind = Kind.NEW if there is None else Kind.SAME if there.content == here.content else Kind.CHANGED
        tally.numbers[kind] += 1
        if there is None or there.digest != here.digest:
            yield Change(key, kept.value, kind, kept.headers)
    for key in public.keys() - new.keys():
        tally.numbers[Kind.GONE] += 1
        yield Change(key, None, Kind.GONE)


class Letter(NamedTuple):
    """A dead letter: its bytes, and the headers that tell where it was read."""

    key: Key
    value: bytes | None
    headers: Headers

    @property
    def place(self) -> tuple[bytes, ...]:
        """Topic, partition and offset of the record that could not be read."""
        told = dict(self.headers)
        return tuple(told.get(name, b"") for name in ("topic", "partition", "offset"))


def unknown_letters(public: Iterable[Letter], new: Iterable[Letter]) -> Iterator[Letter]:
    """The dead letters of a new generation for whose place there is none on the public topic, each place once.

    A replay meets the same bad articles again; only what the new code alone cannot read is news.
    """
    known = {letter.place for letter in public}
    for letter in new:
        if letter.place not in known:
            known.add(letter.place)
            yield letter
