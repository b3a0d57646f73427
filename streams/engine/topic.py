"""Topics whose failed publishes end the worker."""

from __future__ import annotations

import asyncio
from typing import Any

import faust
from faust.types import FutureMessage
from faust.types.transports import ProducerT

from streams.engine.exits import ExitCode, leave


class Topic(faust.Topic):
    """Faust's topic; what it cannot publish is never forgotten."""

    def _on_published(self, fut: asyncio.Future[Any], message: FutureMessage, producer: ProducerT, state: Any) -> None:
        """Resolve the message's future, or end the worker.

        Stock Faust logs a warning when a changelog record or an output was not taken, and commits its cause.
        """
        if not fut.cancelled() and (error := fut.exception()) is not None:
            leave(ExitCode.PUBLISH_FAILED, f"the broker did not take a record of {self.get_topic_name()}: {error!r}")
        super()._on_published(fut, message, producer, state)
