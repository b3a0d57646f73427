"""What the agents with a table share: from a stage's decision to writes and sends."""

from __future__ import annotations

import abc
import asyncio
import time
from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, ClassVar, Generic, TypeVar, cast

from streams import codec
from streams.agents.stage import Context, Stage, immediately, origin_headers
from streams.engine.outbox import Outgoing, Output
from streams.engine.tables import Table
from streams.records import InvalidRecordError
from streams.stages import Send

Entry = TypeVar("Entry")
State = TypeVar("State")

YIELD_EVERY = 500
"""Entries decoded between two turns of the event loop."""
INDEX_YIELD_EVERY = 20_000
"""Keys looked at between two turns of the event loop."""


@dataclass(slots=True)
class Parts(Generic[State]):
    """What is derived from one partition of a table, part by part as inputs ask for it.

    A million entries take minutes to decode, and a day of news touches few of them.
    """

    generation: int
    """Of the table when this was begun."""
    undecoded: dict[str, list[str]]
    """By part, the keys of its entries; a part that is derived is not here any more."""
    states: dict[str, State] = field(default_factory=dict)


class TableStage(Stage, Generic[Entry, State]):
    """A stage whose decisions follow from a table and one input."""

    table_name: ClassVar[str]

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.table = cast("Table", context.app.Table(self.table_name, key_type=bytes, value_type=bytes))
        self._parts: dict[int, Parts[State]] = {}

    @abc.abstractmethod
    def decode(self, value: bytes) -> Any:
        """The input record. Raises `InvalidRecordError`."""

    @abc.abstractmethod
    def encode_entry(self, entry: Entry) -> bytes:
        """A table entry as bytes."""

    @abc.abstractmethod
    def decode_entry(self, value: bytes) -> Entry:
        """A table entry from its bytes."""

    @abc.abstractmethod
    def key_of(self, record: Any) -> str:
        """The table key of an input."""

    @abc.abstractmethod
    def build_state(self, entries: Mapping[str, Entry]) -> State:
        """What the stage derives from one part of its table."""

    @abc.abstractmethod
    def decide(self, state: State, record: Any, message: Any) -> tuple[Mapping[str, Entry], Output]:
        """The table entries that one input changes, and what it leads to besides."""

    async def output(self, message: Any) -> Awaitable[Output]:
        """Decide at once, since the next decision follows from this one; only the acknowledgements are awaited."""
        start = time.perf_counter()
        try:
            record = self.decode(message.value or b"")
        except InvalidRecordError as error:
            return immediately(self.dead_letter(message, error))
        state = await self._state(message.partition, part_of(self.key_of(record)))
        changed, output = self.decide(state, record, message)
        writes = [self.table.put(message.partition, key, self.encode_entry(entry)) for key, entry in changed.items()]
        self.context.metrics.stage_seconds.labels(self.name).observe(time.perf_counter() - start)
        return immediately(replace(output, writes=writes))

    def state_now(self, partition: int, part: str) -> State:
        """The state of a part of which inputs are under way."""
        return self._parts[partition].states[part]

    async def _state(self, partition: int, part: str) -> State:
        parts = await self._parts_of(partition)
        if part not in parts.states:
            keys = parts.undecoded.pop(part, [])
            parts.states[part] = self.build_state(await self._decoded(self.table.entries(partition), keys))
        return parts.states[part]

    async def _parts_of(self, partition: int) -> Parts[State]:
        generation = self.table.generation(partition)
        parts = self._parts.get(partition)
        if parts is None or parts.generation != generation:
            current = {
                number: one for number, one in self._parts.items() if one.generation == self.table.generation(number)
            }
            self._parts = current  # partitions that went away leave nothing behind
            parts = self._parts[partition] = Parts(generation, await self._keys_by_part(partition))
        return parts

    async def _keys_by_part(self, partition: int) -> dict[str, list[str]]:
        keys: dict[str, list[str]] = defaultdict(list)
        for number, key in enumerate(self.table.entries(partition), 1):
            keys[part_of(key)].append(key)
            if not number % INDEX_YIELD_EVERY:
                await asyncio.sleep(0)
        return dict(keys)

    async def _decoded(self, entries: Mapping[str, bytes], keys: Iterable[str]) -> Mapping[str, Entry]:
        decoded: dict[str, Entry] = {}
        for number, key in enumerate(keys, 1):
            decoded[key] = self.decode_entry(entries[key])
            if not number % YIELD_EVERY:
                await asyncio.sleep(0)
        return decoded


def part_of(key: str) -> str:
    """The part of its table that an entry belongs to: a merge key, or a day and country. No decision looks across."""
    return "|".join(key.split("|", 2)[:2])


def outgoing(sends: Iterable[Send], origin: int) -> tuple[Outgoing, ...]:
    """What a stage sends, as bytes with the article's time in a header."""
    headers = origin_headers(origin)
    return tuple(
        Outgoing(send.topic, send.key.encode(), None if send.record is None else codec.encode(send.record), headers)
        for send in sends
    )


class DecodedEntries(Mapping[str, Entry]):
    """Table entries decoded when they are looked up, for a stage that derives nothing from them."""

    def __init__(self, entries: Mapping[str, bytes], decode: Callable[[bytes], Entry]) -> None:
        self._entries = entries
        self._decode = decode

    def __getitem__(self, key: str) -> Entry:
        return self._decode(self._entries[key])

    def __iter__(self) -> Iterator[str]:
        return iter(self._entries)

    def __len__(self) -> int:
        return len(self._entries)
