"""One small job in stock Faust and in ours, and the process that runs either; `python -m tests.benchmarks.engine_jobs`.

For each record of `bench.input` the job reads and writes one entry of a table with a changelog and sends one record
to an output topic. Both decode and encode the same JSON by the same functions. Stock Faust has raw bytes in its topics
and its table, which is the fastest that it can be told to do, and every option of our app that it knows.
"""

from __future__ import annotations

import argparse
import asyncio
import cProfile
import signal
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import faust
import orjson

from streams.agents.stage import Context
from streams.agents.table_stage import DecodedEntries, TableStage
from streams.app import engine_app, faust_options
from streams.dead_letters import RateLimit
from streams.engine.app import safe_options
from streams.engine.exits import end_process
from streams.engine.outbox import Outgoing, Output
from streams.generations import Generation
from streams.health import Health
from streams.lifeline import kill_with_parent
from streams.metrics import Metrics
from streams.settings import Settings, load
from streams.topics import Topic

INPUT = Topic("bench.input", "subject", None, "small records", "shared")
TABLE = "totals"
RAW: dict[str, Any] = {
    "key_type": bytes, "value_type": bytes, "key_serializer": "raw", "value_serializer": "raw",
}  # fmt: skip
Total = dict[str, int]


def output_topic(settings: Settings) -> str:
    """Name of the topic that an application's output goes to."""
    return f"{settings.application_id}-output"


def changelog_topic(settings: Settings) -> str:
    """Name of the changelog of an application's table; Faust's own."""
    return f"{settings.application_id}-{TABLE}-changelog"


def record_of(number: int, keys: int) -> tuple[bytes, bytes]:
    """Key and value of one input record, about 150 bytes of JSON."""
    subject = f"UKR.GOV.subject-{number % keys:06d}"
    told = {"number": number, "subject": subject, "day": f"2026-03-{1 + number % 28:02d}", "killed": number % 7,
            "wounded": number % 11, "type": "ASSAULT", "quad": "material-conflict"}  # fmt: skip
    return subject.encode(), orjson.dumps(told)


def added(total: Total | None, record: Mapping[str, Any]) -> Total:
    """The work itself: the total with one record added."""
    known = total or {"records": 0, "killed": 0, "wounded": 0, "last": 0}
    return {
        "records": known["records"] + 1,
        "killed": known["killed"] + record["killed"],
        "wounded": known["wounded"] + record["wounded"],
        "last": record["number"],
    }


class Totals(TableStage[Total, Mapping[str, Total]]):
    """The job as one of our stages."""

    name = "totals"
    topic = INPUT
    table_name = TABLE
    has_parts = False

    def decode(self, value: bytes) -> Any:
        return orjson.loads(value)

    def encode_entry(self, entry: Total) -> bytes:
        return orjson.dumps(entry)

    def decode_entry(self, value: bytes) -> Total:
        total: Total = orjson.loads(value)
        return total

    def key_of(self, record: Any) -> str:
        return str(record["subject"])

    async def _state(self, partition: int, part: str) -> Mapping[str, Total]:
        return DecodedEntries(self.table.entries(partition), self.decode_entry)

    def build_state(self, entries: Mapping[str, Total], own: bytes | None) -> Mapping[str, Total]:
        return entries

    def decide(
        self, state: Mapping[str, Total], record: Any, message: Any, day: int
    ) -> tuple[Mapping[str, Total], Output]:
        subject = record["subject"]
        total = added(state.get(subject), record)
        sends = (Outgoing(output_topic(self.context.settings), message.key, orjson.dumps(total)),)
        return {subject: total}, Output(sends=sends)


Job = tuple[Any, Callable[[], int]]
"""The app, and what tells how many entries its table holds."""


def our_job(settings: Settings) -> Job:
    """The job on `streams.engine`."""
    app = engine_app(settings)
    generation = Generation(settings.application_id)
    stage = Totals(Context(app, settings, generation, Metrics(), Health(), RateLimit(1)))
    app.agent(app.topic(INPUT.name, partitions=settings.partitions, **RAW), name=stage.name)(stage.run)
    return app, lambda: sum(len(stage.table.entries(number)) for number in range(settings.partitions))


def stock_job(settings: Settings) -> Job:
    """The job on faust-streaming as it is installed."""
    options = {**safe_options(settings.session_timeout_seconds), **faust_options(settings)}
    app = faust.App(settings.application_id, store=f"{settings.store}://", **options)
    table = app.Table(TABLE, key_type=bytes, value_type=bytes, partitions=settings.partitions)
    output = app.topic(output_topic(settings), partitions=settings.partitions, **RAW)

    async def totals(stream: Any) -> None:
        async for event in stream.events():
            record, known = orjson.loads(event.value), table.get(event.key)
            value = orjson.dumps(added(None if known is None else orjson.loads(known), record))
            table[event.key] = value
            await output.send(key=event.key, value=value)

    app.agent(app.topic(INPUT.name, partitions=settings.partitions, **RAW))(totals)
    return app, lambda: len(table)


JOBS: dict[str, Callable[[Settings], Job]] = {"ours": our_job, "stock": stock_job}


async def run(job: str, settings: Settings) -> None:
    """Run the job until SIGTERM; tell on standard output when it is ready, then how many entries its table holds."""
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    app, entries = JOBS[job](settings)
    starting = asyncio.create_task(app.start())
    while not (app.tables.actives_ready and not app.rebalancing and app.consumer.assignment()):
        if starting.done() and (error := starting.exception()) is not None:
            raise error
        await asyncio.sleep(0.01)
    tell(peak_mib=peak_mib(), cpu_seconds=time.process_time())
    tell(entries=entries())
    await stop.wait()


def tell(**what: float) -> None:
    """One line of JSON to whoever measures."""
    sys.stdout.write(orjson.dumps(what).decode() + "\n")
    sys.stdout.flush()


def peak_mib(pid: str | int = "self") -> float:
    """Most memory a process ever had resident, in MiB; rusage would tell that of the parent when that was more."""
    status = Path(f"/proc/{pid}/status").read_text(encoding="ascii", errors="replace")
    peak = next(line for line in status.splitlines() if line.startswith("VmHWM:"))
    return int(peak.split()[1]) / 1024


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("job", choices=JOBS)
    parser.add_argument("--parent", type=int, required=True, help="ends with this process")
    parser.add_argument("--profile", type=Path, help="write a profile of the event loop here at SIGTERM")
    arguments = parser.parse_args()
    kill_with_parent(arguments.parent, 1)
    asyncio.run(profiled(arguments.job, load(), arguments.profile))


async def profiled(job: str, settings: Settings, path: Path | None) -> None:
    """Run the job, and profile the event loop's own processor time if a path is given."""
    profile = cProfile.Profile(time.thread_time)
    if path is not None:
        profile.enable()
    await run(job, settings)
    if path is not None:
        profile.disable()
        profile.dump_stats(path)
    end_process(0)  # nothing is finished: to the job this is a crash, as in the benchmarks


if __name__ == "__main__":
    main()
