"""The broker goes away and comes back: worker and feeder wait, say so, and go on; nothing is lost."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from streams.supervisor import environment_of
from tests.broker.bench import Bench, wait_for
from tests.broker.worlds import COUNT_TOPICS, TEXTS, article, counts_of, counts_without_broker, documents_of

pytestmark = [pytest.mark.broker, pytest.mark.faults, pytest.mark.timeout(400)]


@pytest.mark.parametrize("kill", [False, True], ids=["stopped", "killed"])
def test_worker_and_feeder_wait_for_the_broker(bench: Bench, tmp_path: Path, *, kill: bool) -> None:
    suffix = "-killed" if kill else ""
    articles = [article(f"{name}{suffix}", text=text) for name, text in TEXTS.items()]
    if not kill:
        bench.start()
    bench.wait_ready()
    if kill:
        bench.broker.kill()
    else:
        bench.broker.stop()
    file = tmp_path / "articles.jsonl"
    file.write_bytes(b"\n".join(value for _, value in articles))
    said = (tmp_path / "feeder.log").open("wb")
    feeder = subprocess.Popen(
        [sys.executable, "-m", "streams.cli", "feed", str(file)],
        env={**os.environ, **environment_of(bench.settings)}, stderr=said,
    )  # fmt: skip
    wait_for(lambda: b"waiting for it" in (tmp_path / "feeder.log").read_bytes(), "the feeder says that it waits")
    assert feeder.poll() is None
    bench.broker.start()
    bench.broker.wait_ready()
    assert feeder.wait(120) == 0
    wait_for(lambda: bench.get("/readyz")[0] == 200, "the worker is back", 120)
    bench.wait_idle(180)
    told = [article(name) for name in TEXTS] + (articles if kill else [])
    expected = counts_without_broker(documents_of(bench.settings, told))
    found = counts_of([value for topic in COUNT_TOPICS for value in bench.latest(topic).values()])
    assert found == expected
