"""What the agents with a table share: from a stage's decision to writes and sends."""

from __future__ import annotations

import abc
import asyncio
import time
from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping
from dataclasses import replace
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


class TableStage(Stage, Generic[Entry, State]):
    """A stage whose decisions follow from a table and one input."""

    table_name: ClassVar[str]

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.table = cast("Table", context.app.Table(self.table_name, key_type=bytes, value_type=bytes))
        self._states: dict[int, tuple[int, State]] = {}
        """By partition, the state and the generation of the table that it was built from."""

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
    def build_state(self, entries: Mapping[str, Entry]) -> State:
        """What the stage derives from one partition of its table."""

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
        state = await self._state(message.partition)
        changed, output = self.decide(state, record, message)
        writes = [self.table.put(message.partition, key, self.encode_entry(entry)) for key, entry in changed.items()]
        self.context.metrics.stage_seconds.labels(self.name).observe(time.perf_counter() - start)
        return immediately(replace(output, writes=writes))

    def state_now(self, partition: int) -> State:
        """The state of a partition of which inputs are under way."""
        return self._states[partition][1]

    async def _state(self, partition: int) -> State:
        generation = self.table.generation(partition)
        if partition not in self._states or self._states[partition][0] != generation:
            self._states.pop(partition, None)
            entries = self.table.entries(partition)
            self._states[partition] = generation, self.build_state(await self._decoded(entries))
        return self._states[partition][1]

    async def _decoded(self, entries: Mapping[str, bytes]) -> Mapping[str, Entry]:
        decoded: dict[str, Entry] = {}
        for number, (key, value) in enumerate(entries.items(), 1):
            decoded[key] = self.decode_entry(value)
            if not number % YIELD_EVERY:
                await asyncio.sleep(0)
        return decoded


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
