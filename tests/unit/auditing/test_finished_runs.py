"""Whatever was delivered twice, late or lost in a crash: a service at rest passes its audit."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, find, given, settings
from hypothesis import strategies as st

from streams import topics
from streams.records import Override
from tests.unit.auditing.simulated_service import Service, violated
from tests.unit.simulation import rules_off as off
from tests.unit.simulation.simulated_log import Stage
from tests.unit.simulation.workload import Run, decided_runs, runs, search


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(runs(), st.integers(1, 3))
def test_the_audit_of_every_finished_run_is_clean(given_run: Run, partitions: int) -> None:
    service = Service(given_run.documents, partitions)
    service.live(given_run.seed)
    service.rest()
    assert violated(service.audit()) == {}


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(decided_runs(), st.integers(1, 3))
def test_so_is_one_with_decisions(given_run: tuple[Run, tuple[Override, ...]], partitions: int) -> None:
    told, overrides = given_run
    service = Service(told.documents, partitions)
    for override in (*overrides, *overrides[:1]):
        service.publish(topics.OVERRIDES, override.id, override)
    service.live(told.seed)
    service.rest()
    assert violated(service.audit()) == {}


@pytest.mark.filterwarnings("ignore:Generating overly large repr")
@pytest.mark.parametrize(
    ("stages", "invariants"),
    [
        pytest.param(off.instead(off.ReviseForgets), {"mentions"}, id="merge keys are forgotten"),
        pytest.param(off.instead(off.MergeWithoutFounded), {"events"}, id="event ids are forgotten"),
    ],
)
def test_a_service_without_a_delivery_rule_is_found_out(stages: tuple[type[Stage], ...], invariants: set[str]) -> None:
    def found_out(one: Run) -> bool:
        service = Service(one.documents, stages=stages)
        service.live(one.seed)
        service.rest()
        return invariants <= violated(service.audit()).keys()

    assert find(runs(), found_out, settings=search).documents
