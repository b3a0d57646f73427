"""What an event says of its tellings, and how many of them are independent."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date
from typing import Any

from streams.merging.events import MAX_REPORTS, event_of
from streams.merging.merge import merge_documents
from streams.merging.sources import independent_sources
from streams.merging.tellings import Telling, tellings_of
from streams.records import Casualties, DateWindow, Figure, Mention, Mentions, Party, Place, Span, Told, Version

DAY = DateWindow(date(2024, 3, 1), date(2024, 3, 1), "day", "text")
TOWN = Place("UKR.07.1", "Town", "UKR", "Town", 0, 4, "07", "Oblast", 50.0, 36.0, "city")
OBLAST = Place("UKR.07", "Oblast", "UKR", "Oblast", 0, 4, "07", "Oblast", precision="admin1")


def party(path: str) -> Party:
    return Party(path, path, path, 0, 1)


def telling(article_id: str, signature: tuple[int, ...] = (), source: str | None = "", **changes: Any) -> Telling:
    mention = Mention(
        id=f"{article_id}-0",
        article_id=article_id,
        type="ASSAULT",
        mode="aerial",
        quad="material-conflict",
        actors=(party("RUS.MIL"),),
        recipients=(party("UKR.CVL"),),
        mutual=False,
        date=DAY,
        place=TOWN,
        status="happened",
        negated=False,
        attributed_to=None,
        casualties=Casualties(),
        amounts=(),
        weapons=(),
        sentences=(Told(0, 9, f"sentence of {article_id}"),),
        trigger=Span(0, 5, "struck"),
        confidence=0.9,
        merge_key="material|UKR",
    )
    outlet = article_id if source == "" else source
    version = Version(f"2024-03-0{1 + len(article_id)}T00:00:00.000000Z", "c")
    mentions = (replace(mention, **changes),)
    told = Mentions(article_id, version, "material|UKR", outlet, None, DAY, signature, mentions, "coder")
    return tellings_of(told)[0]


def test_the_most_precise_date_and_place_win() -> None:
    week = DateWindow(date(2024, 2, 26), date(2024, 3, 3), "week", "text")
    assumed = DateWindow(date(2024, 3, 2), date(2024, 3, 2), "day", "published")
    event = event_of(
        [telling("a", date=week, place=OBLAST), telling("b", date=assumed, place=None), telling("c"), telling("d")]
    )
    assert (event.date, event.place) == (DAY, TOWN)
    assert event_of([telling("a", place=replace(TOWN, metonym=True))]).place is None


def test_parties_are_those_that_half_of_the_tellings_support() -> None:
    event = event_of(
        [
            telling("a", actors=(party("RUS"),)),
            telling("b", actors=(party("RUS.MIL"), party("BLR.MIL"))),
            telling("c", actors=(party("RUS.MIL"),)),
            telling("d", actors=()),
        ]
    )
    assert [actor.id for actor in event.actors] == ["RUS.MIL"]


def test_casualties_keep_the_range() -> None:
    figures = (Figure(4, 5, civilian=True), Figure(3, 3, civilian=True), None)
    event = event_of([telling(f"a{n}", casualties=Casualties(killed=figure)) for n, figure in enumerate(figures)])
    assert event.casualties == Casualties(killed=Figure(3, 5, civilian=True))


def test_claimed_only_when_one_side_alone_says_so() -> None:
    russia, ukraine = party("RUS.GOV"), party("UKR.GOV")
    claim, denial = telling("a", attributed_to=russia), telling("b", attributed_to=ukraine)
    witness = telling("c", attributed_to=None)
    assert event_of([claim]).claimed_only
    assert not event_of([claim, denial]).claimed_only
    assert not event_of([claim, witness]).claimed_only
    assert not event_of([telling("d", attributed_to=party("IGO.united-nations"))]).claimed_only


def test_first_and_last_seen_and_reports() -> None:
    many = [telling(f"a{n:03}") for n in range(MAX_REPORTS + 5)]
    event = event_of([telling("x"), *many], max_reports=MAX_REPORTS)
    assert (len(event.reports), event.articles, event.mentions) == (MAX_REPORTS, MAX_REPORTS + 6, MAX_REPORTS + 6)
    assert (event.first_seen[:10], event.last_seen[:10]) == ("2024-03-02", "2024-03-05")
    assert len(event_of(many).reports) == len(many)


def test_reprints_are_one_source() -> None:
    text = tuple(range(128))
    near, far = (*text[:103], *([0] * 25)), (*text[:102], *([0] * 26))
    assert independent_sources([telling("a", text), telling("b", near)]) == 1
    assert independent_sources([telling("a", text), telling("b", far)]) == 2
    assert independent_sources([telling("a", source="One"), telling("b", source="one")]) == 1
    sentence = (Told(0, 9, "the same"),)
    assert independent_sources([telling("a", sentences=sentence), telling("b", sentences=sentence)]) == 1
    assert independent_sources([telling("a", source=None), telling("b", source=None)]) == 2


def test_similar_texts_are_all_found() -> None:
    """The bands miss nothing: any 25 places may differ."""
    rng = random.Random(5)
    text = tuple(range(1000, 1128))
    for _ in range(200):
        changed = set(rng.sample(range(128), 25))
        other = tuple(0 if place in changed else value for place, value in enumerate(text))
        assert independent_sources([telling("a", text), telling("b", other)]) == 1


def test_nothing_in_nothing_out() -> None:
    assert merge_documents([]) == []
