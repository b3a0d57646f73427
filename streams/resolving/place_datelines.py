"""The place of a dateline: `GENEVA, Switzerland (Wire) - `, read from its letters, since it is no sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from streams.resolving.gazetteer import Entry, Gazetteer
from streams.resolving.place_choice import contains, prior
from streams.resolving.place_context import Context

_PART = re.compile(r"[^\W\d_][^,/(;:—–]*")
_TAIL = re.compile(r"[\s.-]+$")
_MOST = 4


@dataclass(frozen=True, slots=True)
class Dateline:
    """One name in a dateline. Offsets are characters of the dateline."""

    start: int
    end: int
    text: str
    entries: tuple[Entry, ...]
    within: tuple[Entry, ...]
    """The larger place that stands after it."""


def read_dateline(text: str, gazetteer: Gazetteer) -> list[Dateline]:
    """The names of places in a dateline, in the order of the text; an agency or a date is none."""
    found: list[Dateline] = []
    head, _, _ = text.partition("(")
    for part in list(_PART.finditer(head))[:_MOST]:
        name = _TAIL.sub("", re.split(r"\s[—–-]\s|\s-$|\.-", part.group())[0])
        entries = gazetteer.lookup(name)
        if found and not name.isupper():
            entries = tuple(entry for entry in entries if entry.kind in ("country", "admin1", "region"))
        elif not found and not name:
            break
        if not entries:
            if not found:
                break
            continue
        found.append(Dateline(part.start(), part.start() + len(name), name, entries, ()))
    return [
        Dateline(one.start, one.end, one.text, one.entries, after.entries if after is not None else ())
        for one, after in zip(found, [*found[1:], None], strict=False)
    ]


def choose_dateline(line: Dateline, context: Context) -> Entry:
    """The place meant: inside the larger one that follows, else the likeliest."""
    inside = [entry for entry in line.entries if any(contains(outer, entry) for outer in line.within)]
    entries = inside or list(line.entries)
    return max(entries, key=lambda entry: prior(entry, entries) + context.support(entry))


def countries_of(lines: Sequence[Dateline]) -> set[str]:
    """The countries that datelines name, or whose greatest place alone has the name."""
    found = set()
    for line in lines:
        inside = [entry for entry in line.entries if any(contains(outer, entry) for outer in line.within)]
        countries = {entry.country for entry in inside or line.entries if entry.kind != "city" or entry.exact}
        if len(countries) == 1:
            found |= countries
        else:
            best = max(line.entries, key=lambda entry: entry.population)
            if best.kind == "country" or best.capital or best.population >= 500_000:
                found.add(best.country)
    return found - {"INT"}
