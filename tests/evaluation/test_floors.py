"""Quality is a gate: what `make eval` prints may not fall below its floors."""

import pytest

from tests.evaluation import coding_run, reading_run, stories_run
from tests.evaluation.reading_sets import SIDES
from tests.evaluation.run import FLOORS, KEY_FLOOR, LEAST_RIGHT, READING_FLOORS, merging_share, overall, right


@pytest.mark.parametrize("name", FLOORS)
def test_quality_keeps_its_floor(name: str) -> None:
    assert FLOORS[name].holds(overall(name)), f"{name}: {overall(name):.3f}, floor {FLOORS[name]}"


@pytest.mark.parametrize("name", LEAST_RIGHT)
def test_no_fewer_events_are_right(name: str) -> None:
    assert right(name) >= LEAST_RIGHT[name]


def test_clusters_meet_under_one_merge_key() -> None:
    shared, told = merging_share()
    assert told >= 10
    assert shared / told >= KEY_FLOOR


@pytest.mark.parametrize("part", reading_run.SETS)
def test_every_set_of_reading_is_there_and_has_floors(part: str) -> None:
    for side in SIDES:
        assert reading_run.measured(part, side)
    assert any(name.startswith(f"{part}:") for name in READING_FLOORS)


@pytest.mark.parametrize("name", READING_FLOORS)
def test_reading_keeps_its_floors(name: str) -> None:
    for side, floor, measure in zip(SIDES, READING_FLOORS[name], reading_run.measure(name), strict=True):
        assert floor.holds(measure.value), f"{name}: {measure} on {side}, floor {floor}"


def test_coding_of_sentences_and_toponyms_keeps_its_floors() -> None:
    assert not list(coding_run.broken())


def test_merging_of_stories_keeps_its_floors() -> None:
    assert not list(stories_run.broken())
