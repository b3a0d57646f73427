"""What a document has told about its actors so far: countries named, persons introduced, acronyms defined."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from streams.resolving.actors import Actor

STRANGER = Actor("", "")
"""A person who was introduced by full name and is nobody that we know."""


@dataclass(slots=True)
class Memory:
    """Grows as a document is read in order."""

    countries: Counter[str] = field(default_factory=Counter)
    """How often each country was named, by itself, its people, cities, organisations or office-holders."""
    surnames: dict[str, Actor] = field(default_factory=dict)
    """Folded surnames of persons introduced by full name or title; `STRANGER` for those we do not know."""
    acronyms: dict[str, Actor] = field(default_factory=dict)
    """Acronyms that the text itself defined: `Rapid Support Forces (RSF)`."""
    roles: dict[str, set[str]] = field(default_factory=dict)
    """Ids of persons by the role that the text called them by."""

    def clear_country(self) -> str | None:
        """The country that the text is clearly about: the only one named, or one named twice as often as any other."""
        ranked = self.countries.most_common(2)
        if not ranked:
            return None
        first, count = ranked[0]
        if len(ranked) == 1:
            return first
        return first if count >= 3 and count >= 2 * ranked[1][1] else None
