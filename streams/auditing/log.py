"""The topics as an audit reads them: partition by partition, record by record, keeping no more than the last values."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeVar

from streams import codec
from streams.auditing.findings import DECODES, PLACED, VERSIONS, Findings
from streams.records import InvalidRecordError

Record = TypeVar("Record")
Path = tuple[str, ...]

MARK = b"\x00"
"""Keys of a changelog that start so are marks of the worker, no entries."""


class LogRecord(NamedTuple):
    """One record as it stands on a topic."""

    offset: int
    key: bytes | None
    value: bytes | None
    epoch: int = 0
    """Of a changelog record, the time of ownership in which it was written."""
    day: int = 0
    """On which the article was published that it comes from, in days since 1970."""


class Part(NamedTuple):
    """One partition of a topic."""

    topic: str
    number: int


@dataclass(frozen=True, slots=True)
class Log:
    """The topics of one application."""

    partitions: int
    read: Callable[[Part], Iterable[LogRecord]]
    """The records of one partition in the order of their offsets."""
    partition_of: Callable[[bytes], int]
    """The partition that the partitioner gives a key."""
    changelogs: Mapping[str, str]
    """Topic by table."""
    horizon_days: int
    """What nothing has touched for more days may be gone from the tables."""
    first_revision: int = 0
    """Lower ones are of generations that served before."""

    def parts(self, topic: str) -> list[Part]:
        """All partitions of a topic."""
        return [Part(topic, number) for number in range(self.partitions)]


@dataclass(frozen=True, slots=True)
class Layout:
    """Where in the JSON of a topic's values stands what orders them, and what their partition follows from."""

    version: tuple[Path, ...]
    """A place each for what must not go back: a number, or a version of fetch time and content."""
    placed_by: tuple[Path, ...] = ()
    """Parts of the key that chose the partition; none: the record's own key did."""
    ordered_with: tuple[Path, ...] = ()
    """What a version belongs to besides the record's key."""
    may_repeat: str = ""
    """What begins so in the last place of `ordered_with` comes from a stage that remembers nothing: it may go back."""
    is_table: bool = False
    """A tombstone in a table forgets the version too; on an output it does not."""
    has_parts: bool = False
    """A part of the table may have an entry of its own, which has no version; see `own_entries`."""
    forgets_before: int = 0
    """What was last told before this day may be forgotten, and its version with it."""


def at(parsed: Any, path: Path) -> Any:
    """What stands at the place in parsed JSON. Raises `InvalidRecordError` when nothing does."""
    for step in path:
        if not isinstance(parsed, dict) or step not in parsed:
            raise InvalidRecordError("wrong-fields", f"field {'.'.join(path)} is missing")
        parsed = parsed[step]
    return parsed


def order_of(parsed: Any, path: Path) -> tuple[int, str, str]:
    """The version at the place, to be compared with others of its topic. Raises `InvalidRecordError`."""
    found = at(parsed, path)
    if isinstance(found, int):
        return found, "", ""
    if isinstance(found, dict) and isinstance(found.get("fetched"), str) and isinstance(found.get("content"), str):
        return 0, found["fetched"], found["content"]
    raise InvalidRecordError("wrong-fields", f"field {'.'.join(path)} is no version")


def text_of(key: bytes) -> str:
    """A key for people."""
    return key.decode("utf-8", "replace")


