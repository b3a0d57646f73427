"""The pool with real processes, which crash, hang, refuse and are left alone."""

from __future__ import annotations

import asyncio
import os
import signal
from collections import Counter
from pathlib import Path

import pytest

from streams.coding_process import Cause, CodingProcess, Prepare, ProcessEndedError
from streams.pool import GIVEN_UP_IN_A_ROW, PREPARE_TRIES, CodingUnavailableError
from streams.records import InvalidRecordError
from streams.settings import Settings

from .coders import (
    PREPARE_SECONDS,
    prepare,
    prepare_and_die,
    prepare_in_vain,
    prepare_once_dying,
    prepare_slowly,
    wait_for,
)
from .pools import answers, pool

pytestmark = pytest.mark.timeout(60)


@pytest.mark.parametrize("doing", ["crash", "raise"])
def test_only_the_article_that_crashes_its_process_is_refused(doing: str) -> None:
    coding = pool()
    ended: list[Cause] = []
    coding.on_end(ended.append)
    slow, one, crashed, slow_too, two, invalid = asyncio.run(
        answers(coding, ["sleep 0.2", "one", doing, "sleep 0.1", "two", "invalid"])
    )
    assert [slow, one, slow_too, two] == ["sleep 0.2", "one", "sleep 0.1", "two"]
    assert isinstance(crashed, InvalidRecordError)
    assert crashed.reason == "crashes-coder"
    assert ("status 9" if doing == "crash" else "status 1") in str(crashed)
    assert isinstance(invalid, InvalidRecordError)
    assert (invalid.reason, str(invalid)) == ("too-long", "a long one")
    assert coding.ended == Counter(ended) == {"crashed": 3}


def test_only_the_article_that_hangs_is_refused() -> None:
    coding = pool(seconds=1)
    one, hung, two, three = asyncio.run(answers(coding, ["one", "hang", "two", "three"]))
    assert [one, two, three] == ["one", "two", "three"]
    assert isinstance(hung, InvalidRecordError)
    assert hung.reason == "hangs-coder"
    assert coding.ended == {"hung": 3}


def test_a_process_that_hangs_in_c_code_is_killed_too(tmp_path: Path) -> None:
    coding = pool(processes=1, seconds=1)
    hung, one = asyncio.run(answers(coding, [f"hang-locked {tmp_path}/began", "one"]))
    assert isinstance(hung, InvalidRecordError)
    assert hung.reason == "hangs-coder"
    assert one == "one"


def test_an_article_that_hangs_once_is_coded(tmp_path: Path) -> None:
    value = f"hang-once {tmp_path}/hung"
    coding = pool(seconds=1)
    assert asyncio.run(answers(coding, [value])) == [value]
    assert coding.ended == {"hung": 1}


def test_neither_loading_nor_waiting_for_others_is_charged_to_an_article() -> None:
    limit = 1.2
    assert limit < PREPARE_SECONDS
    slow = ["sleep 0.4"] * 4
    assert limit < 4 * 0.4
    coding = pool(processes=1, seconds=limit, prepare=prepare_slowly)
    assert asyncio.run(answers(coding, slow)) == slow
    assert (coding.started, coding.ended) == (1, {})


@pytest.mark.parametrize(
    ("prepare", "told"), [(prepare_and_die, "status 9"), (prepare_in_vain, "OSError: no such pipeline")]
)
def test_an_article_is_not_to_blame_when_no_process_gets_ready(prepare: Prepare, told: str) -> None:
    coding = pool(processes=1, prepare=prepare)
    (error,) = asyncio.run(answers(coding, ["one"]))
    assert isinstance(error, CodingUnavailableError)
    assert told in str(error)
    assert coding.ended == {"unprepared": PREPARE_TRIES}


def test_a_process_that_dies_once_while_loading_costs_nothing(tmp_path: Path) -> None:
    coding = pool(processes=1, prepare=prepare_once_dying, state_dir=tmp_path / "died")
    assert asyncio.run(answers(coding, ["one", "two"])) == ["one", "two"]
    assert coding.ended == {"unprepared": 1}


def test_many_crashing_articles_in_a_row_are_not_to_blame() -> None:
    errors = asyncio.run(answers(pool(), ["crash"] * (GIVEN_UP_IN_A_ROW + 1)))
    kinds = Counter(type(error) for error in errors)
    assert kinds == {InvalidRecordError: GIVEN_UP_IN_A_ROW - 1, CodingUnavailableError: 2}


