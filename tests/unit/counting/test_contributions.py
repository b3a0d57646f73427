"""What one event adds, and to whom."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from streams.counting.contributions import contributions_of
from streams.counting.count import count_events, handle, sends_of
from streams.counting.days import count_day
from streams.counting.entry import decode_entry, encode_entry
from streams.counting.moment import Moment
from streams.counting.sums import CountState
from streams.records import Casualties, Contributions, DateWindow, Event, Figure, Party, Place

TOWN = Place("UKR.07.706483", "Kharkiv", "UKR", "Kharkiv", 0, 7, "07", "Kharkiv Oblast", 49.98, 36.25, precision="city")


def party(path: str, name: str = "name") -> Party:
    return Party(path, name, "text", 0, 4)


EVENT = Event(
    id="e1",
    revision=7,
    type="ASSAULT",
    mode="aerial",
    quad="material-conflict",
    actors=(party("RUS.MIL"),),
    recipients=(party("UKR.CVL"), party("RUS.CVL")),
    mutual=False,
    date=DateWindow(date(2024, 3, 1), date(2024, 3, 1), "day", "text"),
    place=TOWN,
    status="happened",
    negated=False,
    casualties=Casualties(killed=Figure(3, 5)),
    claimed_only=False,
    mentions=3,
    articles=3,
    sources=2,
    reports=(),
    first_seen="2024-03-02T00:00:00.000000Z",
    last_seen="2024-03-02T00:00:00.000000Z",
)


def roles(event: Event) -> dict[tuple[str, str, str], tuple[int, int]]:
    return {
        (one.kind, one.subject, one.level): (one.as_actor, one.as_recipient)
        for record in contributions_of(event)
        for one in record.contributions
    }


def test_each_level_counts_once() -> None:
    assert roles(EVENT) == {
        ("actor", "RUS", "country"): (1, 1),
        ("actor", "RUS.MIL", "sector"): (1, 0),
        ("actor", "RUS.CVL", "sector"): (0, 1),
        ("actor", "UKR", "country"): (0, 1),
        ("actor", "UKR.CVL", "sector"): (0, 1),
        ("place", "UKR", "country"): (0, 0),
        ("place", "UKR.07", "admin1"): (0, 0),
        ("place", "UKR.07.706483", "place"): (0, 0),
    }


def test_one_record_for_each_country() -> None:
    assert [(record.day, record.country, record.version) for record in contributions_of(EVENT)] == [
        ("2024-03-01", "RUS", 7),
        ("2024-03-01", "UKR", 7),
    ]


def test_mutual_parties_are_actors() -> None:
    talks = replace(
        EVENT, actors=(party("IGO.nato"),), recipients=(party("UKR.GOV.minister"),), mutual=True, place=None
    )
    assert roles(talks) == {
        ("actor", "IGO", "group"): (1, 0),
        ("actor", "IGO.nato", "entity"): (1, 0),
        ("actor", "UKR", "country"): (1, 0),
        ("actor", "UKR.GOV", "sector"): (1, 0),
        ("actor", "UKR.GOV.minister", "entity"): (1, 0),
    }


def test_a_region_has_no_admin1_and_a_metonym_is_no_place() -> None:
    bare = replace(EVENT, actors=(), recipients=())
    region = replace(TOWN, id="UKR.-.donbas", precision="region")
    assert [key[1:] for key in roles(replace(bare, place=region))] == [("UKR", "country"), ("UKR.-.donbas", "place")]
    assert not contributions_of(replace(bare, place=replace(TOWN, metonym=True)))


@pytest.mark.parametrize(
    ("changes"), [{"status": "future"}, {"status": "historical"}, {"status": "hypothetical"}, {"negated": True}]
)
def test_only_what_happened_counts(changes: dict[str, object]) -> None:
    assert contributions_of(EVENT)
    assert contributions_of(replace(EVENT, status="ongoing"))
    assert not contributions_of(replace(EVENT, **changes))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("first", "last", "day"),
    [
        ("2024-03-01", "2024-03-01", "2024-03-01"),
        ("2024-03-01", "2024-03-07", "2024-03-07"),
        ("2024-03-01", "2024-03-08", "undated"),
        ("2024-03-02", "2024-03-01", "undated"),
        (None, "2024-03-01", "undated"),
        ("2024-03-01", None, "undated"),
    ],
)
def test_day_of_a_window(first: str | None, last: str | None, day: str) -> None:
    from_, to = (date.fromisoformat(end) if end else None for end in (first, last))
    assert count_day(DateWindow(from_, to)) == day


def test_sums() -> None:
    second = replace(EVENT, id="e2", type="COERCE", sources=1, claimed_only=True, casualties=Casualties(), mentions=1)
    counts = {(count.kind, count.subject): count for count in count_events([EVENT, second])}
    russia = counts["actor", "RUS"]
    assert (russia.events, russia.mentions, russia.confirmed, russia.claimed_only, russia.killed) == (2, 4, 1, 1, 3)
    assert russia.by_type == {"ASSAULT": 1, "COERCE": 1}
    assert counts["place", "UKR.07"].name == "Kharkiv Oblast"


def test_withdrawn_and_older_records() -> None:
    state = CountState()
    (record, _) = contributions_of(EVENT)
    first = handle(state, record, Moment(10, "t10"))
    assert handle(state, record, Moment(11, "t11")).writes == {}
    empty = replace(record, version=8, contributions=())
    withdrawn = handle(state, empty, Moment(12, "t12"))
    assert withdrawn.subjects == first.subjects
    assert {send.record for send in sends_of(state, withdrawn.subjects)} == {None}
    late = handle(state, record, Moment(13, "t13"))
    assert (late.writes, late.subjects) == ({}, first.subjects)
    assert {send.record for send in sends_of(state, late.subjects)} == {None}


def test_revision_is_the_last_change_of_anything_in_the_sum() -> None:
    state = CountState()
    for offset, event in ((10, EVENT), (20, replace(EVENT, id="e2")), (30, EVENT)):
        counted = handle(state, contributions_of(event)[0], Moment(offset, f"t{offset}"))
    count = state.day_count(counted.subjects[0])
    assert count is not None
    assert (count.revision, count.updated) == (20, "t20")
    withdrawn = Contributions("e2", 40, "2024-03-01", "RUS", ())
    count = state.day_count(handle(state, withdrawn, Moment(40, "t40")).subjects[0])
    assert count is not None
    assert (count.events, count.revision, count.updated) == (1, 40, "t40")


def test_entries_survive_the_table() -> None:
    state = CountState()
    for record in contributions_of(EVENT):
        for entry in handle(state, record, Moment(3, "t3")).writes.values():
            assert decode_entry(encode_entry(entry)) == entry
