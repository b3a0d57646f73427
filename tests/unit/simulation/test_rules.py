"""Each delivery rule is needed: without it, the search below finds a run whose counts are wrong."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import find, given, settings

from tests.unit.simulation import rules_off as off
from tests.unit.simulation.outcome import actual_counts, expected
from tests.unit.simulation.simulated_log import STAGES, Stage, run
from tests.unit.simulation.workload import Run, runs, search

pytestmark = pytest.mark.filterwarnings("ignore:Generating overly large repr")


def wrong_run(stages: tuple[type[Stage], ...] = STAGES, *, finish_first: bool = False) -> Run:
    """A run that ends with other counts than the oracle's. Raises `NoSuchExample` when the search finds none."""

    def wrong(one: Run) -> bool:
        broker = run(one.documents, one.seed, stages, finish_first=finish_first)
        right: bool = actual_counts(broker) == expected(one.documents)["counts"]
        return not right

    return find(runs(), wrong, settings=search)


@pytest.mark.parametrize(
    "stages",
    [
        pytest.param(off.instead(off.ReviseAnyVersion), id="rule 2: versions order what is told"),
        pytest.param(off.instead(off.MergeAdds), id="rule 3: mentions replace, never add"),
        pytest.param(off.instead(off.CountAdds), id="rule 3: contributions replace, never add"),
        pytest.param(off.instead(off.ReviseForgets), id="rule 4: merge keys are kept"),
        pytest.param(off.instead(off.MergeWithoutFounded), id="rule 4: event ids are kept"),
        pytest.param(off.instead(off.MergeWithoutDays), id="rule 4: days are kept"),
        pytest.param(off.instead(off.CountWithoutEver), id="rule 4: subjects are kept"),
        pytest.param(off.instead(off.CountStoresSums), id="rule 6: one entry a thing"),
    ],
)
def test_without_the_rule_counts_go_wrong(stages: tuple[type[Stage], ...]) -> None:
    assert wrong_run(stages).documents


def test_rule_5_input_last() -> None:
    assert wrong_run(finish_first=True).documents


@pytest.mark.parametrize("stages", [off.instead(off.CountStoresSums), off.instead(off.MergeTrustsMemory), STAGES])
@settings(search, max_examples=50)
@given(one=runs())
def test_rules_about_crashes_are_not_missed_while_nothing_crashes(stages: tuple[type[Stage], ...], one: Run) -> None:
    broker = run(one.documents, one.seed, stages, finish_first=stages is STAGES, may_crash=False)
    assert actual_counts(broker) == expected(one.documents)["counts"]


@pytest.mark.parametrize(
    "break_rule",
    [
        pytest.param(off.draw_event_ids, id="rule 1: identity is content"),
        pytest.param(off.order_by_arrival, id="rule 7: events are a function of the set"),
    ],
)
def test_without_a_rule_of_merging_counts_go_wrong(
    break_rule: Callable[[pytest.MonkeyPatch], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    break_rule(monkeypatch)
    assert wrong_run().documents
