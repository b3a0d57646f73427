"""The supervisor with real child processes that end in different ways; a port that answers stands for the broker."""

from __future__ import annotations

import logging
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from streams import broker
from streams.engine.exits import FINAL
from streams.settings import Settings
from streams.supervisor import Bounds, Supervisor, environment_of, next_pause
from tests.broker.bench import descendants, wait_for
from tests.unit.listening import ONE_BROKER, listening
from tests.unit.supervised import CODES, DRAINS, ENDS, STUBBORN, SUPERVISE, YOUNG

pytestmark = pytest.mark.timeout(60)
QUICK = Bounds(first_pause=0.01, longest_pause=0.03, broker_poll=0.01)


@pytest.fixture
def there() -> Iterator[Settings]:
    """Settings with a broker that answers."""
    with listening([ONE_BROKER]) as address:
        yield Settings(broker=address)


@pytest.fixture
def told(tmp_path: Path) -> Path:
    """The file in which a worker tells how far it is."""
    return tmp_path / "told"


@pytest.fixture(autouse=True)
def signals(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """The supervisor takes over signals for as long as a process lives; here they are given back."""
    caplog.set_level(logging.INFO)
    before = {sign: signal.getsignal(sign) for sign in (signal.SIGTERM, signal.SIGINT)}
    yield
    for sign, handler in before.items():
        signal.signal(sign, handler)


def supervisor(settings: Settings, worker: str, *arguments: object, bounds: Bounds = QUICK) -> Supervisor:
    return Supervisor(settings, [sys.executable, "-c", worker, *map(str, arguments)], bounds)


def stop_when_told(file: Path) -> None:
    """SIGTERM to this process, as soon as there is something in the file."""

    def stop() -> None:
        while not file.exists() or not file.read_text():
            time.sleep(0.02)
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=stop, daemon=True).start()


def stop_when_logged(caplog: pytest.LogCaptureFixture, message: str) -> None:
    def stop() -> None:
        while message not in caplog.text:
            time.sleep(0.02)
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=stop, daemon=True).start()


def exits(caplog: pytest.LogCaptureFixture) -> list[tuple[str, object]]:
    """Cause and pause of each exit in the log; no pause where the broker was away."""
    ended = [record.__dict__ for record in caplog.records if record.msg.startswith("the worker ended and is started")]
    return [(record["cause"], record.get("pause_seconds")) for record in ended]


def test_a_pause_grows_to_its_bound_and_is_short_again_after_a_steady_life() -> None:
    bounds = Bounds(first_pause=1, longest_pause=5, steady=100)
    pauses: list[float | None] = [None]
    for lived in (0, 0, 0, 0, 99, 100, 0):
        pauses.append(next_pause(pauses[-1], lived, bounds))
    assert pauses[1:] == [1, 2, 4, 5, 5, 1, 2]


def test_every_exit_but_the_final_ones_is_followed_by_a_start(
    there: Settings, told: Path, caplog: pytest.LogCaptureFixture
) -> None:
    assert supervisor(there, ENDS, told, "75,1,99,0,-9,71").run() == 71
    assert exits(caplog) == [
        ("publish-failed", 0.01), ("failed", 0.02), ("other", 0.03), ("stopped", 0.03), ("killed", 0.03),
    ]  # fmt: skip
    lines = told.read_text().splitlines()
    assert len(lines) == 6
    assert lines[2] == '{"publish-failed": 1, "failed": 1}', "what the worker shows in its metrics"


@pytest.mark.parametrize("status", sorted(FINAL))
def test_a_final_exit_is_handed_on(there: Settings, told: Path, status: int, caplog: pytest.LogCaptureFixture) -> None:
    assert supervisor(there, ENDS, told, status).run() == status
    assert told.read_text() == "{}\n", "it was not started again"
    assert "ended for good" in caplog.text


