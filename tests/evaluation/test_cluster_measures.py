"""The measures of clusters on cases small enough to work out by hand."""

from __future__ import annotations

import pytest

from tests.evaluation.cluster_measures import b_cubed, by_pairs


def test_equal_clusters_agree_by_both() -> None:
    items = [("a", 1), ("a", 1), ("b", 2)]
    for agreement in (by_pairs(items), b_cubed(items)):
        assert (agreement.precision, agreement.recall) == (1, 1)


def test_one_telling_parted() -> None:
    items = [("a", 1), ("a", 1), ("a", 2)]
    pairs, cubed = by_pairs(items), b_cubed(items)
    assert [pairs.precision, pairs.recall] == pytest.approx([1, 1 / 3])
    assert [cubed.precision, cubed.recall] == pytest.approx([1, (2 / 3 + 2 / 3 + 1 / 3) / 3])


def test_two_events_joined() -> None:
    items = [("a", 1), ("a", 1), ("b", 1), ("b", 1)]
    pairs, cubed = by_pairs(items), b_cubed(items)
    assert [pairs.precision, pairs.recall] == pytest.approx([2 / 6, 1])
    assert [cubed.precision, cubed.recall] == pytest.approx([0.5, 1])


def test_nothing_joined_is_right_where_nothing_was_to_be() -> None:
    agreement = by_pairs([("a", 1), ("b", 2)])
    assert (agreement.precision, agreement.recall, agreement.found) == (1, 1, 0)
