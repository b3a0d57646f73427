"""What each rule of expiry is for, one story each: with the rule it ends well, without it something is lost."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

import pytest

from streams import codec, topics
from streams.agents import counting, merging
from streams.counting import closing
from streams.counting.days import UNDATED
from streams.expiring.expiry import Candidates, Swept
from streams.merging import expiry
from streams.merging.state import MergeState
from streams.records import Contribution, Contributions, DayCount, Document, Event
from streams.revising.revise import revise
from streams.stages import Send
from tests.unit.simulation.aging_log import HORIZON_DAYS, AgingTask, Timed
from tests.unit.simulation.simulated_log import Broker, Count, Merge
from tests.unit.simulation.test_crashes import shelling
from tests.unit.simulation.workload import PLACES

LATER = 2 * HORIZON_DAYS


class Trusting(AgingTask):
    """Takes what it has read for settled."""

    @property
    def settled(self) -> int:
        return self.position + 1


def feed(task: AgingTask, day: int, *documents: Document) -> None:
    for document in documents:
        for record in revise(None, document)[1]:
            task.broker.append(Send(task.stage.input, record.merge_key, Timed(codec.encode(record), day)))


def retract(task: AgingTask, day: int, document: Document) -> None:
    for record in revise(None, document)[1]:
        nothing = replace(record, mentions=())
        task.broker.append(Send(task.stage.input, record.merge_key, Timed(codec.encode(nothing), day)))


def contribute(task: AgingTask, day: int, event_id: str, counts_on: str) -> None:
    one = Contribution("actor", "RUS", "country", "Russia", 1, 0, "ASSAULT", "material-conflict", 1, 1,
                       claimed_only=False, killed=2, wounded=0)  # fmt: skip
    told = Contributions(event_id, 1, counts_on, "RUS", (one,))
    task.broker.append(Send(task.stage.input, f"{counts_on}|RUS", Timed(codec.encode(told), day)))


def elsewhere(article_id: str) -> Document:
    """Something else under the same merge key, so that time passes there."""
    document = shelling(article_id, 0)
    return replace(document, mentions=(replace(document.mentions[0], place=PLACES[3]),))


def go_on(task: AgingTask) -> None:
    """Finish and commit all that is there, one input after the other."""
    task.drain()


def events(task: AgingTask) -> list[list[str]]:
    """The articles of each published event but those elsewhere."""
    values = task.broker.last_values(topics.EVENTS.name).values()
    found = [codec.decode(Event, one.value) for one in values if one.value is not None]
    told = [[report.article_id for report in event.reports] for event in found]
    return sorted(one for one in told if not one[0].startswith("tick"))


def counted(task: AgingTask) -> int:
    """Events of the day that is asked about."""
    (one,) = task.broker.last_values(topics.ACTOR_COUNTS.name).values()
    return codec.decode(DayCount, one.value).events


def alone(state: MergeState, table: Mapping[str, bytes], looked_at: Candidates) -> Swept:
    """Each old entry goes by itself."""
    state.drop(looked_at.part, looked_at.keys)
    return Swept(dict.fromkeys(looked_at.keys))


def at_once(sweep: Callable[..., Swept]) -> Callable[..., Swept]:
    """Entries are removed with the write that says so, not behind it."""

    def swept(*given: object) -> Swept:
        found = sweep(*given)
        return replace(found, writes={**dict.fromkeys(found.leaving), **found.writes}, leaving=())

    return swept


def test_inputs_that_may_come_again_find_their_state() -> None:
    for kind, left in ((AgingTask, []), (Trusting, [["a1"]])):
        task = kind(Broker(1), Merge, 0)
        feed(task, 0, shelling("a1", 0))
        go_on(task)
        retract(task, 0, shelling("a1", 1))
        feed(task, LATER, *map(elsewhere, ("tick1", "tick2", "tick3")))
        while task.read():
            pass
        task.lose(lambda _: True, lambda _: False)
        go_on(task)
        assert events(task) == left


def partly_kept(task: AgingTask) -> list[list[str]]:
    """The founder is told again when the other telling of its event is old; then a third article tells it."""
    feed(task, 0, shelling("a1", 0), shelling("a2", 0))
    go_on(task)
    feed(task, HORIZON_DAYS, shelling("a1", 0))
    feed(task, HORIZON_DAYS + 1, *map(elsewhere, ("tick1", "tick2", "tick3")))
    go_on(task)
    feed(task, HORIZON_DAYS + 2, shelling("a3", 0))
    go_on(task)
    return events(task)


def test_the_tellings_of_an_event_go_together(monkeypatch: pytest.MonkeyPatch) -> None:
    assert partly_kept(AgingTask(Broker(1), Merge, 0)) == [["a1", "a2", "a3"]]
    monkeypatch.setattr(merging, "sweep", alone)
    assert partly_kept(AgingTask(Broker(1), Merge, 0)) == [["a1", "a3"]]


def crash_amid_removal(task: AgingTask) -> list[list[str]]:
    """Of the writes by which an event goes only the removal of its founder arrives; then a third article tells it."""
    feed(task, 0, shelling("a1", 0), shelling("a2", 0))
    go_on(task)
    feed(task, LATER, elsewhere("tick1"))
    go_on(task)
    for number in range(2, 5):
        feed(task, LATER, elsewhere(f"tick{number}"))
        task.read()
        task.lose(lambda key: key.endswith(("|a1", "tick")), lambda _: False)
        feed(task, LATER, shelling("a3", 0))
    go_on(task)
    return events(task)


def test_an_event_goes_whole_whatever_a_crash_leaves_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    right = crash_amid_removal(AgingTask(Broker(1), Merge, 0))
    assert right in ([["a1", "a2"], ["a3"]], [["a1", "a2", "a3"]])
    monkeypatch.setattr(merging, "sweep", at_once(expiry.sweep))
    assert ["a2", "a3"] in crash_amid_removal(AgingTask(Broker(1), Merge, 0))


def crash_amid_closing(task: AgingTask, counts_on: str) -> tuple[int, int]:
    """Of the writes by which a day closes only removals arrive; then one event more. Its count, and what was late."""
    for number in range(3):
        contribute(task, 0, f"e{number}", counts_on)
    go_on(task)
    contribute(task, LATER, "tick", "2024-05-05")
    go_on(task)
    contribute(task, LATER, "tick", "2024-05-05")
    task.read()
    task.lose(lambda key: key.count("|") == 2, lambda _: False)
    contribute(task, LATER, "e3", counts_on)
    go_on(task)
    values = task.broker.last_values(topics.ACTOR_COUNTS.name)
    late = sum(len(log) for log in task.broker.log(topics.LATE.name))
    return codec.decode(DayCount, values[f"{counts_on}|RUS"].value).events, late


@pytest.mark.parametrize(("counts_on", "sweep", "right"), [("2024-03-01", "close", (3, 1)), (UNDATED, "fold", (4, 0))])
def test_counts_stay_whatever_a_crash_leaves(
    counts_on: str, sweep: str, right: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert crash_amid_closing(AgingTask(Broker(1), Count, 0), counts_on) == right
    monkeypatch.setattr(counting, sweep, at_once(getattr(closing, sweep)))
    count, late = crash_amid_closing(AgingTask(Broker(1), Count, 0), counts_on)
    assert count + late < sum(right)
