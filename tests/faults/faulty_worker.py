"""A worker with a fault of its own; `python -m tests.faults.faulty_worker FAULT`, in place of `streams.worker`.

The faults are put in here, so that the service has no switch for them. Coding processes load this module too.
"""

from __future__ import annotations

import importlib
import json
import os
import signal
import sys
import time
from collections.abc import Callable
from functools import partial
from types import ModuleType
from typing import TYPE_CHECKING, Any

from streams.coding_process import Process, load_coder
from streams.merging.overrides import is_decision
from streams.settings import Settings
from streams.worker import RESTARTS_VARIABLE, main
from tests.faults.newsroom import FIRST_FETCH

if TYPE_CHECKING:
    from streams.coding_process import Processed

HANDLERS = {"revising": "handle", "merging": "handle_on", "counting": "handle", "overriding": "told_of"}
"""Which function of its module each agent calls with each record."""
CALLS_UNTIL_FAULT = 40
FOREVER_SECONDS = 3600.0
DECISIONS_UNTIL_FAULT = 3
DECISION_LIVES = 2
"""So many lives of a worker end with an editor's decision in hand."""
CODED_UNTIL_FAULT = 3
FAULTY_PROCESSES = 3
"""So many coding processes of a worker's folder die or hang; the others do their work."""
SLOW_SECONDS = 120.0
"""How long the coder takes for the slow article."""
FIRST_ARTICLE_MS = round(FIRST_FETCH.timestamp() * 1000) + 1000
"""Time of the first article of any workload, which is no poison; no other record but a repetition has it."""
SLOW_BEGUN, SLOW_DONE = "slow-begun", "slow-done"
"""How the files are named that tell of the slow article."""


def supervise(fault: str) -> str:
    """A script that supervises workers with this fault."""
    return (
        "import sys; from streams.log import set_up; from streams.settings import load; "
        "from streams.supervisor import Supervisor; settings = load(); set_up(settings); "
        f"command = [sys.executable, '-m', '{__name__}', '{fault}']; "
        "sys.exit(Supervisor(settings, command).run())"
    )


def agents_raise() -> None:
    """In its first life an exception in REVISE, in its second in MERGE, in its third in COUNT; then none."""
    lives = former_lives()
    if lives < 3:
        agent = ("revising", "merging", "counting")[lives]
        _put_into(agent, partial(_raise_in, agent))


def loop_blocks() -> None:
    """In its first life REVISE blocks the event loop and never comes back."""
    if not former_lives():
        _put_into("revising", partial(time.sleep, FOREVER_SECONDS))


def decided() -> None:
    """In its first life killed when OVERRIDING has read a decision, in its second when MERGE has taken one in."""
    lives = former_lives()
    if lives == 0:
        _kill_after("overriding", lambda _: True)
    elif lives == 1:
        _kill_after("merging", lambda arguments: is_decision(arguments[1]))


def _kill_after(agent: str, is_meant: Callable[[tuple[Any, ...]], bool]) -> None:
    """The worker is killed before anything of what the stage has decided is written or sent."""
    handle = handler_of(agent)
    calls = 0

    def faulty(*arguments: Any) -> Any:
        nonlocal calls
        decision = handle(*arguments)
        calls += is_meant(arguments)
        if calls >= DECISIONS_UNTIL_FAULT:
            os.kill(os.getpid(), signal.SIGKILL)
        return decision

    vars(module_of(agent))[HANDLERS[agent]] = faulty


def module_of(agent: str) -> ModuleType:
    """The agent's module, loaded late: coding processes must not load Faust."""
    return importlib.import_module(f"streams.agents.{agent}")


def handler_of(agent: str) -> Callable[..., Any]:
    """The pure function that the agent calls with each record."""
    handler: Callable[..., Any] = vars(module_of(agent))[HANDLERS[agent]]
    return handler


def former_lives() -> int:
    """How often the supervisor has started this worker before."""
    return sum(json.loads(os.environ.get(RESTARTS_VARIABLE, "{}")).values())


def _raise_in(name: str) -> None:
    raise LookupError(f"the fault put into {name}")


def _put_into(agent: str, fault: Callable[[], object]) -> None:
    handle = handler_of(agent)
    calls = 0

    def faulty(*arguments: Any) -> Any:
        nonlocal calls
        calls += 1
        if calls > CALLS_UNTIL_FAULT:
            fault()
        return handle(*arguments)

    vars(module_of(agent))[HANDLERS[agent]] = faulty


def coders_die() -> None:
    """Coding processes die with an article in hand."""
    _prepare_with(prepare_dying)


def coders_hang() -> None:
    """Coding processes never come back from an article."""
    _prepare_with(prepare_hanging)


def _prepare_with(prepare: Callable[[Settings], Process]) -> None:
    from streams import app  # noqa: PLC0415  (coding processes must not load Faust)
    from streams.pool import CodingPool  # noqa: PLC0415

    vars(app)["CodingPool"] = lambda settings: CodingPool(settings, prepare)


def prepare_dying(settings: Settings) -> Process:
    """A coder that dies, for the first processes."""
    return _until_fault(settings, lambda: os.kill(os.getpid(), signal.SIGKILL))


def prepare_hanging(settings: Settings) -> Process:
    """A coder that hangs, for the first processes."""
    return _until_fault(settings, signal.pause)


def slow_article() -> None:
    """Coding the first article of the workload takes two minutes."""
    _prepare_with(prepare_slow)


def prepare_slow(settings: Settings) -> Process:
    """A coder that takes long for one article, and leaves a file when it begins and when it is done with it."""
    process = load_coder(settings)

    def code(key: bytes | None, value: bytes | None, timestamp_ms: int) -> Processed:
        if timestamp_ms == FIRST_ARTICLE_MS:
            (settings.state_dir / f"{SLOW_BEGUN}-{time.monotonic_ns()}").touch()
            time.sleep(SLOW_SECONDS)
            (settings.state_dir / f"{SLOW_DONE}-{time.monotonic_ns()}").touch()
        return process(key, value, timestamp_ms)

    return code


def _until_fault(settings: Settings, fault: Callable[[], object]) -> Process:
    process = load_coder(settings)
    is_faulty = len(list(settings.state_dir.glob("faulty-*"))) < FAULTY_PROCESSES
    coded = 0

    def code(key: bytes | None, value: bytes | None, timestamp_ms: int) -> Processed:
        nonlocal coded
        coded += 1
        if is_faulty and coded > CODED_UNTIL_FAULT:
            (settings.state_dir / f"faulty-{os.getpid()}").touch()
            fault()
        return process(key, value, timestamp_ms)

    return code


FAULTS = {
    "agents-raise": agents_raise,
    "loop-blocks": loop_blocks,
    "decided": decided,
    "coders-die": coders_die,
    "coders-hang": coders_hang,
    "slow-article": slow_article,
}

if __name__ == "__main__":
    FAULTS[sys.argv[1]]()
    main()
