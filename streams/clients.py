"""How Daybook's own Kafka clients find the broker; the worker's client is the stream engine's."""

from __future__ import annotations

from typing import Any

from streams.settings import Settings

BOOTSTRAP_MS = 5000
"""How long a command looks for the broker before it says that there is none."""


def client_options(settings: Settings) -> dict[str, Any]:
    """What every kafka-python client is made with."""
    return {
        "bootstrap_servers": [server.strip() for server in settings.broker.split(",")],
        "security_protocol": settings.security_protocol,
        "bootstrap_timeout_ms": BOOTSTRAP_MS,
    }
