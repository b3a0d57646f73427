"""The worker's small HTTP server: /metrics, /healthz and /readyz.

It runs in a thread of its own, so that it still answers, and says 503, when the event loop hangs.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from streams.metrics import Metrics

logger = logging.getLogger(__name__)

LOOP_SECONDS = 20.0
"""An event loop that does not come round for so long hangs."""


@dataclass(slots=True)
class Health:
    """What the worker last told of itself; times are seconds of `clock`, which never goes back."""

    clock: Callable[[], float] = time.monotonic
    progress_seconds: float = 300.0
    """A stage with lag that finishes nothing for so long is not healthy; nor is a worker that starts for so long."""
    is_ready: bool = False
    looped: float = 0.0
    progressed: dict[str, float] = field(default_factory=dict)
    """When each stage last finished an input, or had none to finish."""
    lag: Mapping[str, int] = field(default_factory=dict)

    since: float = field(init=False)
    """When `is_ready` last changed."""

    def __post_init__(self) -> None:
        """Starting counts as progress."""
        self.looped = self.since = self.clock()

    def observe(self, *, is_ready: bool, lag: Mapping[str, int]) -> None:
        """Called by the event loop every second or so."""
        now = self.clock()
        if is_ready != self.is_ready:
            self.progressed.clear()
            self.since = now
        self.looped, self.is_ready, self.lag = now, is_ready, lag
        self.progressed.update({stage: now for stage, records in lag.items() if not records})

    def progress(self, stage: str) -> None:
        """A stage finished an input."""
        self.progressed[stage] = self.clock()

    def fault(self) -> str | None:
        """Why the worker is not healthy, or None."""
        now = self.clock()
        if (silent := now - self.looped) > LOOP_SECONDS:
            return f"the event loop has been hanging for {silent:.0f} s"
        if not self.is_ready:
            waiting = now - self.since
            unready = f"not ready for {waiting:.0f} s: partitions are not assigned or tables not recovered"
            return unready if waiting > self.progress_seconds else None
        for stage, records in self.lag.items():
            idle = now - self.progressed.get(stage, self.since)
            if records and idle > self.progress_seconds:
                return f"stage {stage} has {records} records to process and has finished none for {idle:.0f} s"
        return None


class HealthServer:
    """Serves metrics and health on `host:port`; port 0 takes a free one."""

    def __init__(self, host: str, port: int, health: Health, metrics: Metrics) -> None:
        """Raises `OSError` when the port is taken."""
        self._server = ThreadingHTTPServer((host, port), _handler(health, metrics))
        self._server.daemon_threads = True
        self.port = self._server.server_address[1]

    def start(self) -> None:
        """Serve from a thread."""
        threading.Thread(target=self._server.serve_forever, name="health", daemon=True).start()
        logger.info("serving /metrics, /healthz and /readyz", extra={"port": self.port})

    def stop(self) -> None:
        """Stop serving."""
        self._server.shutdown()
        self._server.server_close()


def _handler(health: Health, metrics: Metrics) -> type[BaseHTTPRequestHandler]:
    def answer(path: str) -> tuple[int, str, bytes]:
        if path == "/metrics":
            return 200, "text/plain; version=0.0.4; charset=utf-8", metrics.exposition()
        if path == "/healthz":
            fault = health.fault()
            return (503 if fault else 200), "text/plain; charset=utf-8", f"{fault or 'ok'}\n".encode()
        if path == "/readyz":
            reason = b"ready\n" if health.is_ready else b"partitions are not assigned or tables not recovered\n"
            return (200 if health.is_ready else 503), "text/plain; charset=utf-8", reason
        return 404, "text/plain; charset=utf-8", b"try /metrics, /healthz or /readyz\n"

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            status, kind, body = answer(self.path.partition("?")[0])
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            """Requests are not logged: probes come every few seconds."""

    return Handler
