"""What the topics must say in the end, worked out by brute force from the newest version of each article.

Independent of the handlers: of the code under test it uses only the records and the scorer's verdict on one pair
(`traits_of`, `score`, `THRESHOLD`). It compares every pair of mentions under a merge key, without index, components
or memory. Events come as plain values; what they add up to is in `oracle_counts.py`.
"""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from streams.merging.scorer import THRESHOLD, score
from streams.merging.traits import traits_of
from streams.records import DateWindow, Document, Figure, Mention, MentionRef, Override, Party, Place

Told = tuple[Document, Mention]
PRECISIONS = ["day", "days", "week", "month", "season", "year", "unknown"]
QUADS = {"PROTEST": "material-conflict", "CONSULT": "verbal-cooperation"}
PLACES = ["point", "city", "named", "admin1", "region", "country"]


def expected_events(documents: Iterable[Document], overrides: Iterable[Override] = ()) -> dict[str, dict[str, Any]]:
    """Every event by its id."""
    newest: dict[tuple[str, str], Override] = {}
    for override in sorted(overrides, key=lambda o: o.made):
        newest[override.merge_key, override.id] = override
    decisions = sorted((o for o in newest.values() if not o.withdrawn), key=lambda o: (o.made, o.id))
    told = [(doc, mention) for doc in newest_of(documents) if not doc.retracted for mention in doc.mentions]
    events = {}
    for key in {mention.merge_key for _, mention in told}:
        here = [o for o in decisions if o.merge_key == key]
        for members in _decided(_clusters([one for one in told if one[1].merge_key == key]), here):
            founder = hashlib.sha256(f"{key}\n{members[0][1].id}".encode()).hexdigest()[:20]
            about = [o for o in here if o.action in ("suppress", "change") and _names(o.mentions, members)]
            if not any(o.action == "suppress" for o in about):
                events[founder] = _event(members)
                for decision in about:
                    events[founder] |= _changed(str(decision.field), decision.value)
    return events


def newest_of(documents: Iterable[Document]) -> list[Document]:
    newest: dict[str, Document] = {}
    for document in documents:
        if document.article_id not in newest or not document.version < newest[document.article_id].version:
            newest[document.article_id] = document
    return list(newest.values())


def _clusters(told: list[Told]) -> list[list[Told]]:
    clusters: list[list[Told]] = []
    for one in sorted(told, key=_rank):
        fits = [(_fit(one, members), -number) for number, members in enumerate(clusters)]
        if fits and max(fits)[0] >= THRESHOLD:
            clusters[-max(fits)[1]].append(one)
        else:
            clusters.append([one])
    return clusters


def _decided(clusters: list[list[Told]], decisions: list[Override]) -> list[list[Told]]:
    events = clusters
    for decision in decisions:
        if decision.action == "merge":
            named = [event for event in events if _names(decision.mentions, event)]
            events = [event for event in events if event not in named] + (
                [list(itertools.chain(*named))] if named else []
            )
        if decision.action == "split":
            events = [part for event in events for part in _parts(event, decision, list(itertools.chain(*clusters)))]
    return [sorted(event, key=_rank) for event in events]


def _parts(event: list[Told], decision: Override, told: list[Told]) -> list[list[Told]]:
    own = [one for one in event if _names(decision.mentions, [one])]
    held = [one for one in event if _names(decision.apart, [one])]
    if not own or len(own) == len(event):
        return [event]
    for one in event:
        if one not in own and one not in held and held:
            near, far = (
                max((max(-100.0, score(traits_of(one[1]), traits_of(other[1]))) for other in told
                     if _names(side, [other])), default=-100.0)
                for side in (decision.mentions, decision.apart)
            )  # fmt: skip
            if near > far:
                own.append(one)
    return [own, [one for one in event if one not in own]]


def _names(refs: Iterable[MentionRef], told: list[Told]) -> bool:
    return any(
        ref.article_id == doc.article_id and ref.mention_id == mention.id for ref in refs for doc, mention in told
    )


def _changed(field: str, value: Any) -> dict[str, Any]:
    if field == "date":
        first, last = (date.fromisoformat(value[end]) for end in ("from", "to"))
        return {field: DateWindow(first, last, value["precision"], value["evidence"])}
    if field == "place":
        return {field: value and value["id"]}
    return {field: value, "quad": QUADS[value]} if field == "type" else {field: value}


def _rank(one: Told) -> tuple[str, str, str, str]:
    return str(one[0].published.from_ or "9999"), one[0].version.fetched, one[1].id, one[0].article_id


def _fit(one: Told, members: list[Told]) -> float:
    if any(one[0].article_id == other[0].article_id for other in members):
        return float("-inf")
    distinct = []
    for _, mention in members:
        if traits_of(mention) not in distinct:
            distinct.append(traits_of(mention))
    points = [score(traits_of(one[1]), traits) for traits in distinct[:8]]
    return sum(points) / len(points)


