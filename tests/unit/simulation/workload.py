"""Workloads: documents in the order in which they are delivered.

Made so that their mentions merge, bridge two clusters, and move to another merge key, day or place; so that articles
are corrected, retracted, reprinted, delivered twice, and old versions come late.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st

from streams.records import (
    Amount,
    Casualties,
    DateWindow,
    Document,
    EventType,
    Figure,
    Mention,
    MentionRef,
    Override,
    OverrideAction,
    Party,
    Place,
    Quad,
    Span,
    Told,
    Version,
)

DAY = date(2024, 3, 1)
NOON = datetime(2024, 3, 3, 12, tzinfo=UTC)


@dataclass(frozen=True)
class Run:
    """One workload and the seed of one schedule for it."""

    documents: tuple[Document, ...]
    seed: int


def day_window(offset: int, *, days: int = 1, evidence: str = "text") -> DateWindow:
    first = DAY + timedelta(days=offset)
    return DateWindow(first, first + timedelta(days=days - 1), "day" if days == 1 else "days", evidence)


def town(number: int, lat: float) -> Place:
    return Place(f"UKR.07.{number}", f"Town {number}", "UKR", f"Town {number}", 0, 6, "07", "Oblast", lat, 36.0, "city")


def party(path: str) -> Party:
    return Party(path, path.rsplit(".", maxsplit=1)[-1].title(), path, 0, 3)


# Towns 1, 2 and 3 lie 22 km apart in a row: 2 is near both 1 and 3, which exclude each other. Town 9 is far away.
PLACES = (
    town(1, 50.0),
    town(2, 50.2),
    town(3, 50.4),
    town(9, 47.0),
    Place("UKR.07", "Oblast", "UKR", "Oblast", 0, 6, "07", "Oblast", precision="admin1"),
    Place("UKR.-.east", "East", "UKR", "East", 0, 4, precision="region"),
    Place("RUS.48.524901", "Moscow", "RUS", "Moscow", 0, 6, "48", "Moscow", 55.7, 37.6, "city", metonym=True),
    None,
)
WINDOWS = (
    day_window(0),
    day_window(1),
    day_window(0, evidence="published"),
    day_window(1, evidence="published"),
    day_window(0, days=3),
    day_window(0, days=12),
    day_window(-60, days=120),
    DateWindow(),
)
ACTORS = (("RUS.MIL",), ("RUS",), ("RUS.MIL.first-army",), ("RUS.MIL", "BLR.MIL"), ("BLR.MIL",), (), ("IGO.nato",))
RECIPIENTS = (("UKR.CVL",), ("UKR",), (), ("UKR.MIL",), ("UNK.CVL",), ("RUS.CVL",))
SIGNATURES = ((), tuple(range(128)), tuple(range(100, 228)), (*range(110), *([7] * 18)))
"""None, two that share nothing place by place, and one that is 86 percent like the first."""
KINDS: tuple[tuple[EventType, str, Quad], ...] = (
    ("ASSAULT", "heavy-weapons", "material-conflict"),
    ("ASSAULT", "", "material-conflict"),
    ("ASSAULT", "territory", "material-conflict"),
    ("RETREAT", "withdraw", "material-cooperation"),
)
POOLS: dict[str, tuple[Any, ...]] = {
    "kind": KINDS,
    "actors": ACTORS,
    "recipients": RECIPIENTS,
    "mutual": (False, True),
    "date": WINDOWS,
    "place": PLACES,
    "status": ("happened", "ongoing", "future"),
    "negated": (False, True),
    "attributed_to": ("RUS.GOV", None, "UKR.GOV", "RUS.MIL"),
    "killed": (None, Figure(3, 3), Figure(4, 5, civilian=True), Figure(40, 40), Figure(0, 0)),
    "wounded": (None, Figure(7, 9)),
    "amounts": ((), (Amount(5, "people"),)),
    "hashes": ((), ("shared-1",), ("shared-2", "shared-1")),
    "trigger": ("shelled", "struck"),
    "merge_key": ("material|UKR", "material|MDA"),
}
"""For each field what it may be, the usual first. Place and date are changed most, since they link and part."""
EDITED: tuple[tuple[str, Any], ...] = (
    ("negated", True),
    ("negated", False),
    ("claimed_only", True),
    ("status", "future"),
    ("status", "happened"),
    ("type", "PROTEST"),
    ("type", "CONSULT"),
    ("date", {"from": "2024-02-01", "to": "2024-02-01", "precision": "day", "evidence": "editor"}),
    ("date", {"from": "2024-04-01", "to": "2024-04-02", "precision": "days", "evidence": "editor"}),
    ("place", None),
    ("place", {"id": "MDA.-.north", "name": "North", "country": "MDA", "text": "North", "start": 0, "end": 5}),
)
"""Fields that an editor changes, with their values in JSON. A date or a place moves what the event adds."""
CHANGES = (*POOLS, "place", "place", "place", "date", "date", "merge_key")


@st.composite
def mentions(draw: st.DrawFn, article_id: str, number: int, differences: int) -> Mention:
    """The usual deed, told with so many differences at most."""
    told = usual_deed()
    for name in draw(st.lists(st.sampled_from(CHANGES), max_size=differences)):
        told[name] = draw(st.sampled_from(POOLS[name]))
    return mention_of(article_id, number, told)


def usual_deed() -> dict[str, Any]:
    """The first of each pool."""
    return {name: pool[0] for name, pool in POOLS.items()}


def mention_of(article_id: str, number: int, told: Mapping[str, Any]) -> Mention:
    """One deed as one article tells it; `told` has a value for each of `POOLS`."""
    kind, mode, quad = told["kind"]
    return Mention(
        id=f"{article_id}-{number}",
        article_id=article_id,
        type=kind,
        mode=mode,
        quad=quad,
        actors=tuple(party(path) for path in told["actors"]),
        recipients=tuple(party(path) for path in told["recipients"]),
        mutual=told["mutual"],
        date=told["date"],
        place=told["place"],
        status=told["status"],
        negated=told["negated"],
        attributed_to=None if told["attributed_to"] is None else party(told["attributed_to"]),
        casualties=Casualties(killed=told["killed"], wounded=told["wounded"]),
        amounts=told["amounts"],
        weapons=(),
        sentences=tuple(Told(0, 9, one) for one in (*told["hashes"], f"{article_id}-{number}")),
        trigger=Span(0, 5, told["trigger"]),
        confidence=0.9,
        merge_key=told["merge_key"],
    )


@st.composite
def documents(draw: st.DrawFn, articles: int, differences: int) -> Document:
    article = draw(st.integers(1, articles))
    article_id = f"a{article}"
    hour = draw(st.integers(0, 3))
    numbers = draw(st.sampled_from(((0,), (0, 1), (), (1,), (2, 0))))
    fetched = datetime(2024, 3, 2, hour, tzinfo=UTC)
    return Document(
        article_id=article_id,
        version=Version(fetched.isoformat(), draw(st.sampled_from(("c1", "c2")))),
        title=None,
        source=draw(st.sampled_from((f"Source {article}", None, "One Times"))),
        url=draw(st.sampled_from((f"https://www.{article_id}.example/x", None, "https://one.example/y"))),
        published=draw(st.sampled_from((day_window(0), day_window(1), DateWindow()))),
        fetched=fetched,
        language="en" if numbers else draw(st.sampled_from(("en", "fr"))),
        paragraphs=(),
        removed=(),
        signature=draw(st.sampled_from(SIGNATURES)),
        mentions=tuple([draw(mentions(article_id, number, differences)) for number in numbers]),
        coder=draw(st.sampled_from(("coder 1", "coder 2"))),
        retracted=draw(st.integers(0, 9)) == 9,
    )


@st.composite
def runs(draw: st.DrawFn) -> Run:
    one = documents(draw(st.integers(1, 6)), draw(st.integers(0, 3)))
    told = draw(st.lists(one, min_size=1, max_size=10))
    again = draw(st.lists(st.sampled_from(told), max_size=3))
    return Run((*told, *again), draw(st.integers(0, 2**32)))


@st.composite
def decided_runs(draw: st.DrawFn) -> tuple[Run, tuple[Override, ...]]:
    """A workload with editors' decisions about its mentions, some made anew or taken back."""
    told = draw(runs())
    numbered = draw(st.lists(overrides(told.documents), min_size=1, max_size=4))
    moments = draw(st.permutations(range(len(numbered))))
    return told, tuple(
        replace(one, made=NOON + timedelta(hours=hour)) for one, hour in zip(numbered, moments, strict=True)
    )


