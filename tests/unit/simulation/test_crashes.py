"""Crashes at the very moment that hurts, which a random search seldom meets: what a rule is for, one story each."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial

import pytest

from streams import topics
from streams.records import Casualties, Document, Mention, Span, Told, Version
from streams.stages import Send
from tests.unit.simulation.outcome import actual, expected
from tests.unit.simulation.rules_off import MergeTrustsMemory, MergeTrustsOffsets
from tests.unit.simulation.simulated_log import Broker, Count, CountArticles, Merge, Revise, Task
from tests.unit.simulation.workload import PLACES, day_window, party

Script = Callable[[Task], None]


def shelling(article_id: str, hour: int, *, retracted: bool = False) -> Document:
    """An article that tells one deed, the same in every article."""
    mention = Mention(
        id=f"{article_id}-0",
        article_id=article_id,
        type="ASSAULT",
        mode="heavy-weapons",
        quad="material-conflict",
        actors=(party("RUS.MIL"),),
        recipients=(party("UKR.CVL"),),
        mutual=False,
        date=day_window(0),
        place=PLACES[0],
        status="happened",
        negated=False,
        attributed_to=None,
        casualties=Casualties(),
        amounts=(),
        weapons=(),
        sentences=(Told(0, 9, article_id),),
        trigger=Span(0, 7, "shelled"),
        confidence=0.9,
        merge_key="material|UKR",
    )
    return Document(
        article_id=article_id,
        version=Version(f"2024-03-02T0{hour}:00:00.000000Z", "c1"),
        title=None,
        source=article_id,
        url=None,
        published=day_window(0),
        fetched=datetime(2024, 3, 2, hour, tzinfo=UTC),
        language="en",
        paragraphs=(),
        removed=(),
        signature=(),
        mentions=(mention,),
        coder="coder",
        retracted=retracted,
    )


def counts_are_right(documents: list[Document], merge: type[Merge], script: Script, *, outputs_first: bool) -> bool:
    """Whether all is right in the end when MERGE goes by the script and is then left in peace."""
    broker = Broker(partitions=1)
    for document in documents:
        broker.append(Send(topics.DOCUMENTS.name, document.article_id, document))
    Task(broker, Revise, 0).drain()
    task = Task(broker, merge, 0, outputs_first=outputs_first)
    script(task)
    task.drain()
    Task(broker, Count, 0).drain()
    Task(broker, CountArticles, 0).drain()
    return actual(broker) == expected(documents)


def all_of(step: Callable[[], bool]) -> None:
    while step():
        pass


def retract_and_crash(task: Task, written: Callable[[str], bool]) -> None:
    """Two articles are merged and finished; the second is withdrawn, and of that only these writes arrive."""
    for _ in range(2):
        task.read()
        all_of(task.acknowledge)
        all_of(task.send)
        task.finish()
    task.commit()
    task.read()
    task.lose(written, lambda _: False)


@pytest.mark.parametrize(
    ("forgetful", "written"),
    [
        pytest.param(MergeTrustsOffsets, lambda _: True, id="all is written and nothing sent"),
        pytest.param(
            MergeTrustsMemory, lambda key: key.endswith("|a2"), id="the memory in the founder's entry is lost"
        ),
    ],
)
def test_what_was_changed_in_events_of_others_is_found_after_a_crash(
    forgetful: type[Merge], written: Callable[[str], bool]
) -> None:
    documents = [shelling("a1", 0), shelling("a2", 0), shelling("a2", 1, retracted=True)]
    script = partial(retract_and_crash, written=written)
    assert counts_are_right(documents, Merge, script, outputs_first=False)
    assert not counts_are_right(documents, forgetful, script, outputs_first=False)


def crash_with_outputs_on_their_way(task: Task) -> None:
    """The founder is withdrawn and told again; of the writes only the founder's own arrive, of the outputs as many
    as may go: with outputs first, those of the withdrawal, which made the other article found an event.
    """
    for _ in range(2):
        task.read()
        all_of(task.acknowledge)
        all_of(task.send)
        task.finish()
    task.commit()
    task.read()
    all_of(task.send)
    task.read()
    task.lose(lambda key: key.endswith("|a1"), lambda _: False)


@pytest.mark.parametrize("outputs_first", [False, True])
def test_rule_5_state_first_outputs_second(*, outputs_first: bool) -> None:
    documents = [shelling("a1", 0), shelling("a2", 3), shelling("a1", 1, retracted=True), shelling("a1", 2)]
    right = counts_are_right(documents, Merge, crash_with_outputs_on_their_way, outputs_first=outputs_first)
    assert right is not outputs_first