def _event(members: list[Told]) -> dict[str, Any]:
    told = [mention for _, mention in members]
    kind = _usual([(m.type, m.mode, m.quad) for m in told])
    mutual = _usual([m.mutual for m in told])
    typed = [m for m in told if m.type == kind[0]]
    actors, recipients = [_agreed([m.actors for m in typed]), _agreed([m.recipients for m in typed])]
    if mutual:
        both = _agreed([(*m.actors, *m.recipients) for m in typed])
        order = [(p.id, side) for m in typed for side, ps in enumerate((m.actors, m.recipients)) for p in ps]
        side_of = dict(reversed(order))
        actors, recipients = ([path for path in both if side_of[path] == side] for side in (0, 1))
    best = min((PRECISIONS.index(m.date.precision), m.date.evidence == "published") for m in told)
    dates = [m.date for m in told if (PRECISIONS.index(m.date.precision), m.date.evidence == "published") == best]
    return {
        "members": sorted(m.id for m in told),
        "type": kind[0],
        "mode": kind[1],
        "quad": kind[2],
        "actors": actors,
        "recipients": recipients,
        "mutual": mutual,
        "date": _usual(dates),
        "place": _place([m.place for m in told]),
        "status": _usual([m.status for m in told]),
        "negated": told[0].negated,
        "killed": _figure([m.casualties.killed for m in told]),
        "wounded": _figure([m.casualties.wounded for m in told]),
        "claimed_only": _claimed([m.attributed_to for m in told], actors, recipients),
        "mentions": len(told),
        "sources": _sources(members),
        "coder": max(doc.coder for doc, _ in members),
    }


def _usual(items: Sequence[Any]) -> Any:
    return min(items, key=lambda item: (-items.count(item), items.index(item)))


def _agreed(sides: list[tuple[Party, ...]]) -> list[str]:
    named = [[party.id for party in side] for side in sides if side]
    kept: list[str] = []
    for path in itertools.chain(*named):
        backers = [ids for ids in named if any(f"{other}.".startswith(f"{path}.") for other in ids)]
        if len(backers) >= len(named) / 2 and path not in kept:
            kept.append(path)
    if named and not kept:
        kept = list(dict.fromkeys(named[0]))
    return [path for path in kept if not any(other != path and f"{other}.".startswith(f"{path}.") for other in kept)]


def _place(places: list[Place | None]) -> str | None:
    known = [place for place in places if place and not place.metonym]
    best = min((PLACES.index(place.precision) for place in known), default=0)
    return _usual([place.id for place in known if PLACES.index(place.precision) == best]) if known else None


def _figure(figures: list[Figure | None]) -> tuple[int, int] | None:
    told = [figure for figure in figures if figure]
    return (min(f.min for f in told), max(f.max for f in told)) if told else None


def _claimed(claims: list[Party | None], actors: list[str], recipients: list[str]) -> bool:
    def of_side(claim: Party | None, side: list[str], other: list[str]) -> bool:
        if claim is None:
            return False
        own = [path for path in side if path.split(".")[0] == claim.id.split(".")[0]]
        lone = bool(own) and not any(path.split(".")[0] == claim.id.split(".")[0] for path in other)
        on_path = [
            path for path in own if f"{path}.".startswith(f"{claim.id}.") or f"{claim.id}.".startswith(f"{path}.")
        ]
        return lone or bool(on_path)

    return all(of_side(c, actors, recipients) for c in claims) or all(of_side(c, recipients, actors) for c in claims)


def _sources(members: list[Told]) -> int:
    groups = [{number} for number in range(len(members))]
    for one, other in itertools.combinations(range(len(members)), 2):
        if _dependent(members[one], members[other]):
            joined = next(g for g in groups if one in g) | next(g for g in groups if other in g)
            groups = [g for g in groups if not g & joined] + [joined]
    return len(groups)


def _dependent(one: Told, other: Told) -> bool:
    (doc, mention), (doc2, mention2) = one, other
    outlets = [outlet_of(doc), outlet_of(doc2)]
    if outlets[0] and outlets[0] == outlets[1]:
        return True
    if {told.hash for told in mention.sentences} & {told.hash for told in mention2.sentences}:
        return True
    pairs = list(zip(doc.signature, doc2.signature, strict=False))
    return bool(pairs) and sum(a == b for a, b in pairs) >= 0.8 * len(pairs)


def outlet_of(doc: Document) -> str:
    host = urlsplit(doc.url).hostname or "" if doc.url else ""
    return doc.source.lower() if doc.source else host.removeprefix("www.")
