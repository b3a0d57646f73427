"""The scorer's verdict on pairs, and that the index finds every pair that links."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from streams.merging.scorer import THRESHOLD, index_keys, lookup_keys, score
from streams.merging.traits import Site, Traits
from streams.records import EventType, Figure

DAY = date(2024, 3, 1)
TOWN = Site("UKR.07.1", 50.0, 36.0, "city")
SHELLING = Traits(
    type="ASSAULT",
    mode="heavy-weapons",
    quad="material-conflict",
    actors=("RUS.MIL",),
    recipients=("UKR.CVL",),
    mutual=False,
    first_day=DAY,
    last_day=DAY,
    exact_day=True,
    assumed=False,
    site=TOWN,
    status="happened",
    negated=False,
    killed=None,
    wounded=None,
    amounts=(),
    hashes=(),
    trigger="",
)
TALKS = replace(SHELLING, type="CONSULT", mode="", actors=("PER.GOV",), recipients=("CHL.GOV",), mutual=True, site=None)
NEXT_DAY = {"first_day": DAY + timedelta(days=1), "last_day": DAY + timedelta(days=1)}
UNDATED = {"first_day": None, "last_day": None, "exact_day": False}


@pytest.mark.parametrize(
    ("one", "changes"),
    [
        pytest.param(SHELLING, {}, id="all the same"),
        pytest.param(SHELLING, {"mode": ""}, id="mode not told"),
        pytest.param(SHELLING, {"mode": "drone"}, id="modes that are often confused"),
        pytest.param(SHELLING, {"recipients": ()}, id="recipient not told"),
        pytest.param(SHELLING, {"actors": ("RUS",)}, id="country for its sector"),
        pytest.param(SHELLING, {"site": Site("UKR.07.2", 50.2, 36.0, "city")}, id="22 km away"),
        pytest.param(SHELLING, {"site": Site("UKR.07", None, None, "admin1")}, id="the oblast of the town"),
        pytest.param(SHELLING, {"last_day": DAY + timedelta(days=2), "exact_day": False}, id="window around the day"),
        pytest.param(SHELLING, {**UNDATED, "actors": ("RUS.MIL",), "hashes": ("h",)}, id="undated, common sentence"),
        pytest.param(TALKS, {"actors": ("CHL.GOV",), "recipients": ("PER.GOV",)}, id="mutual, the other way round"),
    ],
)
def test_links(one: Traits, changes: dict[str, object]) -> None:
    first = replace(one, hashes=("h",)) if changes.get("hashes") else one
    assert score(first, replace(first, **changes)) >= THRESHOLD  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("one", "changes"),
    [
        pytest.param(SHELLING, {"site": Site("UKR.12.9", 47.0, 35.0, "city")}, id="far town"),
        pytest.param(SHELLING, {"site": None}, id="no place"),
        pytest.param(SHELLING, NEXT_DAY, id="the next day, told exactly"),
        pytest.param(SHELLING, {**NEXT_DAY, "exact_day": False}, id="the next day, and nothing else in common"),
        pytest.param(SHELLING, UNDATED, id="undated, and only the place in common"),
        pytest.param(SHELLING, {"status": "future"}, id="foreseen"),
        pytest.param(SHELLING, {"negated": True}, id="denied"),
        pytest.param(SHELLING, {"actors": ("UKR.MIL",)}, id="another actor"),
        pytest.param(SHELLING, {"mode": "territory"}, id="a town taken is not a strike"),
        pytest.param(SHELLING, {"type": "PROTEST", "mode": "riot"}, id="types that never merge"),
        pytest.param(TALKS, {"recipients": ("BOL.GOV",)}, id="met somebody else"),
        pytest.param(replace(SHELLING, killed=Figure(4, 4)), {"killed": Figure(40, 45)}, id="casualties far apart"),
    ],
)
def test_does_not_link(one: Traits, changes: dict[str, object]) -> None:
    assert score(one, replace(one, **changes)) < THRESHOLD  # type: ignore[arg-type]


def test_a_town_taken_may_be_a_town_left() -> None:
    taken = replace(SHELLING, mode="territory", actors=("RUS.MIL",), recipients=("UKR.MIL",), trigger="fell")
    left = replace(taken, type="RETREAT", mode="withdraw", actors=("UKR.MIL",), recipients=("RUS.MIL",))
    assert score(taken, left) >= THRESHOLD
    same_way = replace(left, actors=taken.actors, recipients=taken.recipients)
    assert score(taken, same_way) < THRESHOLD


def test_a_reprint_dated_by_its_own_publication_links() -> None:
    told = replace(SHELLING, hashes=("h",))
    reprint = replace(
        told, first_day=DAY + timedelta(days=5), last_day=DAY + timedelta(days=5), exact_day=False, assumed=True
    )
    assert score(told, reprint) >= THRESHOLD
    assert score(told, replace(reprint, hashes=())) < THRESHOLD


sites = st.sampled_from(
    (
        None,
        TOWN,
        Site("UKR.07.2", 50.2, 36.0, "city"),
        Site("UKR.07", None, None, "admin1"),
        Site("UKR.-.east", None, None, "region"),
        Site("INT.-.black-sea", 43.0, 34.0, "region"),
    )
)
paths = st.sampled_from(("RUS", "RUS.MIL", "RUS.MIL.army", "UKR", "UKR.MIL", "UKR.GOV.x", "IGO.nato", "UNK.MIL"))
parties = st.lists(paths, max_size=2, unique=True).map(lambda found: tuple(sorted(found)))
figures = st.one_of(st.none(), st.builds(Figure, st.integers(0, 30), st.integers(0, 30)))


KINDS: tuple[tuple[EventType, str], ...] = (
    ("ASSAULT", "territory"),
    ("ASSAULT", ""),
    ("RETREAT", "withdraw"),
    ("CONCEDE", ""),
)


@st.composite
def traits(draw: st.DrawFn) -> Traits:
    first, length = draw(st.integers(0, 3)), draw(st.sampled_from((0, 0, 0, 1, 6, 30, 31, 90, -1)))
    dated = draw(st.sampled_from((True, True, False)))
    kind = draw(st.sampled_from(KINDS))
    return replace(
        SHELLING,
        type=kind[0],
        mode=kind[1],
        actors=draw(parties),
        recipients=draw(parties),
        mutual=draw(st.booleans()),
        first_day=DAY + timedelta(days=first) if dated else None,
        last_day=DAY + timedelta(days=first + length) if dated or length == 0 else None,
        exact_day=draw(st.booleans()) and length == 0,
        assumed=draw(st.booleans()),
        site=draw(sites),
        killed=draw(figures),
        wounded=draw(figures),
        amounts=draw(st.sampled_from(((), ((5.0, "people"),)))),
        hashes=draw(st.sampled_from(((), ("h",), ("h", "i")))),
        trigger=draw(st.sampled_from(("", "struck"))),
    )


@given(traits(), traits())
def test_verdict_is_symmetric(one: Traits, other: Traits) -> None:
    assert score(one, other) == score(other, one)


@given(traits(), traits())
def test_index_finds_every_link(one: Traits, other: Traits) -> None:
    if score(one, other) >= THRESHOLD:
        assert set(lookup_keys(one)) & set(index_keys(other))
        assert set(lookup_keys(other)) & set(index_keys(one))
