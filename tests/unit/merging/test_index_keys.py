"""Whatever links is found: by the keys of its traits, and in the cells of the map."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from streams.merging.cells import cell_of, cells_near
from streams.merging.comparing import compare, sketch_of
from streams.merging.compatible import CONTRADICTION, EARTH_RADIUS_KM, NEAR_KM, site_points
from streams.merging.index_keys import index_keys, kind_of, lookup_keys
from streams.merging.scorer import THRESHOLD, score
from streams.merging.traits import Site, Traits
from streams.records import Count, Figure
from tests.unit.merging.test_scorer import EIGHT, SHELLING, TOWN

DAY = date(2024, 3, 1)
PATHS = ("RUS", "RUS.MIL", "RUS.MIL.a", "RUS.MIL.b", "UKR", "UKR.MIL", "UKR.GOV", "UKR.GOV.x", "IGO.nato", "UNK.MIL",
         "UNK", "IGO", "RUS.PRM.a", "USA.GOV", "USA.GOV.y", "UNK.GOV.x", "USA.MIL", "RUS.GOV", "IGO.eu",
         "IGO.european-commission")  # fmt: skip
parties = st.lists(st.sampled_from(PATHS), max_size=2, unique=True).map(lambda found: tuple(sorted(found)))
figures = st.sampled_from((None, None, Figure(3, 3), Figure(3, 9), Figure(0, 0), Figure(20, 40), Figure(35, 35),
                           Figure(7, 7), Figure(10, 10)))  # fmt: skip
POOLS: dict[str, st.SearchStrategy[Any]] = {
    "kind": st.sampled_from((("ASSAULT", "aerial"), ("ASSAULT", "territory"), ("ASSAULT", ""), ("RETREAT", "withdraw"),
                             ("CONSULT", "visit"), ("AGREE", ""), ("COOPERATE", ""), ("SANCTION", "expel"),
                             ("ACCUSE", "disapprove"), ("PROTEST", "strike"))),
    "actors": parties,
    "recipients": parties,
    "mutual": st.booleans(),
    "days": st.tuples(st.integers(0, 2), st.sampled_from((0, 0, 0, 1, 6, 30, 31, 90, -1, None)), st.booleans()),
    "assumed": st.booleans(),
    "site": st.sampled_from((
        None,
        TOWN,
        Site("UKR.07.2", 50.2, 36.0, "city"),
        Site("UKR.07.3", 50.2, 36.3, "city"),
        Site("UKR.07", None, None, "admin1"),
        Site("UKR.12", None, None, "admin1"),
        Site("UKR.-.east", None, None, "region"),
        Site("UKR.07.depot", None, None, "named"),
        Site("UKR", None, None, "country"),
        Site("INT.-.black-sea", 43.0, 34.0, "region"),
        Site("UNK.depot", None, None, "named"),
    )),
    "killed": figures,
    "wounded": figures,
    "amounts": st.sampled_from(((), ((5.0, "people"),))),
    "hashes": st.sampled_from(((), (), ("h",), ("h", "i"))),
    "trigger": st.sampled_from(("", "struck", "hit")),
    "words": st.sampled_from(((), ("bus",), ("bus", "market"), ("bus", "clinic", "market"), ("bridge",))),
    "counts": st.sampled_from(((), (Count(5, "missile", fixed=True),), (EIGHT,), (Count(40, "officer"),))),
}  # fmt: skip


USUAL = {
    "kind": ("ASSAULT", "aerial"),
    "actors": ("RUS.MIL",),
    "recipients": ("UKR.CVL",),
    "mutual": False,
    "days": (0, 0, True),
    "assumed": False,
    "site": None,
    "killed": None,
    "wounded": None,
    "amounts": (),
    "hashes": (),
    "trigger": "struck",
}
"""Falls short of the threshold by half a point: any evidence besides makes it link."""


@st.composite
def pairs(draw: st.DrawFn) -> tuple[Traits, Traits]:
    """Two traits that differ from the usual and from each other in some fields at most: few random ones link."""
    rare = draw(st.lists(st.sampled_from(sorted(POOLS)), max_size=6))
    one = {**USUAL, **{name: draw(POOLS[name]) for name in rare}}
    changes = draw(st.lists(st.sampled_from(sorted(POOLS)), max_size=6))
    return traits_of(one), traits_of({**one, **{name: draw(POOLS[name]) for name in changes}})


def traits_of(told: dict[str, Any]) -> Traits:
    start, length, exact = told["days"]
    first = None if length is None else DAY + timedelta(days=start)
    last = None if first is None else first + timedelta(days=length)
    plain = {name: value for name, value in told.items() if name not in {"kind", "days"}}
    kind = {"type": told["kind"][0], "mode": told["kind"][1]}
    return replace(SHELLING, **plain, **kind, first_day=first, last_day=last, exact_day=exact and length == 0)


def finds(one: Traits, other: Traits) -> list[str]:
    """The kinds of evidence by which the first finds the second."""
    filed = set(index_keys(other))
    return [str(kind_of(key)) for key in lookup_keys(one) if key in filed]


@settings(max_examples=2000, deadline=None)
@given(pairs())
def test_what_links_is_found(pair: tuple[Traits, Traits]) -> None:
    one, other = pair
    if score(one, other) >= THRESHOLD:
        assert finds(one, other)
        assert finds(other, one)


@settings(max_examples=2000, deadline=None)
@given(pairs())
def test_parts_add_up_to_the_score(pair: tuple[Traits, Traits]) -> None:
    one, other = pair
    assert compare(sketch_of(one), sketch_of(other)) == score(one, other)


STRIKE = replace(SHELLING, type="PROTEST", mode="strike", actors=("KEN.MED",), recipients=("KEN.GOV",))


def test_what_goes_on_for_days_is_found_and_adds_up() -> None:
    third_day = DAY + timedelta(days=2)
    later = replace(STRIKE, first_day=third_day, last_day=third_day, words=("nurse", "pay", "ward"))
    first = replace(later, first_day=DAY, last_day=DAY)
    assert THRESHOLD <= score(first, later) == compare(sketch_of(first), sketch_of(later))
    assert finds(first, later)
    assert finds(later, first)


OBLAST, DEPOT = Site("UKR.07", None, None, "admin1"), Site("UKR.07.depot", None, None, "named")
NOWHERE = replace(SHELLING, site=None)
TALKS = replace(SHELLING, type="CONSULT", mode="", actors=("PER.GOV",), recipients=("CHL.GOV",), mutual=True, site=None)
EXPULSION = replace(NOWHERE, type="SANCTION", mode="expel", actors=("PER.GOV",), recipients=("CHL.GOV",))
ATTACK = replace(NOWHERE, actors=("RUS.MIL",), recipients=("UKR.CVL",), trigger="struck")
DELEGATION = replace(TALKS, actors=("USA.GOV",), recipients=("USA.GOV.x",))


@pytest.mark.parametrize(
    ("kind", "one", "other"),
    [
        ("sentence", replace(NOWHERE, hashes=("h",)), replace(NOWHERE, hashes=("h",))),
        ("cell", SHELLING, SHELLING),
        ("entity", *[replace(NOWHERE, recipients=("UKR.GOV.x",))] * 2),
        ("word", *[replace(NOWHERE, words=("bus", "market"))] * 2),
        ("count", *[replace(NOWHERE, counts=(EIGHT,))] * 2),
        ("together", TALKS, TALKS),
        ("party", DELEGATION, replace(TALKS, actors=("USA.GOV",), recipients=("ZAF.GOV",))),
        ("between", EXPULSION, EXPULSION),
        ("killed", replace(ATTACK, killed=Figure(30, 30)), replace(ATTACK, killed=Figure(21, 21))),
        ("parties", replace(TALKS, actors=("USA.GOV",), recipients=("ZAF.GOV",)), DELEGATION),
        ("admin1", SHELLING, replace(SHELLING, site=OBLAST)),
        ("within admin1", replace(SHELLING, site=OBLAST), SHELLING),
        ("killed", *[replace(NOWHERE, killed=Figure(3, 3))] * 2),
        ("wounded", *[replace(NOWHERE, wounded=Figure(3, 3), trigger="hit")] * 2),
        ("amount", *[replace(NOWHERE, amounts=((5.0, "people"),))] * 2),
        ("site", *[replace(SHELLING, site=DEPOT)] * 2),
    ],
)
def test_each_kind_of_evidence_finds_what_no_other_does(kind: str, one: Traits, other: Traits) -> None:
    assert score(one, other) >= THRESHOLD
    assert set(finds(one, other)) == {kind}


latitudes = st.floats(-90, 90)
longitudes = st.floats(-180, 180)


@settings(max_examples=1000)
@given(latitudes, longitudes, st.floats(0, NEAR_KM), st.floats(0, 360))
def test_what_is_near_lies_in_the_cells_around(lat: float, lon: float, km: float, bearing: float) -> None:
    other_lat, other_lon = moved(lat, lon, km, bearing)
    here, there = Site("UKR.07.1", lat, lon, "city"), Site("UKR.07.2", other_lat, other_lon, "city")
    if site_points(here, there) != CONTRADICTION:
        assert cell_of(other_lat, other_lon) in set(cells_near(lat, lon))
        assert cell_of(lat, lon) in set(cells_near(other_lat, other_lon))


@given(st.floats(-70, 70), longitudes)
def test_cells_are_few(lat: float, lon: float) -> None:
    assert len(set(cells_near(lat, lon))) <= 6


def moved(lat: float, lon: float, km: float, bearing: float) -> tuple[float, float]:
    """The spot so far away in this direction, along the great circle."""
    north, way, turn = math.radians(lat), km / EARTH_RADIUS_KM, math.radians(bearing)
    sine = math.sin(north) * math.cos(way) + math.cos(north) * math.sin(way) * math.cos(turn)
    goal = math.asin(max(-1.0, min(1.0, sine)))
    east = math.atan2(
        math.sin(turn) * math.sin(way) * math.cos(north), math.cos(way) - math.sin(north) * math.sin(goal)
    )
    return math.degrees(goal), (lon + math.degrees(east) + 540) % 360 - 180