def test_an_outage_of_the_broker_is_no_crash_loop(told: Path, caplog: pytest.LogCaptureFixture) -> None:
    # One look before each start, and one after each exit: if the broker is away then, more until it is back.
    gone, back = b"", ONE_BROKER
    outage: list[bytes | int | None] = [gone, gone, gone, back]
    looks: list[bytes | int | None] = [back, *outage, back, *outage, back, back, back, *outage, back, back, back]
    with listening(looks) as address:
        assert supervisor(Settings(broker=address), ENDS, told, "75,75,1,75,1,70").run() == 70
    publish_failed = ("publish-failed", None)
    assert exits(caplog) == [publish_failed, publish_failed, ("failed", 0.01), publish_failed, ("failed", 0.02)]
    assert caplog.text.count("waiting for the broker") == 3, "once for each outage"


def test_a_broker_that_says_nothing_is_waited_for(
    told: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(broker, "PROBE_SECONDS", 0.1)
    with listening([None, None, None, ONE_BROKER]) as address:
        assert supervisor(Settings(broker=address), ENDS, told, 70).run() == 70
    assert caplog.text.count("waiting for the broker") == 1
    assert told.read_text() == "{}\n", "it was started when the broker answered, and not before"


def test_sigterm_while_the_broker_is_away_ends_at_once(told: Path, caplog: pytest.LogCaptureFixture) -> None:
    stop_when_logged(caplog, "waiting for the broker")
    with listening([b""]) as address:
        assert supervisor(Settings(broker=address), ENDS, told, 70, bounds=Bounds(broker_poll=600)).run() == 0
    assert not told.exists(), "no worker was started"


def test_sigterm_in_a_pause_ends_at_once(there: Settings, told: Path, caplog: pytest.LogCaptureFixture) -> None:
    stop_when_logged(caplog, "started again after a pause")
    assert supervisor(there, ENDS, told, "1,70", bounds=Bounds(first_pause=600)).run() == 0
    assert told.read_text() == "{}\n"


@pytest.mark.parametrize(("status", "handed_on"), [(0, 0), (75, 1), (71, 71)])
def test_sigterm_is_handed_on_and_its_worker_is_waited_for(
    there: Settings, told: Path, status: int, handed_on: int
) -> None:
    stop_when_told(told)
    assert supervisor(there, DRAINS, told, status).run() == handed_on
    assert told.read_text() == "drained"


def test_a_worker_too_young_to_handle_sigterm_ends_by_it(there: Settings, told: Path) -> None:
    stop_when_told(told)
    assert supervisor(there, YOUNG, told).run() == 0


def test_a_worker_that_does_not_end_is_killed_with_its_children(
    there: Settings, told: Path, caplog: pytest.LogCaptureFixture
) -> None:
    stop_when_told(told)
    assert supervisor(there, STUBBORN, told, bounds=Bounds(kill=0.2)).run() == 1
    assert "after SIGTERM: killed" in caplog.text
    wait_for(lambda: not any(is_running(int(pid)) for pid in told.read_text().split()), "worker and child are gone")


def test_ctrl_c_reaches_the_worker_as_sigterm_alone(there: Settings, told: Path) -> None:
    terminal = subprocess.Popen(
        [sys.executable, "-c", SUPERVISE, DRAINS, str(told), "0"],
        env={**os.environ, **environment_of(there)}, process_group=0, stderr=subprocess.PIPE,
    )  # fmt: skip
    wait_for(told.exists, "the worker is up")
    os.killpg(terminal.pid, signal.SIGINT)
    assert b"KeyboardInterrupt" not in terminal.communicate()[1]
    assert terminal.returncode == 0
    assert told.read_text() == "drained"


def test_a_killed_supervisor_leaves_no_process_behind(there: Settings, told: Path) -> None:
    killed = subprocess.Popen(
        [sys.executable, "-c", SUPERVISE, CODES, str(told)], env={**os.environ, **environment_of(there)}
    )
    wait_for(told.exists, "the worker is up")
    started = descendants({killed.pid})
    assert len(started) >= 4, "worker, fork server, two coding processes"
    killed.kill()
    killed.wait()
    wait_for(lambda: not any(map(is_running, started)), "worker, coding processes and fork server are gone")


def is_running(pid: int) -> bool:
    """Whether that process lives; one that ended and is not yet waited for does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_settings_survive_the_way_through_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = Settings(broker="one:1,two:2", live=True, partitions=3, count_interval_seconds=0.5)
    for name, value in environment_of(settings).items():
        monkeypatch.setenv(name, value)
    assert Settings() == settings
