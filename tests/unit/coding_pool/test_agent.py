"""The agent CODE over real coding processes: both busy with one partition, its documents in order."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from streams.agents.coding import Coding
from streams.agents.stage import Context
from streams.dead_letters import RateLimit
from streams.engine.app import App
from streams.engine.outbox import Outbox, Outgoing, Work
from streams.generations import Generation
from streams.health import Health
from streams.metrics import Metrics
from streams.pool import CodingPool, CodingUnavailableError
from streams.settings import Settings
from streams.topics import ARTICLES, DOCUMENTS, dead_letters_of

from .coders import prepare_in_vain
from .pools import pool

pytestmark = pytest.mark.timeout(60)


class Published:
    """Takes what the agent publishes; the broker acknowledges at once."""

    def __init__(self) -> None:
        self.sends: list[tuple[str, str]] = []
        self.error: BaseException | None = None
        self.ended = asyncio.Event()

    async def publish(self, record: Outgoing) -> Awaitable[None]:
        self.sends.append((record.topic, (record.value or b"").decode()))
        acknowledged: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        acknowledged.set_result(None)
        return acknowledged

    def fail(self, error: BaseException) -> None:
        self.error = error
        self.ended.set()


def message_of(value: str, offset: int) -> Any:
    return SimpleNamespace(key=b"k", value=value.encode(), timestamp=1.0, partition=0, offset=offset, headers=())


def coding_stage(coding: CodingPool, metrics: Metrics) -> Coding:
    return Coding(
        Context(App("ours"), Settings(coding_processes=2), Generation("ours"), metrics, Health(), RateLimit(100)),
        coding,
    )


async def coded(values: Sequence[str], coding: CodingPool) -> tuple[Published, list[int], Metrics]:
    """What the agent publishes for these articles of one partition, and the offsets that it finishes."""
    metrics = Metrics()
    stage = coding_stage(coding, metrics)
    published, finished = Published(), list[int]()
    outbox = Outbox(published, stage.capacity)

    def finisher(offset: int) -> Any:
        async def finish() -> None:
            finished.append(offset)
            if offset == len(values) - 1:
                published.ended.set()

        return finish

    for offset, value in enumerate(values):
        await outbox.put(0, Work(await stage.output(message_of(value, offset)), finisher(offset)))
    await published.ended.wait()
    await coding.close()
    return published, finished, metrics


def test_both_processes_are_busy_with_one_partition(tmp_path: Path) -> None:
    here, there = tmp_path / "here", tmp_path / "there"
    values = [f"meet {here},{there}", f"meet {there},{here}", "three"]  # each waits until the other is under way
    published, finished, _ = asyncio.run(coded(values, pool(2)))
    assert published.sends == [(DOCUMENTS.name, value) for value in values]
    assert finished == [0, 1, 2]


def test_documents_keep_the_order_of_their_articles(tmp_path: Path) -> None:
    mine, last = tmp_path / "mine", tmp_path / "last"
    values = [
        f"meet {mine},{last}",
        "one",
        "crash",
        "two",
        f"meet {last},{mine}",
    ]  # the first ends after the last began
    published, finished, metrics = asyncio.run(coded(values, pool(2)))
    assert [value for _, value in published.sends] == values
    letters = dead_letters_of(ARTICLES).name
    assert [topic for topic, _ in published.sends] == [DOCUMENTS.name] * 2 + [letters] + [DOCUMENTS.name] * 2
    assert finished == [0, 1, 2, 3, 4]
    assert 'daybook_coding_processes_ended_total{cause="crashed"} 3.0' in metrics.exposition().decode()


def test_the_worker_fails_when_coding_is_not_to_be_had() -> None:
    published, finished, _ = asyncio.run(coded(["one"], pool(1, prepare=prepare_in_vain)))
    assert isinstance(published.error, CodingUnavailableError)
    assert (published.sends, finished) == ([], [])


def test_an_article_that_comes_again_while_it_is_coded_is_coded_once() -> None:
    async def scenario() -> None:
        coding = pool(1)
        stage = coding_stage(coding, Metrics())
        first, again = [await stage.output(message_of("sleep 0.2", 7)) for _ in range(2)]
        assert first is again
        assert (await first).sends == (await again).sends
        later = await stage.output(message_of("sleep 0.2", 7))
        assert later is not first, "what was finished is coded again, as after any crash"
        await later
        await coding.close()

    asyncio.run(scenario())
