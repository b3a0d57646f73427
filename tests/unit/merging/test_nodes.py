"""The index gives exactly the nodes that link, with their scores."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from streams.merging import nodes
from streams.merging.comparing import rest_points, sketch_of
from streams.merging.nodes import Node, NodeIndex
from streams.merging.scorer import THRESHOLD, score
from streams.merging.traits import Traits
from tests.unit.merging.test_index_keys import pairs
from tests.unit.merging.test_scorer import SHELLING

many = st.lists(pairs(), min_size=1, max_size=8).map(
    lambda drawn: list(dict.fromkeys(one for two in drawn for one in two))
)


@pytest.mark.parametrize("few", [1, 12])
@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(drawn=many, gone=st.integers(0, 15))
def test_what_links_is_given_with_its_score(few: int, drawn: list[Traits], gone: int) -> None:
    with pytest.MonkeyPatch.context() as small:
        small.setattr(nodes, "FEW", few)
        index = NodeIndex()
        filed = [Node(traits) for traits in drawn]
        for node in filed:
            index.add(node)
        if gone < len(filed):
            index.remove(filed.pop(gone))
        for node in map(Node, drawn):
            scores = {other: score(node.traits, other.traits) for other in filed}
            assert dict(index.linked(node)) == {one: points for one, points in scores.items() if points >= THRESHOLD}
        for node in filed:
            index.remove(node)
        assert not len(index)


@settings(max_examples=500, deadline=None)
@given(pairs())
def test_nothing_besides_the_frame_says_more_than_its_bound(pair: tuple[Traits, Traits]) -> None:
    one, other = map(sketch_of, pair)
    assert rest_points(one, other) <= min(one.most, other.most)


def test_an_entity_under_two_sectors_is_found_in_one_town(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nodes, "FEW", 1)
    index = NodeIndex()
    tellings = [replace(SHELLING, actors=("RUS.PRM.a",), trigger=trigger) for trigger in ("hit", "shelled", "struck")]
    for node in map(Node, tellings):
        index.add(node)
    found = index.linked(Node(replace(SHELLING, actors=("RUS.MIL.a",))))
    assert {one.traits.trigger for one, _ in found} == {"hit", "shelled", "struck"}
