"""The events that are there, and what has become of an id that is none now."""

from __future__ import annotations

from dataclasses import replace

from streams.explaining.explain_event import explain_event
from streams.explaining.present import FormerEvent, FrozenEvent, find, present_events
from streams.explaining.wording import absent_line, lines_of
from streams.merging.events import event_id
from streams.merging.merge import handle
from streams.records import Version
from tests.unit.explaining.worlds import KEY, event_of_article, override, present, ref, state_of
from tests.unit.merging.test_events import telling
from tests.unit.simulation.workload import day_window, town

LATER = Version("2024-04-01T00:00:00.000000Z", "d")


def test_every_event_is_found_by_its_id() -> None:
    state = state_of(telling("a"), telling("b"), telling("c", place=town(9, 47.0)))
    events = present_events(state, KEY)
    assert [len(event.members) for event in events] == [2, 1]
    assert all(present(state, event.id).members == event.members for event in events)


def test_of_many_mentions_the_first_are_told_and_the_weakest_is_named() -> None:
    state = state_of(*(telling(f"a{number}", mode="" if number == 3 else "aerial") for number in range(5)))
    explanation = explain_event(state, event_of_article(state, "a0"))
    assert [one.fit for one in explanation.told_by[1:]] != [explanation.told_by[1].fit] * 4
    lines = [line.strip() for line in lines_of(explanation, most=2)]
    assert "3 more mentions" in lines
    (weakest,) = [line for line in lines if line.startswith("the weakest")]
    assert weakest.endswith("points: a3")
    assert not any("more mentions" in line for line in lines_of(explanation))


def test_a_line_stays_a_line_and_commands_no_terminal_whatever_an_id_holds() -> None:
    odd = "\x1b[2J1\n2\u2028\x9b3"
    state = state_of(telling("a"), telling(odd))
    lines = list(lines_of(explain_event(state, event_of_article(state, odd))))
    assert not any(line.splitlines()[1:] or "\x1b" in line or "\x9b" in line for line in lines)
    assert any(" [2J1 2 3" in line for line in lines)


def test_an_event_that_lost_its_founder_to_an_earlier_one_is_in_it_now() -> None:
    state = state_of(telling("b"))
    former = event_of_article(state, "b").id
    early = replace(telling("a").told, published=day_window(-1))
    handle(state, early, 7)
    found = find(state, former)
    assert isinstance(found, FormerEvent)
    assert found.now_in is not None
    assert found.now_in.id == event_of_article(state, "a").id
    assert found.now_in.id in absent_line(found, former)


def test_what_an_article_tells_no_more_is_withdrawn() -> None:
    state = state_of(telling("a"))
    former = event_of_article(state, "a").id
    handle(state, replace(telling("a").told, mentions=(), version=LATER), 7)
    found = find(state, former)
    assert found == FormerEvent(former, "a", None, LATER.fetched)
    assert "withdrawn" in absent_line(found, former)


def test_what_is_published_and_not_told_any_more_has_expired() -> None:
    published = event_of_article(state_of(telling("a")), "a").event()
    found = find(state_of(), published.id, published)
    assert found == FrozenEvent(published)
    assert "horizon_days" in absent_line(found, published.id)
    never = event_id(KEY, "never")
    assert find(state_of(telling("a")), never) is None
    assert f"no event {never}" in absent_line(None, never)


def test_a_suppressed_event_is_there_and_says_so() -> None:
    told = telling("a"), telling("b")
    wanted = event_of_article(state_of(*told), "a").id
    state = state_of(*told, overrides=[override("suppress", "a")])
    found = present(state, wanted)
    assert found.is_suppressed
    assert f"event {wanted} (suppressed by an editor)" in lines_of(explain_event(state, found))


def test_an_event_whose_mentions_an_editor_gave_to_another_is_in_that_now() -> None:
    far = telling("b", place=town(9, 47.0))
    former = event_of_article(state_of(telling("a"), far), "b").id
    state = state_of(telling("a"), far, overrides=[override("merge", "a", "b")])
    found = find(state, former)
    assert isinstance(found, FormerEvent)
    assert found.now_in is not None
    assert found.now_in.founder.telling.told.article_id == "a"


def test_parts_of_a_split_cluster_are_events_of_their_own() -> None:
    state = state_of(
        telling("a"), telling("b"), telling("c"), overrides=[override("split", "b", apart=(ref("a"), ref("c")))]
    )
    events = present_events(state, KEY)
    assert [[m.telling.told.article_id for m in event.members] for event in events] == [["a", "c"], ["b"]]
    assert all([one.id for one in event.decisions] == ["o-split"] for event in events)
