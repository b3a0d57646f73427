"""A port that says what a test wants where a broker is looked for."""

from __future__ import annotations

import itertools
import socketserver
import struct
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from threading import Event, Thread

ONE_BROKER, NO_BROKER = 1, 0


def metadata(request: bytes, brokers: int) -> bytes:
    """How a broker's answer to this Metadata request begins."""
    return struct.pack(">i4sii", 100, request[8:12], 0, brokers)


@contextmanager
def listening(said: Iterable[bytes | int | None]) -> Iterator[str]:
    """A port on loopback that says one of these to each who connects, and the last to all further ones.

    A number is Kafka's answer with so many brokers, bytes are said as they are, and None keeps silent till the end.
    """
    told = list(said)
    answers = itertools.chain(told, itertools.repeat(told[-1]))
    ended = Event()

    class Handler(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            answer = next(answers)
            if answer is None:
                ended.wait(60)
                return
            request = self.request.recv(100)
            self.request.sendall(answer if isinstance(answer, bytes) else metadata(request, answer))

    class Server(socketserver.ThreadingTCPServer):
        daemon_threads = True

    with Server(("127.0.0.1", 0), Handler) as server:
        Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        try:
            yield f"127.0.0.1:{server.server_address[1]}"
        finally:
            ended.set()
            server.shutdown()
