"""The books of offsets: nothing is passed over, neither delivered nor committed."""

from __future__ import annotations

import random

import pytest
from faust.types import TP
from hypothesis import given
from hypothesis import strategies as st

from streams.engine.frontier import Frontier, JumpError

HERE = TP("inputs", 0)


def begun(offset: int = 5) -> Frontier:
    frontier = Frontier()
    frontier.begin(HERE, offset)
    return frontier


def test_offsets_come_one_after_the_other_and_may_come_again() -> None:
    frontier = begun()
    for offset in (5, 6, 5, 6, 7):
        frontier.deliver(HERE, offset)
    with pytest.raises(JumpError, match=r"inputs\[0\]: offset 9 was delivered where 8 must come next"):
        frontier.deliver(HERE, 9)


def test_a_jump_by_one_at_the_start_is_seen() -> None:
    with pytest.raises(JumpError, match="offset 1 was delivered where 0"):
        begun(0).deliver(HERE, 1)


def test_nothing_is_delivered_before_the_start_is_known() -> None:
    frontier = begun()
    frontier.forget(HERE)
    with pytest.raises(JumpError, match="before it is known where to start"):
        frontier.deliver(HERE, 5)


def test_a_commit_stops_before_the_first_that_is_not_finished() -> None:
    frontier = begun()
    frontier.finish(HERE, 6)
    frontier.check_commit(HERE, 5)
    with pytest.raises(JumpError, match="offset 6 would be committed, but only offsets below 5 is finished"):
        frontier.check_commit(HERE, 6)
    frontier.finish(HERE, 5)
    frontier.check_commit(HERE, 7)


def test_nothing_is_committed_for_a_partition_that_is_not_ours() -> None:
    with pytest.raises(JumpError, match="only nothing is finished"):
        Frontier().check_commit(HERE, 1)


def test_what_was_finished_in_a_former_assignment_counts_from_where_this_one_starts() -> None:
    frontier = begun(5)
    frontier.finish(HERE, 3)
    frontier.finish(HERE, 5)
    frontier.check_commit(HERE, 6)


@given(st.integers(1, 50), st.integers(0, 2**32))
def test_in_whatever_order_things_end_all_may_be_committed_when_all_have(count: int, seed: int) -> None:
    frontier, order = begun(0), list(range(count))
    random.Random(seed).shuffle(order)
    for number, offset in enumerate(order, 1):
        frontier.finish(HERE, offset)
        unfinished = min(set(order[number:]), default=count)
        frontier.check_commit(HERE, unfinished)
        with pytest.raises(JumpError):
            frontier.check_commit(HERE, unfinished + 1)
