"""A small service at rest passes its audit; break one thing, and the audit names it and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from streams import topics
from streams.auditing.findings import INVARIANTS, LATE
from streams.merging.entry import MentionsEntry, decode_entry, encode_entry
from streams.records import (
    Contributions,
    DayCount,
    Document,
    Event,
    MentionRef,
    Mentions,
    Override,
    OverrideAction,
)
from streams.revising import revise
from tests.unit.auditing.simulated_service import Service, violated
from tests.unit.simulation.test_crashes import shelling
from tests.unit.simulation.workload import PLACES, day_window

BOTH, FAR, GONE = "material|UKR|a1", "a3", "a4"
"""Entry of an event that two articles tell, an article with an event of its own, and one that was retracted."""


def elsewhere(document: Document, number: int) -> Document:
    """The same deed in a town far away, on another day."""
    moved = replace(document.mentions[0], place=PLACES[number], date=day_window(1))
    return replace(document, mentions=(moved,))


@pytest.fixture
def service() -> Service:
    told = [shelling("a1", 0), shelling("a2", 0), elsewhere(shelling(FAR, 1), 3), elsewhere(shelling(GONE, 0), 2),
            shelling(GONE, 1, retracted=True), shelling("a2", 2)]  # fmt: skip
    service = Service(told)
    service.publish(topics.OVERRIDES, "o1", decision(FAR, "change", field="claimed_only", value=True))
    service.rest()
    return service


def decision(article_id: str, action: OverrideAction, **told: Any) -> Override:
    """An editor's decision about the deed that the article tells."""
    made = datetime(2024, 3, 4, tzinfo=UTC)
    refs = (MentionRef(article_id, f"{article_id}-0"), *told.pop("more", ()))
    return Override("o1", **{"made": made, "merge_key": "material|UKR", "action": action, "mentions": refs, **told})


def last(service: Service, topic: topics.Topic, wanted: Callable[[Any], bool]) -> tuple[str, Any]:
    values = service.broker.last_values(topic.name)
    return next((key, record) for key, record in sorted(values.items()) if wanted(record))


def event(service: Service, article_id: str) -> Event:
    found: Event = last(service, topics.EVENTS, lambda one: one.reports[0].article_id == article_id)[1]
    return found


def ukraine(service: Service) -> tuple[str, DayCount]:
    return last(service, topics.ACTOR_COUNTS, lambda count: count.subject == "UKR")


def republish(service: Service, article_id: str, **changes: Any) -> None:
    changed = replace(event(service, article_id), **changes)
    service.publish(topics.EVENTS, changed.id, changed)


def recount(service: Service, **changes: Any) -> None:
    key, count = ukraine(service)
    service.publish(topics.ACTOR_COUNTS, key, replace(count, **changes))


def contribute(service: Service, **changes: Any) -> None:
    """What the event of the two articles adds comes again, changed, and is counted."""
    of_both = event(service, "a1").id
    records = [record for log in service.broker.log(topics.CONTRIBUTIONS.name) for _, record in log]
    told: Contributions = [one for one in records if one.event_id == of_both and one.country == "UKR"][-1]
    changed = replace(told, **changes)
    service.publish(topics.CONTRIBUTIONS, f"{changed.day}|{changed.country}", changed)
    service.rest()


def contribute_below_zero(service: Service) -> None:
    records = [record for log in service.broker.log(topics.CONTRIBUTIONS.name) for _, record in log]
    of_both = [one for one in records if one.event_id == event(service, "a1").id and one.country == "UKR"][-1]
    contribute(service, contributions=tuple(replace(one, killed=-1) for one in of_both.contributions))


def tell(service: Service, teller: str, **changes: Any) -> None:
    """What the article told first comes again on the mentions topic, changed, and goes all the way."""
    records = [record for log in service.broker.log(topics.MENTIONS.name) for _, record in log]
    told: Mentions = next(one for one in records if one.article_id == teller and one.mentions)
    service.publish(topics.MENTIONS, told.merge_key, replace(told, **changes))
    service.rest()


def remember(service: Service, change: Callable[[MentionsEntry], MentionsEntry]) -> None:
    changelog = service.changelog("mentions", BOTH)
    changelog[BOTH] = encode_entry(change(decode_entry(changelog[BOTH])))


def forget_digest(entry: MentionsEntry) -> MentionsEntry:
    return replace(entry, founded={key: replace(one, digest="0" * 16) for key, one in entry.founded.items()})


def forget_days(entry: MentionsEntry) -> MentionsEntry:
    return replace(entry, founded={key: replace(one, days=()) for key, one in entry.founded.items()})


