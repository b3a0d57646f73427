"""The sample articles, fed as a user feeds them: the service and the filters must agree record for record."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from streams import codec
from streams.records import DayCount
from streams.supervisor import environment_of
from tests.broker.bench import Bench
from tests.broker.worlds import bare

pytestmark = [pytest.mark.broker, pytest.mark.timeout(400)]
FILTERS = "daybook code seeds/articles | daybook merge | daybook count"


def counts(lines: bytes) -> dict[tuple[str, str, str], DayCount]:
    found = [codec.decode(DayCount, line) for line in lines.splitlines()]
    return {(count.day, count.kind, count.subject): bare(count) for count in found}


def test_counts_on_the_topics_equal_those_of_the_filters(bench: Bench) -> None:
    environment = {**os.environ, **environment_of(bench.settings)}
    daybook = f"{sys.executable} -m streams.cli"
    filtered = subprocess.run(
        ["bash", "-c", FILTERS.replace("daybook", daybook)], env=environment, capture_output=True, check=True
    )
    bench.start()
    bench.wait_ready()
    subprocess.run([*daybook.split(), "feed", "seeds/articles"], env=environment, capture_output=True, check=True)
    bench.wait_idle(300)
    command = [*daybook.split(), "counts", "--format", "json"]
    published = subprocess.run(command, env=environment, capture_output=True, check=True)
    assert len(counts(filtered.stdout)) > 100
    assert counts(published.stdout) == counts(filtered.stdout)
    assert bench.metric('daybook_articles_total{outcome="skipped"}') == 1, "one sample is in Spanish"
    assert bench.stop() == 0
