"""`make faults`: workers killed at random on a real broker, round after round; counts must equal the filters'."""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from pathlib import Path

from rich.console import Console
from rich.table import Table

from streams import codec, topics
from streams.broker import EmbeddedBroker, free_port
from streams.records import Document
from streams.settings import Settings
from streams.topic_admin import ensure_topics
from tests.broker.bench import Bench, wait_for
from tests.broker.worlds import COUNT_TOPICS, counts_of, counts_without_broker, document

DOCUMENTS = 2400


def one_round(bench: Bench, seed: int, told: list[Document]) -> tuple[int, int, float]:
    """Kill the worker several times in the middle of the work; (wrong counts, kills, seconds).

    `told` is every document sent in earlier rounds: counts are of all rounds together.
    """
    start, chance = time.monotonic(), random.Random(seed)
    documents = [document(f"{seed}-{number * 7 % 400}", number // 400, chance) for number in range(DOCUMENTS)]
    bench.send(topics.DOCUMENTS.name, [(one.article_id.encode(), codec.encode(one)) for one in documents])
    kills = 0
    while bench.lag() > 0 and kills < 4:
        bench.wait_ready()
        time.sleep(chance.uniform(0.2, 2.0))
        bench.kill_worker()
        kills += 1
        wait_for(lambda: bench.get("/readyz")[0] == 0, "the worker is gone")
    bench.wait_ready()
    bench.wait_idle(300)
    told.extend(documents)
    expected = counts_without_broker(told)
    found = counts_of([value for topic in COUNT_TOPICS for value in bench.latest(topic).values()])
    wrong = [subject for subject in expected.keys() | found.keys() if expected.get(subject) != found.get(subject)]
    return len(wrong), kills, time.monotonic() - start


def main() -> int:
    """Run the rounds and print a row for each; 1 when any count was wrong."""
    parser = argparse.ArgumentParser(prog="make faults", description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    table = Table(title=f"kill -9 of the worker, {DOCUMENTS} documents a round", title_justify="left")
    for column in ("seed", "kills", "wrong counts", "seconds"):
        table.add_column(column, justify="right")
    folder = Path(tempfile.mkdtemp(prefix="daybook-faults-"))
    broker = EmbeddedBroker(folder / "broker", free_port())
    settings = Settings(
        broker=broker.bootstrap, partitions=4, state_dir=folder, web_port=free_port(), session_timeout_seconds=6,
        coding_processes=1, log_format="json",
    )  # fmt: skip
    failures = 0
    told: list[Document] = []
    with broker:
        ensure_topics(settings)
        bench = Bench(settings, broker)
        bench.start()
        for seed in range(options.seed, options.seed + options.rounds):
            wrong, kills, seconds = one_round(bench, seed, told)
            failures += bool(wrong)
            table.add_row(str(seed), str(kills), str(wrong), f"{seconds:.0f}")
        bench.stop()
    Console().print(table)
    print(f"topics and logs are in {folder}")
    return bool(failures)


if __name__ == "__main__":
    sys.exit(main())
