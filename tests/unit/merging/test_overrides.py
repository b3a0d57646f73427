"""Editors' decisions: what is refused, and that one is taken back also by a state that was just rebuilt."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from streams import topics
from streams.auditing.findings import INVARIANTS
from streams.merging.entry import decode_entry, encode_entry
from streams.merging.merge import handle
from streams.merging.overrides import quad_of, told_of
from streams.merging.state import MergeState
from streams.records import Event, Figure, InvalidRecordError, MentionRef, Override
from streams.revising.revise import revise
from tests.unit.auditing.simulated_service import Service, violated
from tests.unit.simulation.test_crashes import shelling
from tests.unit.simulation.workload import NOON

ONE, OTHER = MentionRef("a1", "a1-0"), MentionRef("a2", "a2-0")
SUPPRESSED = Override("o1", NOON, "material|UKR", "suppress", (ONE,), editor="desk", reason="a drill")


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"mentions": ()}, "names no mention"),
        ({"action": "merge"}, "two mentions"),
        ({"action": "split"}, "both sides"),
        ({"action": "split", "apart": (ONE,)}, "both sides"),
        ({"action": "change", "field": "articles", "value": 3}, "cannot be changed"),
        ({"action": "change", "field": "status", "value": "perhaps"}, "status"),
        ({"action": "change", "field": "casualties", "value": {"killed": {"min": -1, "max": -1}}}, "killed: from -1"),
        ({"action": "change", "field": "date", "value": {"from": "2024-03-05", "to": "2024-03-04"}}, "before it"),
        ({"merge_key": ""}, "merge key"),
    ],
)
def test_what_decides_nothing_is_refused(wrong: dict[str, Any], told: str) -> None:
    with pytest.raises(InvalidRecordError, match=told):
        told_of(replace(SUPPRESSED, **wrong))


def test_a_decision_is_taken_back_by_a_state_that_was_just_rebuilt() -> None:
    state = MergeState()
    (record,) = revise(None, shelling("a1", 0))[1]
    (event,) = [send for send in handle(state, record, 0).sends if send.topic == topics.EVENTS.name]
    suppressed = handle(state, told_of(SUPPRESSED), 1).sends
    assert [(send.key, send.record) for send in suppressed if send.topic == topics.EVENTS.name] == [(event.key, None)]
    rebuilt = MergeState(decode_entry(encode_entry(state.entry(key))) for key in state.entries)
    back = handle(rebuilt, told_of(replace(SUPPRESSED, made=NOON.replace(hour=13), withdrawn=True)), 2).sends
    assert [send.key for send in back if send.topic == topics.EVENTS.name and send.record] == [event.key]


def test_one_that_stands_is_followed_though_it_would_be_refused_now() -> None:
    state = MergeState()
    (record,) = revise(None, shelling("a1", 0))[1]
    handle(state, record, 0)
    figure = {"killed": {"min": 9, "max": 2}}
    accepted = told_of(replace(SUPPRESSED, action="change", field="mode", value="aerial"))
    former = replace(accepted.overrides[0], field="casualties", value=figure)
    sent = handle(state, replace(accepted, overrides=(former,)), 1).sends
    (event,) = [send.record for send in sent if send.topic == topics.EVENTS.name]
    assert isinstance(event, Event)
    assert event.casualties.killed == Figure(9, 2)


def test_the_audit_of_a_service_with_decisions_is_clean() -> None:
    service = Service([shelling("a1", 0), shelling("a2", 0), shelling("a3", 0)])
    moved = Override("o2", NOON, "material|UKR", "split", (OTHER,), apart=(ONE,))
    denied = Override("o3", NOON, "material|UKR", "change", (OTHER,), field="type", value="PROTEST")
    for override in (moved, denied):
        service.publish(topics.OVERRIDES, override.id, override)
    for _ in range(2):
        service.rest()
    events = list(service.broker.last_values(topics.EVENTS.name).values())
    assert sorted((event.type, event.quad, event.mentions, event.overrides) for event in events) == [
        ("ASSAULT", quad_of("ASSAULT"), 2, ("o2",)),
        ("PROTEST", quad_of("PROTEST"), 1, ("o2", "o3")),
    ]
    assert violated(service.audit()) == {}
    service.publish(topics.OVERRIDES, "o1", replace(SUPPRESSED, mentions=(OTHER,)))
    for _ in range(2):
        service.rest()
    assert len(service.broker.last_values(topics.EVENTS.name)) == 1
    assert violated(service.audit()) == {}
    assert len(service.audit()) == len(INVARIANTS)


def test_a_split_from_a_mention_that_is_gone_takes_the_named_ones_alone() -> None:
    state = MergeState()
    for number, article in enumerate(("a1", "a2", "a3")):
        (record,) = revise(None, shelling(article, 0))[1]
        handle(state, record, number)
    parted = Override("o4", NOON, "material|UKR", "split", (ONE,), apart=(MentionRef("a9", "a9-0"),))
    sent = handle(state, told_of(parted), 3).sends
    assert sorted(send.record.mentions for send in sent if isinstance(send.record, Event)) == [1, 2]
