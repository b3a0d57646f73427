"""`daybook why` and `daybook override` against a running service, after it, and after a replay."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from streams import topics
from streams.records import DayCount, Event
from tests.broker.bench import Bench, wait_for
from tests.broker.worlds import COUNT_TOPICS, TEXTS, article, counts_of

pytestmark = [pytest.mark.broker, pytest.mark.timeout(420)]
ANNA = ("--editor", "anna", "--reason", "as the desk saw it")
NO_EVENT = 3


def out(bench: Bench, *arguments: str) -> str:
    done = bench.daybook(*arguments)
    assert done.returncode == 0, done.stderr
    return done.stdout


def decide(bench: Bench, *arguments: str) -> str:
    """Makes a decision, waits until it is in force, and returns its id."""
    made = out(bench, "override", *arguments, *ANNA).strip()
    bench.wait_idle()
    return made


def told_by(bench: Bench, *articles: str) -> Event:
    """The published event that exactly these articles tell."""
    return min(all_told_by(bench, *articles), key=lambda event: event.id)


def all_told_by(bench: Bench, *articles: str) -> list[Event]:
    return [one for one in bench.events().values() if sorted(it.article_id for it in one.reports) == sorted(articles)]


def counts(bench: Bench) -> dict[tuple[str, str, str], DayCount]:
    return counts_of([value for topic in COUNT_TOPICS for value in bench.latest(topic).values()])


def states(bench: Bench) -> dict[str, tuple[str, list[str]]]:
    """By decision its state and the events that it is about now."""
    lines = [json.loads(line) for line in out(bench, "override", "list", "--json").splitlines()]
    return {one["decision"]["id"]: (one["state"], one["events"]) for one in lines}


@pytest.fixture(scope="module")
def served(bench: Bench) -> Iterator[Bench]:
    """A service that has counted the articles of `TEXTS`, and no decision yet."""
    bench.start()
    bench.wait_ready()
    bench.send(topics.ARTICLES.name, [article(name) for name in TEXTS])
    bench.wait_idle()
    yield bench
    bench.close()


def test_why_tells_the_mentions_that_were_joined(served: Bench) -> None:
    event = told_by(served, "shelling", "reprint")
    told = json.loads(out(served, "why", event.id, "--json"))
    assert {one["article_id"] for one in told["told_by"]} == {"shelling", "reprint"}
    assert [one["joined"] for one in told["told_by"]] == ["founds", "fits"]
    assert told["told_by"][1]["fit"] >= told["threshold"]
    assert all(sentence in TEXTS[one["article_id"]] for one in told["told_by"] for sentence in one["sentences"])
    assert all(one["sentences"] for one in told["told_by"])
    assert "Kharkiv" in out(served, "why", event.id)
    assert "sentences" in out(served, "why", event.id, "--no-text", "--json")
    missing = served.daybook("why", "0" * 20)
    assert (missing.returncode, missing.stdout) == (NO_EVENT, "")
    assert "no event" in missing.stderr


def test_a_suppressed_event_is_gone_with_its_counts_and_comes_back(served: Bench) -> None:
    event, before = told_by(served, "shelling", "reprint"), counts(served)
    assert "no decisions" in out(served, "override", "list")
    decision = decide(served, "suppress", event.id)
    assert event.id not in served.events()
    lowered = counts(served)
    assert sum(one.events for one in lowered.values()) < sum(one.events for one in before.values())
    assert "suppressed by an editor" in out(served, "why", event.id)
    assert states(served) == {decision: ("in force", [event.id])}
    assert "in force" in out(served, "override", "list")
    again = served.daybook("override", "suppress", event.id, *ANNA)
    assert (again.returncode, again.stdout) == (1, "")
    assert f"suppressed already, by {decision}" in again.stderr
    assert decide(served, "undo", decision) == decision
    assert served.events()[event.id].reports == event.reports
    assert counts(served) == before
    assert states(served) == {decision: ("withdrawn", [event.id])}
    assert decide(served, "suppress", event.id) == decision, "the same decision again is in force again"
    assert counts(served) == lowered
    decide(served, "undo", decision)
    assert counts(served) == before


def test_a_field_is_changed_and_counted_so(served: Bench) -> None:
    event = told_by(served, "shelling", "reprint")
    decide(served, "change", event.id, "date", "2026-03-01")
    assert served.events()[event.id].date.from_.isoformat() == "2026-03-01"  # type: ignore[union-attr]
    assert {day for day, _, subject in counts(served) if subject == "UKR"} >= {"2026-03-01"}
    wrong = served.daybook("override", "change", event.id, "status", "perhaps", *ANNA)
    assert (wrong.returncode, wrong.stdout) == (1, "")
    assert "status" in wrong.stderr


def test_mentions_are_told_apart_and_put_together_again(served: Bench) -> None:
    event = told_by(served, "shelling", "reprint")
    split = decide(served, "split", event.id, "--apart", "reprint")
    one, other = told_by(served, "shelling"), told_by(served, "reprint")
    assert f"held apart by an editor's decision ({split})" in out(served, "why", one.id)
    merged = decide(served, "merge", one.id, other.id)
    assert split != merged
    assert {it.article_id for it in told_by(served, "shelling", "reprint").reports} == {"shelling", "reprint"}
    gone = served.daybook("why", other.id if told_by(served, "shelling", "reprint").id == one.id else one.id)
    assert gone.returncode == NO_EVENT
    assert "is in event" in gone.stderr


def test_events_that_never_meet_are_not_merged(served: Bench) -> None:
    before = served.read(topics.OVERRIDES.name)
    done = served.daybook(
        "override", "merge", told_by(served, "shelling", "reprint").id, told_by(served, "visit").id, *ANNA
    )
    assert (done.returncode, done.stdout) == (1, "")
    assert "different merge keys" in done.stderr
    assert served.daybook("override", "suppress", "0" * 20, *ANNA).returncode == NO_EVENT
    assert "no decision" in served.daybook("override", "undo", "nowhere", *ANNA).stderr
    assert served.read(topics.OVERRIDES.name) == before


def test_a_replay_keeps_what_was_decided_and_why_reads_its_table(served: Bench) -> None:
    visit, three = told_by(served, "visit"), ("shelling", "reprint", "late")
    decision = decide(served, "suppress", visit.id)
    before = states(served)
    assert served.daybook("replay").returncode == 0
    assert states(served) == before
    assert before[decision] == ("in force", [visit.id])
    served.send(topics.ARTICLES.name, [article("late", text=TEXTS["reprint"])])
    wait_for(lambda: len(all_told_by(served, *three)) == 1, "the new generation has merged a new article")
    event = told_by(served, *three)
    told = {one["article_id"]: one for one in json.loads(out(served, "why", event.id, "--json"))["told_by"]}
    assert told.keys() == {*three}
    assert told["late"]["sentences"] == told["reprint"]["sentences"]
    links = [link for one in told.values() for link in one["one_source"]]
    assert "same sentence" in [why for link in links for why in link["why"]]
    assert "suppressed by an editor" in out(served, "why", visit.id), "it was never published by this generation"


def test_it_needs_no_worker(served: Bench) -> None:
    assert served.stop() == 0
    assert "told by" in out(served, "why", told_by(served, "shelling", "reprint", "late").id)
