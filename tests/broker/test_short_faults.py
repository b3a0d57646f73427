"""A minute of random faults, three workers, both stores; `make faults` runs every scenario, and for long."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from tests.faults.run import Plan, run
from tests.faults.scenarios.workers import play_mix
from tests.faults.scene import Scenario, Scene
from tests.faults.workload import Size

pytestmark = [pytest.mark.broker, pytest.mark.faults, pytest.mark.timeout(900)]
FAULT_SECONDS = 30.0


def short_mix(scene: Scene) -> None:
    play_mix(scene, FAULT_SECONDS)


@pytest.mark.parametrize("store", ["memory", "rocksdb"])
def test_nothing_is_lost_or_doubled_under_random_faults(tmp_path: Path, store: str) -> None:
    logging.getLogger("kafka").setLevel(logging.CRITICAL)
    scenario = Scenario("short-mix", short_mix, workers=3, seconds=FAULT_SECONDS)
    result = run(Plan(scenario, store, seed=1, size=Size(documents=1000, articles=60)), tmp_path)
    assert result.has_passed, result
    assert result.faults > 0