def remember_another(entry: MentionsEntry) -> MentionsEntry:
    return replace(entry, founded={**entry.founded, "e" * 20: next(iter(entry.founded.values()))})


def drop(service: Service, table: str, wanted: str) -> None:
    key = next(key for key in service.entries(table) if wanted in key)
    del service.changelog(table, key)[key]


def overwrite(service: Service) -> None:
    """What a worker does that sleeps, wakes up, and does not know that another took over."""
    entry, _ = revise.revise(None, shelling("a2", 0))
    service.changelog("articles", "a2")["a2"] = revise.encode_entry(entry)


def expire_and_tell_old(service: Service) -> None:
    """What a table has removed it does not know any more, its version included."""
    drop(service, "articles", "a2")
    overwrite(service)


def bring_back(service: Service, **changes: Any) -> None:
    """The retracted event is published again."""
    of_gone = [(key, one) for log in service.broker.log(topics.EVENTS.name) for key, one in log
               if one is not None and one.reports[0].article_id == GONE]  # fmt: skip
    key, former = of_gone[-1]
    service.publish(topics.EVENTS, key, replace(former, **changes))


def misplace(service: Service, topic: topics.Topic, key: str) -> None:
    """All records of a key stand on another partition."""
    log = service.broker.log(topic.name)
    here = next(number for number, records in enumerate(log) if key in {name for name, _ in records})
    moved = [entry for entry in log[here] if entry[0] == key]
    service.withhold(topic, key)
    log[1 - here] += moved


def misplace_entry(service: Service) -> None:
    changelog = service.changelog("contributions", next(iter(service.entries("contributions"))))
    other = next(task.durable for task in service.tasks[4:6] if task.durable is not changelog)
    key = next(iter(changelog))
    other[key] = changelog[key]
    del changelog[key]


def recount_articles(service: Service, **changes: Any) -> None:
    key, count = last(service, topics.ARTICLE_COUNTS, lambda count: True)
    service.publish(topics.ARTICLE_COUNTS, key, replace(count, **changes))


STRANGER = shelling("a9", 0).mentions
FAULTS: dict[str, tuple[Callable[[Service], object], set[str]]] = {
    "an event is dropped": (lambda s: s.withhold(topics.EVENTS, event(s, FAR).id), {"one-event", "events"}),
    "an article is counted twice": (lambda s: recount_articles(s, read=9), {"article-counts"}),
    "an article counts below zero": (lambda s: recount_articles(s, skipped=-1), {"article-counts", "not-negative"}),
    "the counts of articles are lost": (
        lambda s: s.withhold(topics.ARTICLE_COUNTS, last(s, topics.ARTICLE_COUNTS, lambda count: True)[0]),
        {"article-counts"},
    ),
    "what has become of an article is lost": (lambda s: drop(s, "articles-read", FAR), {"article-counts"}),
    "an event is not withdrawn": (bring_back, {"one-event", "events"}),
    "an event comes back from before it was withdrawn": (
        lambda s: bring_back(s, revision=-1), {"one-event", "events", "versions-grow"}
    ),
    "an event counts too many": (lambda s: republish(s, "a1", mentions=5), {"events"}),
    "an event counts below zero": (lambda s: republish(s, "a1", sources=-1), {"events", "not-negative"}),
    "an event goes back": (lambda s: republish(s, "a1", revision=-1), {"events", "versions-grow"}),
    "an event lists a mention of another": (
        lambda s: republish(s, "a1", reports=(*event(s, "a1").reports, *event(s, FAR).reports)),
        {"events", "one-event"},
    ),
    "a contribution has no event": (lambda s: contribute(s, event_id="f" * 20), {"contributions"}),
    "an event adds on a day that is not its own": (lambda s: contribute(s, day="2024-01-01"), {"contributions"}),
    "an event adds nothing": (lambda s: contribute(s, contributions=()), {"contributions"}),
    "a contribution is below zero": (contribute_below_zero, {"contributions", "not-negative"}),
    "a contribution goes back": (lambda s: contribute(s, version=-1), {"versions-grow"}),
    "a contribution is lost": (lambda s: drop(s, "contributions", f"|UKR|{event(s, FAR).id}"),
                               {"contributions", "counts"}),
    "a count is wrong": (lambda s: recount(s, events=9), {"counts"}),
    "a count has another name": (lambda s: recount(s, name="Ukrainia"), {"counts"}),
    "a count is below zero": (lambda s: recount(s, killed=-2), {"counts", "not-negative"}),
    "a count goes back": (lambda s: recount(s, revision=-1), {"counts", "versions-grow"}),
    "a count is dropped": (lambda s: s.publish(topics.ACTOR_COUNTS, ukraine(s)[0], None), {"counts"}),
    "a count is of nothing": (
        lambda s: s.publish(topics.ACTOR_COUNTS, "1999-01-01|UKR", replace(ukraine(s)[1], day="1999-01-01")),
        {"counts"},
    ),
    "mentions of an old version come again": (lambda s: tell(s, "a2"), {"versions-grow"}),
    "nobody told what is merged": (lambda s: tell(s, "a1", article_id="a9", mentions=STRANGER), {"mentions"}),
    "a document is not revised": (lambda s: s.feed(shelling("a1", 5)), {"articles"}),
    "a document is unknown": (lambda s: s.feed(shelling("a8", 0)), {"articles"}),
    "an article is forgotten": (lambda s: drop(s, "articles", "a2"), {"article-counts", "articles", "mentions"}),
    "an older article is written over a newer": (
        overwrite, {"article-counts", "articles", "mentions", "versions-grow"}
    ),
    "an article is told anew, older, after its entry is gone": (
        expire_and_tell_old, {"article-counts", "articles", "mentions"}
    ),
    "what an article tells is lost": (lambda s: drop(s, "mentions", FAR),
                                      {"mentions", "one-event", "events", "contributions"}),
    "an event is remembered otherwise": (lambda s: remember(s, forget_digest), {"memory"}),
    "a day is not remembered": (lambda s: remember(s, forget_days), {"memory"}),
    "an event that is none is remembered": (lambda s: remember(s, remember_another), {"memory"}),
    "an event does not decode": (lambda s: s.publish(topics.EVENTS, "e" * 20, b"{torn"), {"decodes"}),
    "an event has no fields": (lambda s: s.publish(topics.EVENTS, "e" * 20, b'{"revision": 1}'), {"decodes"}),
    "a document does not decode": (lambda s: s.publish(topics.DOCUMENTS, "a7", b'{"article_id": 7}'), {"decodes"}),
    "an entry does not decode": (
        lambda s: s.changelog("mentions", BOTH).update({"material|UKR|a7": b"{}"}),
        {"decodes"},
    ),
    "a count tells another key": (
        lambda s: s.publish(topics.ACTOR_COUNTS, "1999-01-01|UKR", ukraine(s)[1]), {"decodes", "counts"}
    ),
    "an event is on another partition": (lambda s: misplace(s, topics.EVENTS, event(s, "a1").id), {"placed"}),
    "a count is on another partition": (lambda s: misplace(s, topics.ACTOR_COUNTS, ukraine(s)[0]), {"placed"}),
    "an entry is on another partition": (misplace_entry, {"placed"}),
}  # fmt: skip


