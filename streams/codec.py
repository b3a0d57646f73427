"""Bytes to records and back: the one place where JSON is read and written.

Stock stream libraries skip, and commit past, what they cannot decode. So agents take raw bytes and decode here, and
what does not decode becomes an `InvalidRecordError` that the agent sends to the dead-letter topic.
"""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from typing import Any, TypeVar

import orjson
from pydantic import TypeAdapter, ValidationError

from streams.records import InvalidRecordError

Record = TypeVar("Record")


_adapters: dict[type, TypeAdapter[Any]] = {}


def adapter(record_type: type[Record]) -> TypeAdapter[Record]:
    """The validator of one record type, built once; a process that never meets a type never builds it."""
    if record_type not in _adapters:
        _adapters[record_type] = TypeAdapter(record_type)
    return _adapters[record_type]


def encode(record: Any, *, without: AbstractSet[str] = frozenset()) -> bytes:
    """The record as JSON in UTF-8, fields by their wire names; `without` leaves some out."""
    return adapter(type(record)).dump_json(record, by_alias=True, exclude=set(without) or None)


def plain(record: Any) -> Any:
    """The record as plain JSON values (dicts, lists, strings), fields by their wire names."""
    return adapter(type(record)).dump_python(record, mode="json", by_alias=True)


def decode(record_type: type[Record], value: bytes | str) -> Record:
    """The record in `value`.

    Raises `InvalidRecordError` with reason `not-utf8`, `not-json` or `wrong-fields`, and a message that says where.
    """
    return from_plain(record_type, parse(value))


def parse(value: bytes | str) -> Any:
    """The JSON value in `value`. Raises `InvalidRecordError` with reason `not-utf8` or `not-json`."""
    try:
        return orjson.loads(value)
    except orjson.JSONDecodeError as error:
        reason = "not-utf8" if "utf-8" in str(error).lower() else "not-json"
        raise InvalidRecordError(reason, f"not a JSON record: {error}") from error


def from_plain(record_type: type[Record], parsed: Any) -> Record:
    """The record in parsed JSON. Raises `InvalidRecordError` with reason `wrong-fields`."""
    if not isinstance(parsed, dict):
        raise InvalidRecordError("wrong-fields", f"expected a JSON object, got {type(parsed).__name__}")
    try:
        return adapter(record_type).validate_python(parsed)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = ".".join(str(part) for part in first["loc"]) or "record"
        message = f"{record_type.__name__} field {where}: {first['msg']} ({error.error_count()} faults)"
        raise InvalidRecordError("wrong-fields", message) from error
