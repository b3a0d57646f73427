"""The embedded broker: a real Apache Kafka as a supervised child process, for one machine and for tests."""

from __future__ import annotations

import base64
import os
import signal
import socket
import ssl
import struct
import subprocess
import time
import uuid
from functools import partial
from importlib.resources import as_file, files
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit

from streams.broker_jars import BrokerError, java_home, verified
from streams.lifeline import signal_with_parent

READY_SECONDS = 180.0
STOP_SECONDS = 20.0
HEAP = "512m"
LOG_TAIL = 200_000
"""Characters at the end of the broker's log in which the cause of its end is looked for."""

PROBE_SECONDS = 2.0
CORRELATION = 0x44617962
"""Comes back with the answer, so that nothing else is taken for one."""
METADATA_REQUEST = struct.pack(">ihhih7sib", 22, 3, 4, CORRELATION, 7, b"daybook", 0, 0)
"""Kafka's Metadata request, version 4, for no topic: every broker from 0.11 to 4.x answers it once it serves."""
METADATA_ANSWER = struct.Struct(">iiii")
"""How the answer begins: its length, the correlation, a throttle time, and how many brokers are listed."""


class EmbeddedBroker:
    """One Kafka node on 127.0.0.1 whose data stays under `folder`; stopping and starting it loses nothing."""

    def __init__(self, folder: Path, port: int, heap: str = HEAP) -> None:
        """`heap` is the most that its objects may take, as Java writes it ("512m")."""
        self.folder = folder.resolve()
        self.port = port
        self.heap = heap
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def bootstrap(self) -> str:
        """Where clients connect, host:port."""
        return f"127.0.0.1:{self.port}"

    @property
    def pid(self) -> int | None:
        """Process id while it runs."""
        return self._process.pid if self._process else None

    @property
    def log(self) -> Path:
        """File with what the broker says."""
        return self.folder / "broker.log"

    def start(self) -> None:
        """Start the broker, formatting its folder the first time. Raises `BrokerError`."""
        if port_is_taken(self.port):
            raise BrokerError(f"port {self.port} is taken: another broker runs, or set DAYBOOK_BROKER to a free port")
        self.folder.mkdir(parents=True, exist_ok=True)
        jars = verified()
        properties = self._write_properties()
        if not (self.folder / "data" / "meta.properties").exists():
            self._format(jars, properties)
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(  # noqa: S603
                self._java(jars, "kafka.Kafka", str(properties)),
                stdout=log,
                stderr=subprocess.STDOUT,
                stdin=subprocess.DEVNULL,
                process_group=0,  # Ctrl-C goes to the parent, which stops the worker first
                preexec_fn=partial(signal_with_parent, signal.SIGTERM),  # noqa: PLW1509  (started from the main thread)
            )

    def wait_ready(self, seconds: float = READY_SECONDS) -> None:
        """Wait until the broker answers. Raises `BrokerError` when it ends or stays silent."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            if self._process is None or self._process.poll() is not None:
                raise BrokerError(f"the broker ended while starting; its last words: {self._last_words()}")
            if is_ready(self.bootstrap):
                return
            time.sleep(0.2)
        raise BrokerError(f"the broker did not answer within {seconds:.0f} s; see {self.log}")

    def stop(self) -> None:
        """Stop the broker in order; kill it when it does not end within 20 seconds."""
        self._end(signal.SIGTERM)

    def kill(self) -> None:
        """Kill the broker at once, as a crash would."""
        self._end(signal.SIGKILL)

    def is_running(self) -> bool:
        """Whether the process lives."""
        return self._process is not None and self._process.poll() is None

    def why_ended(self) -> str:
        """What its log says of an end that nobody asked for."""
        text = self.log.read_text(encoding="utf-8", errors="replace")[-LOG_TAIL:] if self.log.exists() else ""
        if "No space left on device" in text:
            return f"the disk with {self.folder} is full; free some space and start it again: nothing is lost"
        return f"see {self.log}"

    def _end(self, sign: signal.Signals) -> None:
        if self._process is None:
            return
        if self._process.poll() is None:
            self._process.send_signal(sign)
            try:
                self._process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
        self._process = None

    def _write_properties(self) -> Path:
        template = files("streams").joinpath("broker_assets/server.properties").read_text(encoding="utf-8")
        controller = self.folder / "controller.port"
        if not controller.exists():  # it must stay the same: the quorum remembers it
            controller.write_text(str(free_port()), encoding="utf-8")
        values = {"port": str(self.port), "controller_port": controller.read_text(encoding="utf-8").strip(),
                  "logs": str(self.folder / "data")}  # fmt: skip
        lines = [line for line in template.splitlines() if not line.startswith("#")]
        path = self.folder / "server.properties"
        path.write_text("\n".join(lines).format_map(values) + "\n", encoding="utf-8")
        return path

    def _format(self, jars: list[Path], properties: Path) -> None:
        arguments = ("format", "-c", str(properties), *self._format_options())
        command = self._java(jars, "kafka.tools.StorageTool", *arguments)
        done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
        if done.returncode:
            raise BrokerError(f"cannot format {self.folder}: {(done.stderr or done.stdout).strip()[-500:]}")

    def _format_options(self) -> tuple[str, ...]:
        return ("-t", random_id(), "--standalone")

    def _java(self, jars: list[Path], main: str, *arguments: str) -> list[str]:
        with as_file(files("streams").joinpath("broker_assets/log4j2.properties")) as log4j:
            return [
                str(java_home() / "bin" / "java"), f"-Xmx{self.heap}", "-Xms64m", "-XX:+UseSerialGC",
                f"-Dlog4j2.configurationFile={log4j}", "-Djava.awt.headless=true",
                "-cp", os.pathsep.join(map(str, jars)), main, *arguments,
            ]  # fmt: skip

    def _last_words(self) -> str:
        text = self.log.read_text(encoding="utf-8", errors="replace") if self.log.exists() else ""
        return " | ".join(text.strip().splitlines()[-3:]) or "none"

    def __enter__(self) -> Self:
        self.start()
        self.wait_ready()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()


def is_ready(bootstrap: str, security_protocol: str = "PLAINTEXT") -> bool:
    """Whether one of the servers (host:port, separated by commas) answers as a Kafka broker; 2 seconds for each.

    A port that listens tells nothing: a broker that hangs, or is stopped with SIGSTOP, keeps it open. So the broker is
    asked for its cluster, without a client, which would cost its caller memory, threads and a log of failed tries.
    """
    return any(_answers(server.strip(), security_protocol) for server in bootstrap.split(","))


def _answers(server: str, security_protocol: str) -> bool:
    try:
        address = urlsplit(f"//{server}")
        host = address.hostname or "127.0.0.1"
        with socket.create_connection((host, address.port or 9092), PROBE_SECONDS) as plain:
            tls = ssl.create_default_context() if security_protocol == "SSL" else None
            with tls.wrap_socket(plain, server_hostname=host) if tls else plain as connection:
                connection.sendall(METADATA_REQUEST)
                answer = connection.makefile("rb").read(METADATA_ANSWER.size)
    except (OSError, ValueError):  # not there, silent, no TLS, or no address at all
        return False
    if len(answer) < METADATA_ANSWER.size:
        return False
    _, correlation, _, brokers = METADATA_ANSWER.unpack(answer)
    return bool(correlation == CORRELATION and brokers > 0)


def random_id() -> str:
    """A new id for a cluster or a folder, as Kafka writes them: 16 bytes in URL-safe base64.

    None starts with a minus sign: Kafka's tools take that for an option, and one first start in 64 would fail.
    """
    while (made := base64.urlsafe_b64encode(uuid.uuid4().bytes).rstrip(b"=").decode()).startswith("-"):
        continue
    return made


def free_port() -> int:
    """A loopback port that is free now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def port_is_taken(port: int) -> bool:
    """Whether something listens on that loopback port."""
    with socket.socket() as probe:
        probe.settimeout(0.5)
        return probe.connect_ex(("127.0.0.1", port)) == 0
