"""The new value of an event's field as an editor writes it: JSON, or a plain word for what is asked most often."""

from __future__ import annotations

import re
from typing import Any

import orjson

from streams.editing.decisions import EditError
from streams.naming import known_name

PARTIES = ("actors", "recipients")
PATH = re.compile(r"[A-Z]{3}(\.[\w-]+)*")


def value_from(field: str, text: str) -> Any:
    """The value in JSON as it stands on the event.

    What is no JSON is taken as text: for parties as their ids, parted by commas, and for a date as one day. Raises
    `EditError` for what is no id.
    """
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError:
        pass
    if field in PARTIES:
        return [_party(path.strip()) for path in text.split(",") if path.strip()]
    if field == "date":
        return {"from": text, "to": text, "precision": "day", "evidence": "editor"}
    return text


def _party(path: str) -> dict[str, Any]:
    """A party that an editor names; it stands nowhere in the text."""
    if not PATH.fullmatch(path):
        raise EditError(f"{path} is no id of a party; ids are paths such as SDN, SDN.MIL or IGO.nato")
    name = known_name(path) or path.rpartition(".")[2].replace("-", " ").title()
    return {"id": path, "name": name, "text": "", "start": 0, "end": 0, "via": "name"}
