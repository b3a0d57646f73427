"""MERGE on single records: what it writes and what it sends."""

from __future__ import annotations

from dataclasses import replace

from streams import topics
from streams.merging.entry import MentionsEntry, decode_entry, encode_entry
from streams.merging.merge import handle
from streams.merging.state import MergeState
from streams.records import Contributions, Event, Mentions, Version
from streams.stages import Decision
from tests.unit.merging.test_events import TOWN, telling


def events_of(decision: Decision[MentionsEntry]) -> dict[str, int]:
    """Number of mentions by event id; 0 for a tombstone."""
    return {
        send.key: send.record.mentions if isinstance(send.record, Event) else 0
        for send in decision.sends
        if send.topic == topics.EVENTS.name
    }


def newer(told: Mentions, **changes: object) -> Mentions:
    return replace(told, version=Version("2024-04", "c"), **changes)  # type: ignore[arg-type]


def test_two_articles_one_event() -> None:
    state = MergeState()
    first = handle(state, telling("a").told, 0)
    second = handle(state, telling("b").told, 1)
    assert list(events_of(first)) == list(events_of(second))
    assert list(events_of(second).values()) == [2]


def test_a_withdrawn_founder_leaves_the_event_to_the_next() -> None:
    state = MergeState()
    handle(state, telling("a").told, 0)
    (old,) = events_of(handle(state, telling("b").told, 1))
    decision = handle(state, newer(telling("a").told, mentions=()), 2)
    assert sorted(events_of(decision).values()) == [0, 1]
    assert events_of(decision)[old] == 0
    withdrawn = [send.record for send in decision.sends if isinstance(send.record, Contributions)]
    assert {record.version for record in withdrawn} == {2}
    assert [bool(record.contributions) for record in withdrawn if record.event_id == old] == [False, False]


def test_an_older_version_is_answered_and_not_taken() -> None:
    state = MergeState()
    handle(state, newer(telling("a").told), 0)
    before = dict(state.entries)
    decision = handle(state, replace(telling("a").told, mentions=()), 1)
    assert not decision.writes
    assert state.entries == before
    assert list(events_of(decision).values()) == [1]


def test_the_same_again_sends_the_same_and_writes_nothing() -> None:
    state = MergeState()
    told = telling("a").told
    first = handle(state, told, 5)
    again = handle(state, told, 6)
    assert not again.writes
    assert again.sends == first.sends


def test_the_version_grows_only_with_a_change() -> None:
    state = MergeState()
    (event_id,) = events_of(handle(state, telling("a").told, 5))
    handle(state, telling("b").told, 9)
    founder = state.entries["material|UKR|a"]
    assert founder.founded[event_id].version == 9
    handle(state, telling("b").told, 12)
    assert state.entries["material|UKR|a"] == founder


def test_days_are_kept_when_the_event_loses_its_country() -> None:
    state = MergeState()
    told = telling("a").told
    handle(state, told, 0)
    bare = replace(told.mentions[0], recipients=(), place=None)
    decision = handle(state, newer(told, mentions=(bare,)), 1)
    sent = {send.key: send.record for send in decision.sends if isinstance(send.record, Contributions)}
    assert sorted(sent) == ["2024-03-01|RUS", "2024-03-01|UKR"]
    ukraine = sent["2024-03-01|UKR"]
    assert ukraine is not None
    assert ukraine.contributions == ()


def test_what_is_told_anew_changes_nothing_but_the_events_of_its_article() -> None:
    state = MergeState()
    far = replace(TOWN, id="UKR.12.9", lat=47.0, lon=35.0)
    told = [telling("a").told, telling("b").told, telling("c", place=far).told]
    for offset, record in enumerate(told):
        handle(state, record, offset)
    moved = replace(told[1].mentions[0], trigger=replace(told[1].mentions[0].trigger, start=90, end=95))
    decision = handle(state, newer(told[1], mentions=(moved,), signature=(1, 2)), 3)
    assert list(events_of(decision).values()) == [2]
    away = handle(state, newer(told[1], mentions=(replace(moved, place=far),)), 4)
    assert sorted(events_of(away).values()) == [0, 1, 2] or sorted(events_of(away).values()) == [1, 2]


def test_entries_survive_the_table() -> None:
    state = MergeState()
    for offset, told in enumerate((telling("a").told, newer(telling("a").told, mentions=()))):
        for entry in handle(state, told, offset).writes.values():
            assert decode_entry(encode_entry(entry)) == entry


def test_dropped_entries_leave_no_trace() -> None:
    state = MergeState()
    handle(state, telling("a").told, 0)
    state.drop("material|UKR", ["material|UKR|a"])
    assert state.merge_keys() == []
    assert list(events_of(handle(state, telling("b").told, 1)).values()) == [1]
