"""How a remedy is judged: stock Faust's class must still be wrong, ours right, and ours without the override wrong.

Each test drives one bad interleaving through all of them, by a `World` whose answers it holds back. A stock case that
starts to fail tells that upstream has fixed the fault.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import Any

import pytest
from faust.tables import recovery as stock_recovery
from faust.transport.drivers import aiokafka as driver

STOCK_CONSUMER, STOCK_RECOVERY = driver.Consumer, stock_recovery.Recovery


@dataclass(frozen=True)
class Variant:
    """A class under test: stock Faust's, ours, or ours without one override."""

    kind: type[Any]
    is_ours: bool
    is_stock: bool


def variants(stock: type[Any], ours: type[Any], *overrides: str) -> pytest.MarkDecorator:
    """Parametrizes `variant` over stock, ours, and ours without each of the named overrides."""
    cases = [
        pytest.param(Variant(stock, is_ours=False, is_stock=True), id="stock", marks=pytest.mark.upstream),
        pytest.param(Variant(ours, is_ours=True, is_stock=False), id="ours"),
    ]
    for name in overrides:
        cut = Variant(without(ours, stock, name), is_ours=False, is_stock=False)
        cases.append(pytest.param(cut, id=f"without {name}"))
    return pytest.mark.parametrize("variant", cases)


def without(ours: type[Any], stock: type[Any], override: str) -> type[Any]:
    """Ours with stock's method in the place of one override."""
    return type(f"{ours.__name__} without {override}", (ours,), {override: getattr(stock, override)})


def mutants(ours: type[Any], *broken: type[Any]) -> pytest.MarkDecorator:
    """Parametrizes `variant` over ours and over classes that leave a part of it out."""
    return pytest.mark.parametrize(
        "variant", [Variant(kind, is_ours=kind is ours, is_stock=False) for kind in (ours, *broken)],
        ids=["ours", *(kind.__name__ for kind in broken)],
    )  # fmt: skip


def judge(variant: Variant, outcome: Any, *, right: Any, fault: Any = None) -> None:
    """Ours gives what is right; stock still has its fault; without the override the outcome is not right."""
    if variant.is_ours:
        assert outcome == right
    elif variant.is_stock:
        assert outcome != right, "upstream seems to have fixed this: the override may go"
        assert outcome == fault, "upstream is wrong in another way than the override says"
    else:
        assert outcome != right, "this test does not see that the override is gone"


class Left(BaseException):
    """The process would have ended here."""


class Clock(asyncio.SelectorEventLoop):
    """An event loop whose clock a test can put forward, so that no time-out is waited for."""

    skipped = 0.0

    def time(self) -> float:
        return super().time() + self.skipped


async def put_clock_forward(seconds: float) -> None:
    """Everything due within `seconds` is due now, and is done."""
    loop = asyncio.get_running_loop()
    assert isinstance(loop, Clock)
    loop.skipped += seconds
    await settle()


def run(test: Callable[[], Coroutine[Any, Any, None]], variant: Variant | None = None) -> None:
    """Run a scenario. Ours without an override may also end the worker, which is not right either."""
    with asyncio.Runner(loop_factory=Clock) as runner:
        try:
            runner.run(test())
        except Left:
            if variant is None or variant.is_ours or variant.is_stock:
                raise


async def settle() -> None:
    """Let everything happen that can happen without an answer that the test holds back."""
    for _ in range(300):
        await asyncio.sleep(0)