@st.composite
def overrides(draw: st.DrawFn, told: tuple[Document, ...]) -> Override:
    known = sorted({(one.article_id, mention.id) for one in told for mention in one.mentions}) or [("a1", "a1-0")]
    refs = draw(st.lists(st.sampled_from(known), min_size=1, max_size=4, unique=True))
    named, apart = tuple(MentionRef(*ref) for ref in refs[:2]), tuple(MentionRef(*ref) for ref in refs[2:])
    possible: dict[OverrideAction, bool] = {
        "suppress": True, "change": True, "merge": len(named) > 1, "split": len(apart) > 0
    }  # fmt: skip
    actions = [action for action, is_possible in possible.items() if is_possible]
    action = draw(st.sampled_from(actions))
    name, value = draw(st.sampled_from(EDITED)) if action == "change" else (None, None)
    return Override(
        id=draw(st.sampled_from(("o1", "o2", "o3"))),
        made=NOON,
        merge_key=draw(st.sampled_from(("material|UKR", "material|UKR", "material|MDA"))),
        action=action,
        mentions=named,
        apart=apart,
        field=name,
        value=value,
        withdrawn=draw(st.integers(0, 4)) == 4,
    )


search = settings(
    max_examples=2000,
    phases=[Phase.generate],
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
"""How a run is looked for that a fault makes wrong: the same each time."""
