"""What the text says of where a name lies: in a larger place, near another, so many kilometres from it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from streams.parsing.tokens import Doc
from streams.resolving.gazetteer import Entry
from streams.resolving.place_choice import Within
from streams.resolving.place_finding import Named
from streams.resolving.toponyms import fold

_LINKS = frozenset({",", "(", "in", "of", "'s", "’s", "from"})
_MOST_BETWEEN = 4
_LINKING = frozenset({"ADP", "DET", "ADJ", "NOUN", "PUNCT", "PART", "NUM", "ADV", "SCONJ"})
"""What may stand between a place and the larger one: `, a town in northern`, but not `, Zelensky said`."""
_CERTAIN_LINKS = frozenset({"(", "in"})
_MOST_APART = 90
_BEARINGS = {
    "north": 0.0, "northeast": 45.0, "east": 90.0, "southeast": 135.0, "south": 180.0, "southwest": 225.0,
    "west": 270.0, "northwest": 315.0,
}  # fmt: skip
_NEAR = re.compile(
    r"^(?:,|\s\(|\s-|\s–|\s—)?(?:\s(?:a|an|the|some)\s[\w -]{1,40}?)?,?\s?(?:which is |located |situated |lying |in )?"
    r"(?:(?:about|around|some|roughly|nearly|only|just|almost|at)\s)?"
    r"(?:(?P<number>\d+(?:[.,]\d+)?)[\s-]?(?P<unit>km|kms|kilometers?|kilometres?|miles?|mi)\b"
    r"(?:\s?\([^)]{3,20}\))?\s(?:to the |in the |away\s)?)?"
    r"(?:(?P<direction>(?:north|south)[\s-]?(?:east|west)|north|south|east|west)(?:ern)?\s(?:of|from)|near|outside|from|off)"
    r"(?:\s(?:the|city|town|village|capital|of|regional|provincial|state|border|with))*\s$",
    re.IGNORECASE,
)
"""What may stand between a name and the place that it is near to: `, a town 12 km (7 miles) west of the city of `."""


_INSIDE = re.compile(
    r"^,?\s(?:a|an|the)\s[\w ,-]{1,50}?\sin\s(?:the\s)?(?:\w*(?:north|south|east|west|central)\w*\s)?(?:the\s)?$"
)
"""What may stand between a name and the larger place: `, a town of 26,000 in northeast `."""


def hierarchy(doc: Doc, names: Sequence[Named], cues: Mapping[str, frozenset[str]]) -> list[Within]:
    """For each name of a paragraph what the text says: `Izium, Kharkiv region`, `Fresno in California`."""
    outer = [Within(beside=_divisions_beside(name, names)) for name in names]
    for at, (first, second) in enumerate(pairwise(names)):
        if second.span.sentence != first.span.sentence:
            continue
        outer[at] = _near(doc, outer[at], first, second)
        between = doc[first.span.end + first.tail : second.span.start]
        words = [token.lower_ for token in between if token.lower_ not in {"the", "a", "an"}]
        if words and words[0] in cues["local-tail"]:
            del words[0]
        if _INSIDE.match(doc.text[first.span.end_char : second.span.start_char]):
            outer[at] = replace(
                outer[at], entries=tuple(e for e in second.entries if _may_hold(e, second)), certainly=True
            )
            continue
        if (
            len(between) > _MOST_BETWEEN
            or not words
            or words[0] not in _LINKS
            or (words[0] == "," and _modifies(doc, second))
            or not all(token.pos_ in _LINKING for token in between)
        ):
            continue
        inner, larger = (at + 1, first) if words[0] in {"'s", "’s"} else (at, second)
        entries = tuple(entry for entry in larger.entries if _may_hold(entry, larger))
        certainly = words[0] in _CERTAIN_LINKS and not outer[at].entries
        outer[inner] = replace(outer[inner], entries=entries, certainly=certainly)
    return outer


def told_once(outer: Sequence[Sequence[Within]], named: Sequence[Sequence[Named]]) -> list[list[Within]]:
    """What one sentence says of where a name lies holds for the name in the whole article."""
    told: dict[str, Within] = {}
    for names, links in zip(named, outer, strict=True):
        for name, within in zip(names, links, strict=True):
            if within.certainly or within.near:
                told.setdefault(fold(name.span.text), within)
    return [
        [
            within if within.entries or within.near else told.get(fold(name.span.text), within)
            for name, within in zip(names, links, strict=True)
        ]
        for names, links in zip(named, outer, strict=True)
    ]


def _modifies(doc: Doc, name: Named) -> bool:
    """Whether the name only says which: `In Berlin, US Secretary of State`."""
    after = name.span.end + name.tail
    return after < len(doc) and doc[after].text[:1].isupper() and not doc[after].is_sent_start


def _near(doc: Doc, within: Within, first: Named, second: Named) -> Within:
    """With the place that the name is said to be near to, and how far."""
    between = doc.text[first.span.end_char : second.span.start_char]
    told = _NEAR.match(between) if len(between) <= _MOST_APART else None
    if (
        told is None
        or all(entry.kind == "country" for entry in second.entries)
        or (told["direction"] is None and told["number"] is None)
    ):
        return within
    km = None
    if told["number"]:
        km = float(told["number"].replace(",", "")) * (1.609 if told["unit"].lower().startswith("mi") else 1.0)
    bearing = _BEARINGS.get(re.sub(r"[\s-]", "", (told["direction"] or "").lower()))
    return replace(within, near=second.entries, km=km, bearing=bearing)


def _divisions_beside(name: Named, names: Sequence[Named]) -> tuple[Entry, ...]:
    """The divisions, of one meaning each, that the sentence of the name also names."""
    begin, end = name.span.sentence
    return tuple(
        entry
        for other in names
        if other is not name and begin <= other.span.start < end
        for entry in other.entries
        if entry.kind == "admin1" and len({division.id for division in other.entries}) == 1
    )


def _may_hold(entry: Entry, name: Named) -> bool:
    """Whether others may lie in it; where a word calls it a division, only the divisions of that name."""
    if entry.kind == "country":
        return name.level != "admin1"
    return entry.kind in ("admin1", "region") and entry.precision != "point"
