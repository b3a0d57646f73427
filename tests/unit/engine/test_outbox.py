"""The outbox against a log of what was acknowledged, published and finished, with the broker's answers held back."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Mapping
from typing import Any

import pytest

from streams.engine.outbox import CoalescingOutbox, Outbox, Outgoing, Output, Work


class Ledger:
    """A publisher whose acknowledgements come when the test says so, and which writes down what happens."""

    def __init__(self) -> None:
        self.published: list[bytes | None] = []
        self.finished: list[int] = []
        self.errors: list[BaseException] = []
        self.acknowledgements: list[asyncio.Future[None]] = []

    async def publish(self, record: Outgoing) -> Awaitable[Any]:
        self.published.append(record.key)
        self.acknowledgements.append(asyncio.get_running_loop().create_future())
        return self.acknowledgements[-1]

    def fail(self, error: BaseException) -> None:
        self.errors.append(error)

    def work(self, number: int, output: Output) -> Work:
        async def known() -> Output:
            return output

        async def finish() -> None:
            self.finished.append(number)

        return Work(known(), finish)


def send(key: str) -> Outgoing:
    return Outgoing("topic", key.encode(), b"value")


async def settle() -> None:
    for _ in range(20):
        await asyncio.sleep(0)


def future() -> asyncio.Future[None]:
    return asyncio.get_running_loop().create_future()


def test_state_first_outputs_second_input_last() -> None:
    async def run() -> None:
        ledger, write = Ledger(), future()
        outbox = Outbox(ledger, capacity=10)
        await outbox.put(0, ledger.work(1, Output(writes=[write], sends=[send("a")])))
        await settle()
        assert ledger.published == []
        write.set_result(None)
        await settle()
        assert ledger.published == [b"a"]
        assert ledger.finished == []
        ledger.acknowledgements[0].set_result(None)
        await settle()
        assert ledger.finished == [1]

    asyncio.run(run())


def test_an_input_without_writes_waits_for_the_writes_of_earlier_ones_in_its_partition() -> None:
    async def run() -> None:
        ledger, write = Ledger(), future()
        outbox = Outbox(ledger, capacity=10)
        await outbox.put(0, ledger.work(1, Output(writes=[write], sends=[send("a")])))
        await outbox.put(0, ledger.work(2, Output(sends=[send("b")])))
        await outbox.put(1, ledger.work(3, Output(sends=[send("c")])))
        await settle()
        assert ledger.published == [b"c"], "another partition does not wait"
        write.set_result(None)
        await settle()
        assert ledger.published == [b"c", b"a", b"b"], "both are sent before either is acknowledged"
        ledger.acknowledgements[2].set_result(None)
        await settle()
        assert ledger.finished == [], "the second is not finished before the first"

    asyncio.run(run())


def test_capacity_bounds_what_is_under_way() -> None:
    async def run() -> None:
        ledger = Ledger()
        outbox = Outbox(ledger, capacity=1)
        await outbox.put(0, ledger.work(1, Output(sends=[send("a")])))
        second = asyncio.ensure_future(outbox.put(0, ledger.work(2, Output(sends=[send("b")]))))
        await settle()
        assert not second.done()
        ledger.acknowledgements[0].set_result(None)
        await settle()
        assert second.done()

    asyncio.run(run())


@pytest.mark.parametrize("where", ["write", "publish"])
def test_a_failure_is_told_and_finishes_nothing(where: str) -> None:
    async def run() -> None:
        ledger, write = Ledger(), future()
        outbox = Outbox(ledger, capacity=10)
        await outbox.put(0, ledger.work(1, Output(writes=[write], sends=[send("a")])))
        if where == "write":
            write.set_exception(OSError("not taken"))
        else:
            write.set_result(None)
            await settle()
            ledger.acknowledgements[0].set_exception(OSError("not taken"))
        await settle()
        assert [str(error) for error in ledger.errors] == ["not taken"]
        assert ledger.finished == []

    asyncio.run(run())


def coalescing(ledger: Ledger, interval: float, *, is_draining: bool = False) -> CoalescingOutbox:
    def collect(marks: Mapping[Any, int]) -> Output:
        return Output(sends=[send(str(mark)) for mark in marks])

    return CoalescingOutbox(ledger, collect, capacity=100, interval=interval, is_draining=lambda: is_draining)


def test_a_mark_set_many_times_is_published_once_and_its_inputs_wait() -> None:
    async def run() -> None:
        ledger = Ledger()
        outbox = coalescing(ledger, 0.3)
        await outbox.put(0, ledger.work(0, Output(marks={"first": 1})))
        await settle()
        ledger.acknowledgements[0].set_result(None)
        await settle()
        for number in range(1, 6):
            await outbox.put(0, ledger.work(number, Output(marks={"x": number, "y": number})))
        await settle()
        assert ledger.published == [b"first"], "the others wait for the interval"
        await asyncio.sleep(0.6)
        assert ledger.published == [b"first", b"x", b"y"]
        assert ledger.finished == [0]
        for acknowledgement in ledger.acknowledgements[1:]:
            acknowledgement.set_result(None)
        await settle()
        assert ledger.finished == [0, 1, 2, 3, 4, 5]

    asyncio.run(run())


def test_a_batch_is_published_after_all_its_writes() -> None:
    async def run() -> None:
        ledger, write = Ledger(), future()
        outbox = coalescing(ledger, 0.01)
        await outbox.put(0, ledger.work(1, Output(marks={"x": 1}, writes=[write])))
        await asyncio.sleep(0.05)
        assert ledger.published == []
        write.set_result(None)
        await settle()
        assert ledger.published == [b"x"]

    asyncio.run(run())


def test_draining_does_not_wait_for_the_interval() -> None:
    async def run() -> None:
        ledger = Ledger()
        outbox = coalescing(ledger, 60.0, is_draining=True)
        for number in range(2):
            await outbox.put(0, ledger.work(number, Output(marks={number: 1})))
            await settle()
            ledger.acknowledgements[-1].set_result(None)
            await settle()
        assert ledger.finished == [0, 1]

    asyncio.run(run())
