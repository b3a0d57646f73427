"""The agent that hands editors' decisions to MERGE, as records of its one input."""

from __future__ import annotations

from collections.abc import Awaitable
from typing import Any

from streams import codec, topics
from streams.agents.stage import Stage, immediately, origin_ms
from streams.agents.table_stage import outgoing
from streams.engine.outbox import Output
from streams.merging.overrides import told_of
from streams.records import InvalidRecordError, Override
from streams.stages import Send


class Overriding(Stage):
    """Turns each record of `news.overrides.v1` into one of `news.mentions.v1`; it remembers nothing."""

    name = "overriding"
    topic = topics.OVERRIDES
    is_internal = False  # people write them

    async def output(self, message: Any) -> Awaitable[Output]:
        """The decision under its merge key; a dead letter for one that decides nothing."""
        try:
            told = told_of(codec.decode(Override, message.value or b""))
        except InvalidRecordError as error:
            return immediately(self.dead_letter(message, error))
        send = Send(topics.MENTIONS.name, told.merge_key, told)
        return immediately(Output(sends=outgoing([send], origin_ms(message))))
