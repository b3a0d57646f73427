"""Decisions as editors make them: what they are anchored on, what they lead to, and what is refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from streams.editing.decisions import (
    ANCHORS,
    EditedBy,
    EditError,
    change,
    later_than,
    merge,
    split,
    suppress,
    undo,
)
from streams.editing.values import value_from
from streams.explaining.present import present_events
from streams.merging.merge import handle
from streams.merging.overrides import told_of
from streams.merging.state import MergeState
from streams.merging.tellings import Telling
from streams.records import DateWindow, Override
from tests.unit.explaining.worlds import KEY, event_of_article, state_of
from tests.unit.merging.test_events import telling
from tests.unit.simulation.workload import NOON, day_window, town

BY = EditedBy("anna", "seen", NOON)
FAR = town(9, 47.0)
HEAVY = (telling("a"), telling("b"), telling("c", place=FAR))
ABROAD = replace(telling("m"), told=replace(telling("m").told, merge_key="material|MDA"))


def decided(state: MergeState, decision: Override, offset: int = 100) -> list[tuple[list[str], bool]]:
    """The articles of each event after the decision, and whether it is suppressed."""
    handle(state, told_of(decision), offset)
    return [
        ([member.telling.told.article_id for member in event.members], event.is_suppressed)
        for event in present_events(state, KEY)
    ]


def test_an_event_is_suppressed_and_comes_back() -> None:
    state = state_of(*HEAVY)
    decision = suppress(event_of_article(state, "b"), BY)
    assert decided(state, decision) == [(["a", "b"], True), (["c"], False)]
    back = undo(decision, replace(BY, editor="ben", made=NOON + timedelta(hours=1)))
    assert (back.editor, back.id, back.withdrawn) == ("ben", decision.id, True)
    assert decided(state, back, 101) == [(["a", "b"], False), (["c"], False)]
    with pytest.raises(EditError, match="taken back already, by ben"):
        undo(back, BY)


def test_events_are_merged_and_split_again() -> None:
    state = state_of(*HEAVY)
    events = [event_of_article(state, article) for article in "ca"]
    assert decided(state, merge(events, BY)) == [(["a", "b", "c"], False)]
    merged = event_of_article(state, "a")
    parted = split(merged, ["b", "c-0"], replace(BY, made=NOON + timedelta(hours=1)))
    assert decided(state, parted, 101) == [(["a"], False), (["b", "c"], False)]


def test_a_field_is_changed() -> None:
    state = state_of(*HEAVY)
    decision = change(event_of_article(state, "a"), "date", value_from("date", "2024-03-05"), BY)
    decided(state, decision)
    event = event_of_article(state, "a").event()
    assert (event.date, event.overrides) == (
        DateWindow(day_window(4).from_, day_window(4).to, "day", "editor"),
        (decision.id,),
    )
    with pytest.raises(EditError, match="is that already"):
        change(event_of_article(state, "a"), "date", value_from("date", "2024-03-05"), BY)


def test_the_same_decision_is_one_whoever_makes_it() -> None:
    state = state_of(*HEAVY)
    event, other = event_of_article(state, "a"), event_of_article(state, "c")
    later = EditedBy("ben", "so it is", NOON + timedelta(days=3))
    assert suppress(event, BY).id == suppress(event, later).id != suppress(other, BY).id
    assert merge([event, other], BY).id == merge([other, event], later).id
    assert change(event, "negated", value=True, by=BY).id != change(event, "status", "future", BY).id


def test_a_decision_is_later_than_any_of_its_id() -> None:
    decision = suppress(event_of_article(state_of(*HEAVY), "a"), BY)
    ahead = replace(decision, made=NOON + timedelta(days=1))
    assert later_than(decision, [ahead]).made == ahead.made + timedelta(microseconds=1)
    assert later_than(ahead, [decision]) == ahead
    assert later_than(decision, [replace(ahead, id="another")]) == decision
    assert later_than(decision, [replace(ahead, made=ahead.made.replace(tzinfo=None))]).made > ahead.made


def test_few_mentions_of_different_sources_carry_a_decision() -> None:
    told: list[Telling] = [telling(f"a{number}", source="wire" if number < 4 else None) for number in range(9)]
    (event,) = present_events(state_of(*told), KEY)
    anchors = [ref.article_id for ref in suppress(event, BY).mentions]
    assert anchors == ["a0", "a4", "a5", "a6", "a7"]
    assert len(anchors) == ANCHORS


def test_what_cannot_be_decided_is_refused() -> None:
    state = state_of(*HEAVY, ABROAD)
    event, other = event_of_article(state, "a"), event_of_article(state, "c")
    (abroad,) = present_events(state, "material|MDA")
    with pytest.raises(EditError, match=r"different merge keys.*material\|UKR.*material\|MDA"):
        merge([event, abroad], BY)
    with pytest.raises(EditError, match="one event already"):
        merge([event, event], BY)
    with pytest.raises(EditError, match="no mention or article nowhere"):
        split(event, ["b", "nowhere"], BY)
    with pytest.raises(EditError, match="nothing is left"):
        split(event, ["a", "b"], BY)
    with pytest.raises(EditError, match="cannot be changed"):
        change(event, "articles", 3, BY)
    with pytest.raises(EditError, match="status"):
        change(event, "status", "perhaps", BY)
    decided(state, suppress(event, BY))
    with pytest.raises(EditError, match="suppressed already, by"):
        suppress(event_of_article(state, "a"), BY)
    with pytest.raises(EditError, match="undo that first"):
        merge([event_of_article(state, "a"), other], BY)


@pytest.mark.parametrize(
    ("field", "text", "value"),
    [
        ("type", "PROTEST", "PROTEST"),
        ("negated", "true", True),
        ("place", "null", None),
        ("casualties", '{"killed": {"min": 3, "max": 3}}', {"killed": {"min": 3, "max": 3}}),
    ],
)
def test_values_are_json_or_text(field: str, text: str, value: object) -> None:
    assert value_from(field, text) == value


@pytest.mark.parametrize(
    ("field", "text", "told"),
    [
        ("casualties", '{"killed": {"min": -5, "max": -5}}', "casualties.killed: from -5 to -5"),
        ("casualties", '{"wounded": {"min": 9, "max": 2}}', "casualties.wounded: from 9 to 2"),
        ("casualties", '{"killed": {"min": 0, "max": 10000000000000000000}}', "casualties.killed"),
        ("casualties", '{"kiled": {"min": 3, "max": 3}}', "casualties has no kiled"),
        ("casualties", '{"killed": {"min": 3, "max": 3, "civilians": true}}', "casualties has no civilians"),
        ("date", '{"from": "2024-03-05", "to": "2024-03-04"}', "ends on 2024-03-04, before it begins"),
        ("date", '{"start": "2024-03-05", "end": "2024-03-05"}', "date has no end, start"),
        ("date", "2024", "it takes a JSON object"),
        ("actors", '[{"id": "", "name": "", "text": "", "start": 0, "end": 0}]', "actors.id: '' is no id"),
        ("actors", '[{"id": "SDN", "name": "", "text": "", "start": 0, "end": 0, "side": 1}]', "actors has no side"),
        ("recipients", '[{"id": "SDN..MIL", "name": "", "text": "", "start": 0, "end": 0}]', "is no id"),
        ("place", '{"id": "UKR. ", "name": "", "country": "", "text": "", "start": 0, "end": 0}', "is no id"),
        ("place", "Kyiv", "place: it takes a JSON object"),
    ],
)
def test_a_value_that_cannot_be_of_an_event_is_refused(field: str, text: str, told: str) -> None:
    event = event_of_article(state_of(*HEAVY), "a")
    with pytest.raises(EditError) as refused:
        change(event, field, value_from(field, text), BY)
    assert told in str(refused.value)


def test_parties_are_told_by_their_ids() -> None:
    parties = value_from("actors", "SDN.MIL, SDN.REB.rapid-support-forces")
    assert [(one["id"], one["name"]) for one in parties] == [
        ("SDN.MIL", "Sudan: military"),
        ("SDN.REB.rapid-support-forces", "Rapid Support Forces"),
    ]
    changed = change(event_of_article(state_of(*HEAVY), "a"), "actors", parties, BY)
    assert changed.value == parties
    with pytest.raises(EditError, match="no id of a party"):
        value_from("actors", "the Sudanese army")
