"""The scorer's verdict on pairs."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from streams.merging.compatible import CONTRADICTION
from streams.merging.explain import Evidence, explain
from streams.merging.scorer import THRESHOLD, score
from streams.merging.traits import Site, Traits
from streams.records import Count, EventType, Figure

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
NOWHERE = replace(SHELLING, site=None)
PACT = replace(TALKS, type="AGREE", actors=("PER",), recipients=("CHL",))
EXPULSION = replace(NOWHERE, type="SANCTION", mode="expel", actors=("PER.GOV",), recipients=("CHL.GOV",))
SUMMIT = replace(TALKS, mode="multilateral", actors=("IGO.asean",), recipients=())
PRAISE = replace(TALKS, mode="visit", actors=("IGO.european-commission",))
EIGHT, FOUR = Count(8, "missile", fixed=True), Count(4, "missile", fixed=True)
AT_THE_MARKET = replace(NOWHERE, words=("bus", "market", "station"))
FIGHTERS = replace(SHELLING, actors=("BFA.REB",), recipients=("BFA.MIL",))
AGED_19, AGED_84 = Count(19, "year-old", fixed=True), Count(84, "year-old", fixed=True)
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
        pytest.param(SHELLING, {"actors": (), "recipients": ()}, id="nobody told, but town and day"),
        pytest.param(SHELLING, {"actors": ("RUS.GOV",)}, id="a government for its army"),
        pytest.param(SHELLING, {"recipients": ("UKR.MED",)}, id="civilians in a hospital"),
        pytest.param(FIGHTERS, {"actors": ("MLI.REB.x",)}, id="a group of a neighbour, not named by the other"),
        pytest.param(AT_THE_MARKET, {"words": ("bus", "station")}, id="no place, things in common"),
        pytest.param(replace(NOWHERE, counts=(EIGHT,)), {}, id="no place, eight missiles"),
        pytest.param(replace(NOWHERE, killed=Figure(12, 12)), {}, id="no place, as many dead"),
        pytest.param(replace(SHELLING, killed=Figure(12, 12)), {"killed": Figure(17, 17)}, id="a toll that grows"),
        pytest.param(SHELLING, {"site": Site("UKR.07", None, None, "admin1")}, id="the oblast of the town"),
        pytest.param(SHELLING, {"last_day": DAY + timedelta(days=2), "exact_day": False}, id="window around the day"),
        pytest.param(SHELLING, {**UNDATED, "actors": ("RUS.MIL",), "hashes": ("h",)}, id="undated, common sentence"),
        pytest.param(TALKS, {"actors": ("CHL.GOV",), "recipients": ("PER.GOV",)}, id="mutual, the other way round"),
        pytest.param(PACT, {"last_day": DAY + timedelta(days=5), "exact_day": False}, id="two agreed in that week"),
        pytest.param(EXPULSION, {}, id="one state and another, no place"),
        pytest.param(EXPULSION, {"exact_day": False, "assumed": True}, id="one state and another, day of publication"),
        pytest.param(SUMMIT, {}, id="one organisation met"),
        pytest.param(PRAISE, {"actors": ("IGO.eu",)}, id="an organisation for its commission"),
        pytest.param(
            replace(SHELLING, recipients=("UKR.CVL",), actors=("UKR.UAF",)), {"actors": ("UKR.CVL",)}, id="men, gunmen"
        ),
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
        pytest.param(SHELLING, {"recipients": ("UKR.MIL",)}, id="soldiers, not civilians"),
        pytest.param(FIGHTERS, {"actors": ("BFA.MIL",)}, id="the army, not the rebels"),
        pytest.param(AT_THE_MARKET, {"words": ("market",)}, id="no place, and one thing in common"),
        pytest.param(NOWHERE, {"actors": ("RUS.MIL.army",)}, id="no place, an army named"),
        pytest.param(replace(TALKS, type="ASSAULT"), {}, id="two who fight do so in many places"),
        pytest.param(replace(SHELLING, counts=(AGED_19,)), {"counts": (AGED_84,)}, id="a boy of 19, a man of 84"),
        pytest.param(
            replace(SHELLING, counts=(EIGHT,), recipients=()), {"counts": (FOUR,)}, id="8 missiles, 4 missiles"
        ),
        pytest.param(replace(SHELLING, killed=Figure(4, 4)), {"killed": Figure(40, 45)}, id="casualties far apart"),
        pytest.param(
            SHELLING, {"site": Site("UKR.07.2", 50.2, 36.0, "city"), "mode": "aerial"}, id="22 km away, another mode"
        ),
        pytest.param(replace(NOWHERE, actors=("RUS.MIL.army",)), {}, id="no place, an army named by both"),
        pytest.param(EXPULSION, {"actors": ("BOL.GOV",)}, id="another state did the same"),
        pytest.param(replace(EXPULSION, type="ACCUSE", mode="allege"), {}, id="governments blame each other all day"),
        pytest.param(SUMMIT, {"actors": ("IGO.eu",)}, id="another organisation met"),
        pytest.param(replace(SUMMIT, actors=("IGO.unhcr",)), {"actors": ("IGO.unicef",)}, id="two bodies of one"),
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
        words=draw(st.sampled_from(((), ("market",), ("bus", "market", "station")))),
        counts=draw(st.sampled_from(((), (AGED_19,), (AGED_84,), (EIGHT,)))),
    )


@given(traits(), traits())
def test_verdict_is_symmetric(one: Traits, other: Traits) -> None:
    assert score(one, other) == score(other, one)


@given(traits(), traits())
def test_what_explains_the_score_adds_up_to_it(one: Traits, other: Traits) -> None:
    evidence = explain(one, other)
    assert sum(part.points for part in evidence) == score(one, other)
    assert all(part.what for part in evidence)


def test_a_contradiction_is_explained_beside_what_agrees() -> None:
    far = replace(SHELLING, site=Site("UKR.12.9", 47.0, 35.0, "city"))
    parts = {part.part: part for part in explain(SHELLING, far)}
    assert parts["where"] == Evidence("where", CONTRADICTION, "UKR.07.1; UKR.12.9")
    assert parts["when"] == Evidence("when", 2.0, "2024-03-01")
    assert "counted" not in parts