def test_a_service_at_rest_passes_and_everything_was_looked_at(service: Service) -> None:
    findings = service.audit()
    assert violated(findings) == {}
    assert [finding.invariant for finding in findings] == list(INVARIANTS)
    assert [finding.invariant for finding in findings if not finding.checked] == [LATE]  # nothing is late here


@pytest.mark.parametrize(("fault", "invariants"), FAULTS.values(), ids=FAULTS)
def test_a_fault_is_named(service: Service, fault: Callable[[Service], object], invariants: set[str]) -> None:
    fault(service)
    assert violated(service.audit()).keys() == invariants


def test_a_violation_says_what_was_expected_and_what_is_there(service: Service) -> None:
    recount(service, events=9, killed=3)
    (finding,) = [finding for finding in service.audit() if finding.violated]
    (violation,) = finding.first
    assert violation.subject == f"actor {ukraine(service)[0]}"
    assert violation.expected == "events 1, killed 0"
    assert violation.there == "events 9, killed 3"


def test_the_first_violations_are_kept_and_all_are_counted(service: Service) -> None:
    for key in service.broker.last_values(topics.ACTOR_COUNTS.name):
        service.publish(topics.ACTOR_COUNTS, key, None)
    (finding,) = [finding for finding in service.audit(limit=2) if finding.violated]
    assert len(finding.first) == 2
    assert finding.violated == len({key for log in service.broker.log(topics.ACTOR_COUNTS.name) for key, _ in log}) > 2


def test_what_the_topics_no_longer_keep_is_not_missed(service: Service) -> None:
    for topic in topics.INPUTS:
        for log in service.broker.log(topic.name) if topic.retention_ms > 0 else ():
            log.clear()
    assert violated(service.audit()) == {}


def test_an_event_with_more_reports_than_it_lists_is_known_by_its_numbers() -> None:
    service = Service([shelling(f"a{number}", 0) for number in range(101)])
    service.rest()
    assert violated(service.audit()) == {}
    republish(service, "a0", mentions=100)
    assert violated(service.audit()).keys() == {"events"}
