"""The ids of actors and places are paths, so that a prefix is a roll-up."""

from __future__ import annotations

GROUPS = frozenset({"IGO", "NGO", "MNC", "INT"})
"""What stands in place of a country; the entity follows it directly."""
UNKNOWN = "UNK"
"""Stands in place of a country that is not known."""
MISSING = "-"
"""Stands in place of an admin1 code that a region does not have."""


def first_part(path: str) -> str:
    """The country of a path, or what stands in its place."""
    return path.split(".", 1)[0]


def is_entity(path: str) -> bool:
    """Whether the path names one actor or place rather than a country or sector."""
    parts = path.split(".")
    return len(parts) >= (2 if parts[0] in GROUPS else 3)
