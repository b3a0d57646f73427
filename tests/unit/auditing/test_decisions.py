"""Editors' decisions in an audit: the small service at rest with some of every kind, and one thing broken."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from streams import topics
from streams.merging.entry import decode_entry, encode_entry
from streams.merging.overrides import ARTICLE_PREFIX, told_of
from streams.records import DateWindow, MentionRef, Override, Report
from tests.unit.auditing.simulated_service import Service, violated
from tests.unit.auditing.test_violations import FAR, decision, drop, elsewhere, event, republish
from tests.unit.simulation.test_crashes import shelling

HIDDEN, PARTED = "a5", (MentionRef("a2", "a2-0"),)
"""An article whose event is suppressed, and one that tells the same as article a1."""
EARLY, LATE = datetime(2024, 3, 1, tzinfo=UTC), datetime(2024, 3, 9, tzinfo=UTC)
CHANGED = decision(FAR, "change", field="claimed_only", value=True)
SUPPRESSED = replace(decision(HIDDEN, "suppress"), id="o2")
MERGED = replace(decision("a1", "merge", more=(MentionRef(FAR, f"{FAR}-0"),)), id="o3")
SPLIT = replace(decision("a1", "split", apart=PARTED), id="o4")


@pytest.fixture
def service() -> Service:
    service = Service([shelling("a1", 0), shelling("a2", 0), elsewhere(shelling(FAR, 1), 3),
                       elsewhere(shelling(HIDDEN, 0), 1)])  # fmt: skip
    decide(service, CHANGED, SUPPRESSED)
    return service


def decide(service: Service, *decisions: Override) -> None:
    for one in decisions:
        service.publish(topics.OVERRIDES, one.id, one)
    service.rest()


def decide_and_bring_back(service: Service, article_id: str, decided: Override) -> None:
    """The article's event is published again as it was before the decision."""
    former = event(service, article_id)
    decide(service, decided)
    service.publish(topics.EVENTS, former.id, replace(former, revision=former.revision + 100))


def decide_unasked(service: Service, decided: Override) -> None:
    """MERGE is told a decision that is not on the editors' topic."""
    service.publish(topics.MENTIONS, decided.merge_key, told_of(decided))
    service.rest()


def show_suppressed(service: Service) -> None:
    report = Report(HIDDEN, f"{HIDDEN}-0", None, None, DateWindow())
    shown = replace(event(service, FAR), id="d" * 20, reports=(report,))
    service.publish(topics.EVENTS, shown.id, shown)


def overwrite(service: Service) -> None:
    """An older decision is written to the table, by a worker that does not know the newer one."""
    key = f"material|UKR|{ARTICLE_PREFIX}{SUPPRESSED.id}"
    changelog = service.changelog("mentions", key)
    older = told_of(replace(SUPPRESSED, made=EARLY))
    changelog[key] = encode_entry(replace(decode_entry(changelog[key]), told=older))


FAULTS: dict[str, tuple[Callable[[Service], object], set[str]]] = {
    "a decision is lost": (
        lambda s: drop(s, "mentions", f"{ARTICLE_PREFIX}{SUPPRESSED.id}"),
        {"overrides", "one-event", "events", "memory", "contributions"},
    ),
    "a decision did not come": (lambda s: s.publish(topics.OVERRIDES, MERGED.id, MERGED), {"overrides"}),
    "a decision is not taken back": (
        lambda s: s.publish(topics.OVERRIDES, SUPPRESSED.id, replace(SUPPRESSED, made=LATE, withdrawn=True)),
        {"overrides"},
    ),
    "nobody decided what is followed": (lambda s: decide_unasked(s, MERGED), {"overrides"}),
    "an older decision is written over a newer": (overwrite, {"overrides", "versions-grow"}),
    "a suppressed event is published": (show_suppressed, {"one-event", "events"}),
    "a changed event is as it was": (lambda s: republish(s, FAR, claimed_only=False), {"events"}),
    "an event that was merged is left": (lambda s: decide_and_bring_back(s, FAR, MERGED), {"one-event", "events"}),
    "an event that was split is whole": (lambda s: decide_and_bring_back(s, "a1", SPLIT), {"one-event", "events"}),
}


@pytest.mark.parametrize(("fault", "invariants"), FAULTS.values(), ids=FAULTS)
def test_a_fault_is_named(service: Service, fault: Callable[[Service], object], invariants: set[str]) -> None:
    assert violated(service.audit()) == {}
    fault(service)
    assert violated(service.audit()).keys() == invariants


def test_decisions_of_every_kind_are_followed(service: Service) -> None:
    decide(service, MERGED, SPLIT)
    assert violated(service.audit()) == {}


def test_decisions_that_come_again_and_late_are_no_violation(service: Service) -> None:
    back = replace(CHANGED, made=LATE, withdrawn=True)
    decide(service, replace(SUPPRESSED, made=EARLY), SUPPRESSED, back, back, CHANGED)
    service.publish(topics.OVERRIDES, "torn", b"{torn")  # a dead letter
    assert violated(service.audit()) == {}
