"""Pools with tiny coders, and what became of the articles given to them."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path

from streams.coding_process import Prepare
from streams.pool import CodingPool
from streams.settings import Settings

from .coders import prepare

LONG = 300.0
"""Seconds that no article here takes."""


def pool(
    processes: int = 2, seconds: float = LONG, prepare: Prepare = prepare, state_dir: Path = Path("unused")
) -> CodingPool:
    settings = Settings.model_construct(coding_processes=processes, article_seconds=seconds, state_dir=state_dir)
    return CodingPool(settings, prepare)


async def answers(coding: CodingPool, values: Sequence[str]) -> list[object]:
    """For each value what came back, an error or the value again; the pool is closed."""
    try:
        calls = (coding.process(None, value.encode(), 0) for value in values)
        done = await asyncio.gather(*calls, return_exceptions=True)
    finally:
        await coding.close()
    return [one if isinstance(one, BaseException) else one.document.decode() for one in done]
