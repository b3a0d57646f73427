"""Editors' decisions, as records of MERGE's input: checked, and turned into what one "article" says."""

from __future__ import annotations

from dataclasses import fields
from typing import Any, get_type_hints

from pydantic import TypeAdapter, ValidationError

from streams import codec
from streams.identity import digest, utc_text
from streams.records import (
    Casualties,
    DateWindow,
    Event,
    EventType,
    Figure,
    InvalidRecordError,
    Mentions,
    Override,
    Place,
    Quad,
    Version,
)

ARTICLE_PREFIX = "override|"
"""Article ids that start so are decisions; `streams/articles.py` refuses them from outside."""
CHANGEABLE = ("type", "mode", "actors", "recipients", "mutual", "date", "place", "status", "negated", "casualties",
              "claimed_only")  # fmt: skip
"""Fields of an event that an editor may change; numbers and ids follow from the mentions."""

MOST_PEOPLE = 10_000_000_000
"""More than there are; sums of such numbers stay within what JSON readers take for whole numbers."""

_VERBAL = ("REQUEST", "ACCUSE", "REJECT", "THREATEN")
_VERBAL_COOPERATION = ("AGREE", "CONSULT", "SUPPORT", "CONCEDE")
_COOPERATION = ("COOPERATE", "AID", "RETREAT")


def quad_of(event_type: EventType) -> Quad:
    """The quad class of a type, by PLOVER."""
    if event_type in _VERBAL_COOPERATION:
        return "verbal-cooperation"
    if event_type in _COOPERATION:
        return "material-cooperation"
    return "verbal-conflict" if event_type in _VERBAL else "material-conflict"


def told_of(override: Override) -> Mentions:
    """The decision as what an article of its own says under the merge key; one taken back says nothing.

    Raises `InvalidRecordError` with reason `wrong-override` for a decision that decides nothing.
    """
    check(override)
    return Mentions(
        article_id=f"{ARTICLE_PREFIX}{override.id}",
        version=Version(utc_text(override.made), digest(codec.encode(override).decode())[:16]),
        merge_key=override.merge_key,
        source=None,
        url=None,
        published=DateWindow(),
        signature=(),
        mentions=(),
        overrides=() if override.withdrawn else (override,),
    )


def is_decision(told: Mentions) -> bool:
    """Whether the record is an editor's decision, one taken back included."""
    return told.article_id.startswith(ARTICLE_PREFIX)


def check(override: Override) -> None:
    """Raises `InvalidRecordError` with reason `wrong-override` and what is wrong."""
    if not override.id or not override.merge_key:
        raise _wrong("it needs an id and the merge key of its events")
    if override.withdrawn:
        return
    if not override.mentions:
        raise _wrong("it names no mention")
    if override.action == "merge" and len(set(override.mentions)) < 2:
        raise _wrong("to merge takes two mentions at least")
    if override.action == "split" and (not override.apart or set(override.mentions) & set(override.apart)):
        raise _wrong("to split takes mentions on both sides, and none on both")
    if override.action == "change":
        possible_value_of(override.field or "", override.value)


def possible_value_of(field: str, value: Any) -> Any:
    """As `value_of`, and it can be of an event: no number of people is below zero, no window ends before it begins.

    Asked when a decision comes in. One that stands is followed as it is, so that a stricter rule stops no worker.
    """
    found = value_of(field, value)
    if isinstance(found, DateWindow):
        _check_window(found)
    elif isinstance(found, Casualties):
        _check_casualties(found)
    elif field in {"actors", "recipients"}:
        for party in found:
            _check_path(f"{field}.id", party.id)
    elif isinstance(found, Place):
        _check_path(f"{field}.id", found.id)
    return found


def value_of(field: str, value: Any) -> Any:
    """The value of a field of an event, from JSON. Raises `InvalidRecordError` with reason `wrong-override`."""
    if field not in CHANGEABLE:
        raise _wrong(f"field {field or 'none'} cannot be changed; those that can: {', '.join(CHANGEABLE)}")
    try:
        return _validators()[field].validate_python(value)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = ".".join([field, *map(str, first["loc"])])
        told = "it takes a JSON object, as on the event" if first["type"] == "dataclass_type" else first["msg"]
        raise _wrong(f"{where}: {told}") from error


def _check_window(window: DateWindow) -> None:
    """Raises `InvalidRecordError` for a window that ends before it begins."""
    if window.from_ is not None and window.to is not None and window.to < window.from_:
        raise _wrong(f"date: the window ends on {window.to}, before it begins on {window.from_}")


def _check_casualties(casualties: Casualties) -> None:
    """Raises `InvalidRecordError` for numbers of people that cannot be; counts add the lower one up."""
    for name in (one.name for one in fields(Casualties)):
        figure: Figure | None = getattr(casualties, name)
        if figure is not None and not 0 <= figure.min <= figure.max <= MOST_PEOPLE:
            limits = f"0 <= min <= max <= {MOST_PEOPLE:,}"
            raise _wrong(f"casualties.{name}: from {figure.min:,} to {figure.max:,}; what can be is {limits}")


def _check_path(where: str, path: str) -> None:
    """Raises `InvalidRecordError` for what is no id of a party or place: a path with something in each part."""
    if any(not part or part != part.strip() for part in path.split(".")):
        raise _wrong(f"{where}: {path!r} is no id; ids are paths such as SDN, SDN.MIL or UKR.07.706483")


def _validators() -> dict[str, TypeAdapter[Any]]:
    if not _adapters:
        hints = get_type_hints(Event, include_extras=True)
        _adapters.update({one.name: TypeAdapter(hints[one.name]) for one in fields(Event) if one.name in CHANGEABLE})
    return _adapters


_adapters: dict[str, TypeAdapter[Any]] = {}


def _wrong(message: str) -> InvalidRecordError:
    return InvalidRecordError("wrong-override", message)
