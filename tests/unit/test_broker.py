"""The probe for a broker; with a real one in tests/broker."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from streams import broker
from streams.broker import EmbeddedBroker, free_port, is_ready
from tests.unit.listening import NO_BROKER, ONE_BROKER, listening

pytestmark = pytest.mark.timeout(60)


@pytest.fixture
def away() -> Iterator[str]:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        yield f"127.0.0.1:{closed.getsockname()[1]}"


def test_one_of_several_servers_is_enough(away: str) -> None:
    with listening([ONE_BROKER]) as there:
        assert is_ready(there)
        assert is_ready(f"{away}, {there}")
        assert is_ready(f"{there},{away}")
    assert not is_ready(f"{away},{away}")


def test_a_broker_that_takes_connections_but_says_nothing_is_not_ready(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(broker, "PROBE_SECONDS", 0.2)
    with listening([None]) as silent, listening([ONE_BROKER]) as there:
        assert not is_ready(silent)
        assert is_ready(f"{silent},{there}")
    with socket.create_server(("127.0.0.1", 0)) as stopped:  # the kernel takes connections for it
        assert not is_ready(f"127.0.0.1:{stopped.getsockname()[1]}")


@pytest.mark.parametrize("said", [NO_BROKER, b"", b"HTTP/1.1 400 Bad Request\r\n\r\n", b"\0" * 16, b"\0" * 15])
def test_what_does_not_answer_as_a_broker_is_none(said: bytes | int) -> None:
    with listening([said]) as other:
        assert not is_ready(other)


def test_a_broker_without_tls_is_not_ready_for_those_who_want_it() -> None:
    with listening([ONE_BROKER]) as plain:
        assert not is_ready(plain, "SSL")


@pytest.mark.parametrize("servers", ["127.0.0.1:none", "127.0.0.1:99999", "no host:1", ".." * 100])
def test_what_is_no_address_is_not_ready(servers: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(broker, "PROBE_SECONDS", 0.2)
    assert not is_ready(servers)


def test_a_broker_that_ended_on_a_full_disk_says_so(tmp_path: Path) -> None:
    broker = EmbeddedBroker(tmp_path, free_port())
    assert broker.why_ended() == f"see {broker.log}"
    broker.log.write_text("java.io.IOException: No space left on device\nShutdown broker because all log dirs failed\n")
    assert f"the disk with {tmp_path} is full" in broker.why_ended()
