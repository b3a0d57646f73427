"""How decisions stand: in force, waiting, withdrawn or refused, and what they are about now."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from rich.console import Console

from streams.commands.override import table
from streams.editing.standing import newest, standings
from streams.merging.merge import handle
from streams.merging.overrides import told_of
from streams.records import Override, Version
from tests.unit.explaining.worlds import event_of_article, override, ref, state_of
from tests.unit.merging.test_events import telling
from tests.unit.simulation.workload import NOON, town

HOUR = timedelta(hours=1)
SUPPRESSED = override("suppress", "a", "b")
REFUSED = replace(override("merge", "a"), id="o-refused")
WAITING = override("change", "c", field="negated", value=True)


def withdrawn(one: Override) -> Override:
    return replace(one, made=one.made + HOUR, withdrawn=True)


def test_each_decision_tells_how_it_stands_and_what_it_is_about() -> None:
    state = state_of(telling("a"), telling("b"), telling("c", place=town(9, 47.0)), overrides=[SUPPRESSED])
    parted = withdrawn(override("split", "c", apart=(ref("a"), ref("gone"))))
    found = standings([SUPPRESSED, REFUSED, WAITING, parted], state)
    one, other = (event_of_article(state, article).id for article in "ac")
    assert [(standing.state, [event.id for event in standing.about], standing.gone) for standing in found] == [
        ("in force", [one], 0),
        ("refused", [one], 0),
        ("waiting", [other], 0),
        ("withdrawn", [one, other], 1),
    ]


def test_one_taken_back_waits_until_a_worker_has_read_it() -> None:
    state = state_of(telling("a"), overrides=[SUPPRESSED])
    back = withdrawn(SUPPRESSED)
    assert standings([back], state)[0].state == "waiting"
    handle(state, told_of(back), 9)
    assert standings([back], state)[0].state == "withdrawn"


def test_a_decision_about_what_is_gone_is_about_nothing() -> None:
    state = state_of(telling("a"), overrides=[SUPPRESSED])
    handle(state, replace(telling("a").told, mentions=(), version=Version("2024-04-01T00:00:00.000000Z", "d")), 9)
    (standing,) = standings([SUPPRESSED], state)
    assert (standing.state, standing.about, standing.gone) == ("in force", (), 2)


def test_the_newest_record_of_an_id_and_merge_key_counts() -> None:
    back, elsewhere = withdrawn(SUPPRESSED), replace(SUPPRESSED, merge_key="material|MDA", made=NOON - HOUR)
    assert newest([back, SUPPRESSED, REFUSED, elsewhere]) == [elsewhere, REFUSED, back]


def test_a_reason_in_brackets_is_shown_as_it_is() -> None:
    shown = Console(width=200)
    with shown.capture() as captured:
        shown.print(table(standings([replace(SUPPRESSED, reason="see [bold] desk note [/x]")], state_of(telling("c")))))
    assert "see [bold] desk note [/x]" in captured.get()
    assert "expired" in captured.get()
    assert "nothing" in captured.get()
    assert "2 of its mentions are told no more" in captured.get()