class History:
    """Goes along one partition: is every key placed right, does every version only grow."""

    def __init__(self, log: Log, part: Part, layout: Layout, findings: Findings) -> None:
        self._log, self._part, self._layout, self._findings = log, part, layout, findings
        self._versions: dict[bytes, tuple[int, tuple[tuple[int, str, str], ...]]] = {}

    def look(self, record: LogRecord) -> Any:
        """Check one record; returns its parsed JSON, or None for a tombstone or what does not decode."""
        if record.key is None:
            self._findings.violated(DECODES, self._place(record), "a key", "none")
            return None
        key = record.key
        if record.value is None:
            if self._layout.is_table:
                self._versions.pop(key, None)
            else:
                self._placed(record, key)
            return None
        self._findings.checked(DECODES)
        try:
            parsed = codec.parse(record.value)
            if self._layout.has_parts and _is_own(key):
                self._placed(record, key)
                return parsed
            versions = tuple(order_of(parsed, path) for path in self._layout.version)
            parts = [str(at(parsed, path)) for path in self._layout.placed_by]
            owner = [key, *(str(at(parsed, path)).encode() for path in self._layout.ordered_with)]
            if self._layout.may_repeat and owner[-1].startswith(self._layout.may_repeat.encode()):
                versions = ()
        except InvalidRecordError as error:
            self.undecodable(record, error)
            return None
        self._placed(record, "|".join(parts).encode() if parts else key)
        self._grows(record, b"\n".join(owner), versions, parsed.get("touched"))
        return parsed

    def undecodable(self, record: LogRecord, error: InvalidRecordError) -> None:
        """The record cannot be read."""
        self._findings.violated(DECODES, self._place(record), "a record that decodes", error)

    def _grows(
        self, record: LogRecord, owner: bytes, versions: tuple[tuple[int, str, str], ...], touched: int | None
    ) -> None:
        if not versions:
            return
        day = record.day if touched is None else touched
        known_day, known = self._versions.setdefault(owner, (day, versions))
        self._findings.checked(VERSIONS)
        before = self._layout.forgets_before if touched is None else touched - self._log.horizon_days
        if known_day < before:
            known = versions
        if any(now < former for now, former in zip(versions, known, strict=True)):
            self._findings.violated(VERSIONS, self._place(record), f"not before {_told(known)}", _told(versions))
        self._versions[owner] = max(day, known_day), tuple(map(max, versions, known))

    def _placed(self, record: LogRecord, routed_by: bytes) -> None:
        self._findings.checked(PLACED)
        wanted = self._log.partition_of(routed_by)
        if wanted != self._part.number:
            here = f"partition {self._part.number}"
            self._findings.violated(PLACED, self._place(record), f"partition {wanted}", here)

    def _place(self, record: LogRecord) -> str:
        topic, partition = self._part
        return f"{topic}[{partition}] offset {record.offset} key {text_of(record.key or b'')}"


def last_values(
    log: Log, part: Part, layout: Layout, findings: Findings, days: dict[bytes, int] | None = None
) -> dict[bytes, bytes]:
    """The last value of each key of a compacted topic's partition; every record on the way is checked.

    What a former owner wrote to a changelog after it was replaced does not count, as in a recovery. The days of these
    values are added to `days`.
    """
    history, last, epoch = History(log, part, layout, findings), dict[bytes, bytes](), 0
    for record in log.read(part):
        if layout.is_table:
            is_stale = record.epoch < epoch
            epoch = max(epoch, record.epoch)
            if is_stale or (record.key is not None and record.key.startswith(MARK)):
                continue
        readable = history.look(record) is not None
        if record.key is not None:
            last.pop(record.key, None)
        if readable and record.key is not None and record.value is not None:
            last[record.key] = record.value
            if days is not None:
                days[record.key] = record.day
    return last


def own_entries(values: dict[bytes, bytes]) -> dict[str, bytes]:
    """Take off the entries of parts themselves, by part."""
    return {text_of(key): values.pop(key) for key in [key for key in values if _is_own(key)]}


def _is_own(key: bytes) -> bool:
    return key.count(b"|") == 1


def stream(
    log: Log, part: Part, layout: Layout, record_type: type[Record], findings: Findings
) -> Iterator[tuple[int, Record]]:
    """Every record of an input's partition with its day, checked and decoded.

    What has no value or does not decode is left out.
    """
    history = History(log, part, layout, findings)
    for record in log.read(part):
        parsed = history.look(record)
        if parsed is not None:
            try:
                yield record.day, codec.from_plain(record_type, parsed)
            except InvalidRecordError as error:
                history.undecodable(record, error)


def decoded(
    values: Mapping[bytes, bytes],
    record_type: type[Record],
    key_of: Callable[[Record], str],
    topic: str,
    findings: Findings,
) -> Iterator[tuple[bytes, Record]]:
    """The last values as records, each with its key; what does not decode, or tells another key, is a violation."""
    for key, value in values.items():
        try:
            record = codec.decode(record_type, value)
        except InvalidRecordError as error:
            findings.violated(DECODES, f"{topic} key {text_of(key)}", "a record that decodes", error)
            continue
        if key_of(record).encode() != key:
            findings.violated(DECODES, f"{topic} key {text_of(key)}", f"key {key_of(record)}", f"key {text_of(key)}")
        yield key, record


def _told(versions: tuple[tuple[int, str, str], ...]) -> str:
    return ", ".join(f"{fetched} {content}" if fetched else str(number) for number, fetched, content in versions)