def test_crashing_articles_with_a_good_one_in_between_are_to_blame() -> None:
    values = ["crash"] * (GIVEN_UP_IN_A_ROW - 1) + ["good", "crash"]
    done = asyncio.run(answers(pool(processes=1), values))
    reasons = ["crashes-coder"] * (GIVEN_UP_IN_A_ROW - 1) + ["good", "crashes-coder"]
    assert [getattr(one, "reason", one) for one in done] == reasons


def test_a_process_that_died_with_nothing_to_do_is_replaced() -> None:
    async def run() -> tuple[int, int]:
        coding = pool(processes=1)
        try:
            first = int((await coding.process(None, b"one", 0)).key)
            os.kill(first, signal.SIGKILL)
            return first, int((await coding.process(None, b"two", 0)).key)
        finally:
            await coding.close()

    first, second = asyncio.run(run())
    assert first != second


def test_the_fork_server_may_die() -> None:
    async def run() -> list[object]:
        coding = pool(processes=1)
        child = (await coding.process(None, b"one", 0)).key
        fork_server = int(Path(f"/proc/{child}/stat").read_text().rpartition(")")[2].split()[1])
        os.kill(fork_server, signal.SIGKILL)
        assert (await coding.process(None, b"two", 0)).key == child
        return await answers(coding, ["crash", "three"])

    crashed, three = asyncio.run(run())
    assert isinstance(crashed, InvalidRecordError)
    assert three == "three"


def test_signals_to_all_processes_leave_coding_to_the_worker() -> None:
    coding = pool(processes=1)
    assert asyncio.run(answers(coding, ["signals", "one"])) == ["signals", "one"]
    assert coding.ended == {}


def test_every_try_and_every_end_counts_as_activity(tmp_path: Path) -> None:
    async def run() -> list[int]:
        coding = pool(processes=1, seconds=1)
        seen = [coding.activity]
        for value in ("one", "crash", f"hang-once {tmp_path}/hung"):
            await asyncio.gather(coding.process(None, value.encode(), 0), return_exceptions=True)
            seen.append(coding.activity)
        await coding.close()
        return seen

    # One: started, ready, begun, finished. Crash: begun and dead, started and ready, twice more. Hang: as one who
    # crashed once and then was finished.
    start, one, crashed, hung = asyncio.run(run())
    assert (one - start, crashed - one, hung - crashed) == (4, 10, 8)


def test_closing_finishes_what_is_under_way_and_cancels_the_rest(tmp_path: Path) -> None:
    began, go_on = tmp_path / "began", tmp_path / "go-on"

    async def run() -> tuple[str, bool]:
        coding = pool(processes=1)
        under_way = asyncio.ensure_future(coding.process(None, f"meet {began},{go_on}".encode(), 0))
        queued = asyncio.ensure_future(coding.process(None, b"one", 0))
        await asyncio.to_thread(wait_for, began)
        closing = asyncio.ensure_future(coding.close())
        await asyncio.wait({queued})
        go_on.touch()
        await closing
        with pytest.raises(asyncio.CancelledError):
            await coding.process(None, b"two", 0)
        return (await under_way).key, queued.cancelled()

    key, is_cancelled = asyncio.run(run())
    assert is_cancelled
    assert not Path(f"/proc/{key}").exists()


def test_closing_waits_no_longer_than_told(tmp_path: Path) -> None:
    began = tmp_path / "began"

    async def run() -> bool:
        coding = pool(processes=1)
        hung = asyncio.ensure_future(coding.process(None, f"hang-locked {began}".encode(), 0))
        await asyncio.to_thread(wait_for, began)
        await coding.close(0.1)
        await asyncio.wait({hung})
        return hung.cancelled()

    assert asyncio.run(run())


def test_a_process_that_takes_no_more_of_a_large_article_is_hung() -> None:
    process = CodingProcess(Settings(), prepare)
    process.wait_prepared(PREPARE_SECONDS + 30)
    os.kill(process.pid, signal.SIGSTOP)
    with pytest.raises(ProcessEndedError) as ended:
        process.code((b"key", b"x" * 5_000_000, 0), 1.0)
    assert ended.value.cause == "hung"
    process.end()
