"""What the agents with a table share: from a stage's decision to writes and sends."""

from __future__ import annotations

import abc
import asyncio
import time
from collections import defaultdict
from collections.abc import Awaitable, Callable, Collection, Generator, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, ClassVar, Generic, TypeVar, cast

from faust.types import TP

from streams import codec
from streams.agents.stage import Context, Stage, immediately, origin_headers, origin_ms
from streams.engine.outbox import Outgoing, Output
from streams.engine.tables import Table
from streams.expiring.expiry import Candidates, Expiry, Swept, Writes, part_of
from streams.expiring.stream_time import day_of
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
    expiry: Expiry
    states: dict[str, State] = field(default_factory=dict)

    def forget(self, part: str) -> None:
        """Nothing of the part is needed but its own entry."""
        self.states.pop(part, None)
        self.undecoded[part] = [part]


class _Steps(Generic[State]):
    """The steps of a generator, and what it returns in the end."""

    result: State

    def __init__(self, steps: Generator[None, None, State]) -> None:
        self._steps = steps

    def __iter__(self) -> Iterator[None]:
        self.result = yield from self._steps


class TableStage(Stage, Generic[Entry, State]):
    """A stage whose decisions follow from a table and one input."""

    table_name: ClassVar[str]
    has_parts: ClassVar[bool] = True
    """Entries of one part of the table are decided on together; else each stands alone."""
    looked_at: ClassVar[int] = 500
    """Old entries of one part that are looked at with each input."""

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
    def build_state(self, entries: Mapping[str, Entry], own: bytes | None) -> State:
        """What the stage derives from one part of its table; `own` is the entry of the part itself, if it has one."""

    def building(self, entries: Mapping[str, Entry], own: bytes | None) -> Generator[None, None, State]:
        """`build_state` in steps, for a state that takes longer than a turn of the event loop may."""
        yield
        return self.build_state(entries, own)

    @abc.abstractmethod
    def decide(self, state: State, record: Any, message: Any, day: int) -> tuple[Mapping[str, Entry], Output]:
        """The table entries that one input changes on this day of stream time, and what it leads to besides."""

    def keys_of(self, state: State) -> Collection[str]:  # noqa: ARG002
        """The keys of the entries that the state is derived from; for stages that ask for the `keys` of a part."""
        return ()

    async def sweep(self, partition: int, looked_at: Candidates) -> Swept:  # noqa: ARG002
        """What becomes of old entries of one part: they are removed."""
        return Swept(dict.fromkeys(looked_at.keys))

    def leaving(self, table: Mapping[str, bytes], part: str, keys: Collection[str]) -> Collection[str] | None:  # noqa: ARG002
        """Of the part's entries those that its own entry says are on their way out; None if there is nothing to do."""
        return None

    def when_removed(self, own: bytes) -> bytes | None:  # noqa: ARG002
        """What becomes of the part's own entry when all that it said would go is gone."""
        return None

    async def output(self, message: Any) -> Awaitable[Output]:
        """Decide at once, since the next decision follows from this one; only the acknowledgements are awaited."""
        start = time.perf_counter()
        try:
            record = self.decode(message.value or b"")
        except InvalidRecordError as error:
            return immediately(self.dead_letter(message, error))
        partition = message.partition
        expired = self._write(partition, await self._expire(message))
        state = await self._state(partition, part_of(self.key_of(record)))
        expiry = (await self._parts_of(partition)).expiry
        day = expiry.time.seen(message.offset, day_of(origin_ms(message)))
        changed, output = self.decide(state, record, message, day)
        former = [key for key in changed if expiry.written(self.table.entries(partition), key, day)]
        written = self._write(partition, dict.fromkeys(former))
        written += self._write(partition, {key: self.encode_entry(entry) for key, entry in changed.items()})
        self.context.metrics.stage_seconds.labels(self.name).observe(time.perf_counter() - start)
        return immediately(replace(output, writes=[*expired, *written]))

    def state_now(self, partition: int, part: str) -> State:
        """The state of a part of which inputs are under way."""
        return self._parts[partition].states[part]

    async def _state(self, partition: int, part: str) -> State:
        parts = await self._parts_of(partition)
        if part not in parts.states:
            entries = self.table.entries(partition)
            keys = (key for key in parts.undecoded.pop(part, []) if key != part)
            parts.states[part] = await self._built(await self._decoded(entries, keys), entries.get(part))
        return parts.states[part]

    async def keys(self, partition: int, part: str) -> Collection[str]:
        """The keys of the part's entries, its own and those on their way out left out. The part need not be decoded."""
        parts = await self._parts_of(partition)
        if part in parts.states:
            return list(self.keys_of(parts.states[part]))
        return [key for key in parts.undecoded.get(part, ()) if key != part]

    async def _built(self, entries: Mapping[str, Entry], own: bytes | None) -> State:
        steps = _Steps(self.building(entries, own))
        for number, _ in enumerate(steps, 1):
            if not number % YIELD_EVERY:
                await asyncio.sleep(0)
        return steps.result

    async def _parts_of(self, partition: int) -> Parts[State]:
        generation = self.table.generation(partition)
        parts = self._parts.get(partition)
        if parts is None or parts.generation != generation:
            current = {
                number: one for number, one in self._parts.items() if one.generation == self.table.generation(number)
            }
            self._parts = current  # partitions that went away leave nothing behind
            parts = self._parts[partition] = await self._indexed(partition, generation)
        return parts

    async def _indexed(self, partition: int, generation: int) -> Parts[State]:
        table = self.table.entries(partition)
        by_part: dict[str, list[str]] = defaultdict(list)
        entries: list[str] = []
        owned: list[str] = []
        for number, key in enumerate(table, 1):
            (owned if self._is_own(key) else entries).append(key)
            if self.has_parts:
                by_part[part_of(key)].append(key)
            if not number % INDEX_YIELD_EVERY:
                await asyncio.sleep(0)
        parting = part_of if self.has_parts else _whole
        expiry = Expiry(self.context.settings.horizon_days, entries, parting)
        for part in owned:
            by_part[part].remove(part)
            leaving = self.leaving(table, part, by_part[part])
            if leaving is not None:
                expiry.resume(part, leaving)
                by_part[part] = sorted({*by_part[part]}.difference(leaving))
        return Parts(generation, dict(by_part), expiry)

    async def _expire(self, message: Any) -> Writes:
        """A few of the partition's oldest entries go; what is returned is to be written."""
        partition, offset = message.partition, message.offset
        parts = await self._parts_of(partition)
        table, expiry = self.table.entries(partition), parts.expiry
        committed = self.app.engine_consumer.settled(TP(self.topic.name, partition))
        writes = expiry.chores(table, committed, offset)
        writes |= {part: self.when_removed(table[part]) for part in expiry.finished(committed) if part in table}
        looked_at = expiry.candidates(table, committed, self.looked_at)
        if looked_at is not None and looked_at.keys:
            swept = await self.sweep(partition, looked_at)
            expiry.sweep(table, looked_at, swept, offset)
            if swept.is_idle:
                parts.forget(looked_at.part)
            writes |= swept.writes
        gone = sum(value is None and not self._is_own(key) for key, value in writes.items())
        self.context.metrics.expired_entries.labels(self.table_name).inc(gone)
        return writes

    def _is_own(self, key: str) -> bool:
        """Whether this is the entry of a part itself."""
        return self.has_parts and key == part_of(key)

    def _write(self, partition: int, writes: Mapping[str, bytes | None]) -> list[Awaitable[Any]]:
        return [
            self.table.remove(partition, key) if value is None else self.table.put(partition, key, value)
            for key, value in writes.items()
        ]

    async def _decoded(self, entries: Mapping[str, bytes], keys: Iterable[str]) -> Mapping[str, Entry]:
        decoded: dict[str, Entry] = {}
        for number, key in enumerate(keys, 1):
            decoded[key] = self.decode_entry(entries[key])
            if not number % YIELD_EVERY:
                await asyncio.sleep(0)
        return decoded


def _whole(key: str) -> str:  # noqa: ARG001
    """The one part of a table whose entries stand alone."""
    return ""


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
