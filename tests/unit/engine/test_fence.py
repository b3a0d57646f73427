"""The fence of a changelog: two writers are told apart, and the newer owner's entries win."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from streams.engine.fence import EPOCH_HEADER, MARK_KEY, Fence, TakenError, epoch_headers, epoch_of


def record(key: str | bytes, value: str | None, epoch: int | None) -> Any:
    headers = () if epoch is None else tuple(epoch_headers(epoch).items())
    raw = key.encode() if isinstance(key, str) else key
    return SimpleNamespace(key=raw, value=None if value is None else value.encode(), headers=headers)


def mark(epoch: int) -> Any:
    return record(MARK_KEY, "someone", epoch)


def test_entries_count_in_their_order_and_marks_are_none() -> None:
    fence = Fence()
    told = [mark(1), record("a", "1", 1), record("a", None, 1), mark(2), record("b", "2", 2)]
    assert fence.admit(told) == [("a", b"1"), ("a", None), ("b", b"2")]
    assert (fence.epoch, fence.overwritten) == (2, set())


def test_what_a_former_owner_writes_after_it_was_replaced_does_not_count() -> None:
    fence = Fence()
    told = [mark(1), record("a", "old", 1), mark(2), record("a", "new", 2), record("a", "older", 1), mark(1)]
    assert fence.admit(told) == [("a", b"old"), ("a", b"new")]
    assert fence.overwritten == {"a"}, "the next owner must write it again"


def test_an_entry_that_its_owner_wrote_again_is_not_overwritten_any_more() -> None:
    fence = Fence()
    told = [mark(2), record("a", "new", 2), record("a", "older", 1), record("a", "newer", 2)]
    assert fence.admit(told)[-1] == ("a", b"newer")
    assert not fence.overwritten


def test_entries_from_before_there_were_epochs_count() -> None:
    assert Fence().admit([record("a", "1", None)]) == [("a", b"1")]
    assert epoch_of(None) == epoch_of(()) == epoch_of([("other", b"7")]) == 0
    assert epoch_of([("other", b"7"), (EPOCH_HEADER, b"12")]) == 12


def test_writes_of_the_owner_follow_each_other() -> None:
    fence = Fence()
    fence.take_over(10)
    assert [fence.acknowledge(offset, 1) for offset in (10, 11, 12)] == [True, True, True]
    with pytest.raises(TakenError, match="offset 14 where 13 must come next"):
        fence.acknowledge(14, 1)


def test_a_mark_behind_another_owners_mark_shows_him() -> None:
    fence = Fence()
    fence.take_over(10)
    with pytest.raises(TakenError, match="offset 11 where 10"):
        fence.acknowledge(11, 1)


def test_a_write_whose_place_the_broker_cannot_tell_proves_nothing() -> None:
    fence = Fence()
    fence.take_over(10)
    with pytest.raises(TakenError, match="could not tell"):
        fence.acknowledge(-1, 1)


def test_late_answers_to_writes_of_a_former_time_mean_nothing() -> None:
    fence = Fence(epoch=1)  # as after a rebalance: what the store includes is known, and nothing is owned yet
    assert not fence.acknowledge(10, 1)
    fence.take_over(20)
    assert not fence.acknowledge(11, 1)
    assert fence.acknowledge(20, 2)


def test_a_changelog_that_begins_again_is_not_the_one_that_is_owned() -> None:
    fence = Fence()
    fence.take_over(10)
    with pytest.raises(TakenError, match="offset 0 where 10"):
        fence.acknowledge(0, 1)


@st.composite
def races(draw: st.DrawFn) -> list[Any]:
    """A log of owners that follow each other, with writes of replaced ones strewn behind."""
    log: list[Any] = []
    for epoch in range(1, draw(st.integers(2, 4)) + 1):
        log.append(mark(epoch))
        for _ in range(draw(st.integers(0, 5))):
            writer = draw(st.integers(1, epoch))
            log.append(record(draw(st.sampled_from("abc")), f"{len(log)} by {writer}", writer))
    return log


@given(races(), st.integers(0, 30))
def test_recovery_sees_what_the_rightful_owners_saw_however_the_log_is_cut_into_batches(
    log: list[Any], cut: int
) -> None:
    rightful: dict[str, bytes] = {}
    current, last_writer = 0, dict.fromkeys("abc", 0)
    for one in log:
        writer = epoch_of(one.headers)
        current = max(current, writer)
        if one.key != MARK_KEY:
            last_writer[one.key.decode()] = 1 if writer == current else -1
            if writer == current:
                rightful[one.key.decode()] = one.value
    fence = Fence()
    recovered = dict([*fence.admit(log[:cut]), *fence.admit(log[cut:])])
    assert recovered == rightful
    assert fence.overwritten == {key for key, last in last_writer.items() if last < 0}
