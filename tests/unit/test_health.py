from __future__ import annotations

import urllib.error
import urllib.request

from streams.health import LOOP_SECONDS, Health, HealthServer
from streams.metrics import Metrics


class Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


def healthy() -> tuple[Health, Clock]:
    clock = Clock()
    health = Health(clock)
    health.observe(is_ready=True, lag={"counting": 0, "merging": 0})
    return health, clock


def test_idle_without_lag_is_healthy_for_ever() -> None:
    health, clock = healthy()
    for _ in range(10):
        clock.now += health.progress_seconds
        health.observe(is_ready=True, lag={"counting": 0})
        assert health.fault() is None


def test_a_stand_by_is_healthy_for_ever_and_has_its_time_when_it_takes_over() -> None:
    health, clock = healthy()
    for _ in range(10):
        clock.now += health.progress_seconds
        health.observe(is_ready=True, lag={})
        assert health.fault() is None, "nothing is assigned to it"
    health.observe(is_ready=False, lag={})
    clock.now += health.progress_seconds
    health.observe(is_ready=True, lag={"counting": 9})
    assert health.fault() is None
    clock.now += health.progress_seconds + 1
    health.observe(is_ready=True, lag={"counting": 9})
    assert "stage counting has 9 records" in (health.fault() or "")


def test_lag_without_progress_is_not_healthy_although_another_stage_goes_on() -> None:
    health, clock = healthy()
    clock.now += health.progress_seconds + 1
    health.progress("merging")
    health.observe(is_ready=True, lag={"counting": 5, "merging": 9})
    fault = health.fault()
    assert fault is not None
    assert "stage counting has 5 records" in fault
    health.progress("counting")
    assert health.fault() is None


def test_a_hanging_event_loop_is_told() -> None:
    health, clock = healthy()
    clock.now += LOOP_SECONDS + 1
    assert "event loop" in (health.fault() or "")


def test_a_rebalance_may_take_a_while_but_not_for_ever() -> None:
    health, clock = healthy()
    clock.now += 10 * health.progress_seconds
    health.observe(is_ready=False, lag={})
    assert health.fault() is None
    clock.now += health.progress_seconds + 1
    health.observe(is_ready=False, lag={})
    assert "not ready" in (health.fault() or "")


def status_of(port: int, path: str) -> tuple[int, str]:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=5) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


def test_the_server_answers() -> None:
    health, clock = healthy()
    server = HealthServer("127.0.0.1", 0, health, Metrics({"killed": 2}))
    server.start()
    try:
        assert status_of(server.port, "/healthz") == (200, "ok\n")
        assert status_of(server.port, "/readyz")[0] == 200
        assert 'daybook_worker_restarts_total{cause="killed"} 2.0' in status_of(server.port, "/metrics")[1]
        clock.now += LOOP_SECONDS + 1
        assert status_of(server.port, "/healthz")[0] == 503
        health.observe(is_ready=False, lag={})
        assert status_of(server.port, "/readyz")[0] == 503
        assert status_of(server.port, "/else")[0] == 404
    finally:
        server.stop()
