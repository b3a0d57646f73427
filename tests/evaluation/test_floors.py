"""Quality is a gate: what `make eval` prints may not fall below its floors."""

import pytest

from tests.evaluation.run import FLOORS, KEY_FLOOR, merging_share, overall


@pytest.mark.parametrize("name", FLOORS)
def test_quality_keeps_its_floor(name: str) -> None:
    assert FLOORS[name].holds(overall(name)), f"{name}: {overall(name):.3f}, floor {FLOORS[name]}"


def test_clusters_meet_under_one_merge_key() -> None:
    shared, told = merging_share()
    assert told >= 10
    assert shared / told >= KEY_FLOOR
