"""Logging: structlog for us and for every library, as text on a terminal and as JSON otherwise."""

from __future__ import annotations

import logging
import re
import sys

import structlog
from structlog.typing import Processor

from streams.settings import Settings

CHATTY = ("faust", "mode", "aiokafka", "kafka", "asyncio", "streams.engine")
"""Faust and what it runs on tell of every service; below warnings that is shown only at level debug."""


DIGITS = re.compile(r"\d+")
REPEAT_SECONDS = 30.0
"""A library's message is shown once in so long: while the broker is away, clients say the same many times a second."""


class Throttle(logging.Filter):
    """Lets a library's message through once in `REPEAT_SECONDS`, whatever its numbers; our own always.

    Faust's services log by the module of their subclass, so the engine counts as a library, what is critical apart.
    """

    def __init__(self) -> None:
        super().__init__()
        self._shown: dict[tuple[str, str], float] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether to show the record."""
        is_ours = record.name.startswith("streams") and not record.name.startswith("streams.engine")
        if is_ours or record.name == "__main__" or record.levelno >= logging.CRITICAL:
            return True
        key = (record.name, DIGITS.sub("0", str(record.msg))[:80])
        if record.created - self._shown.get(key, 0.0) < REPEAT_SECONDS:
            return False
        self._shown[key] = record.created
        return True


def set_up(settings: Settings) -> None:
    """Route all logging of this process to standard error in the format that the settings choose."""
    as_text = sys.stderr.isatty() if settings.log_format == "auto" else settings.log_format == "text"
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.ExtraAdder(),
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.StackInfoRenderer(),
    ]
    traceback = structlog.tracebacks.ExceptionDictTransformer(show_locals=False)  # they hold whole articles
    last: list[Processor] = (
        [structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty(), exception_formatter=structlog.dev.plain_traceback)]
        if as_text
        else [structlog.processors.ExceptionRenderer(traceback), structlog.processors.JSONRenderer()]
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *last],
        )
    )
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *shared,
            structlog.stdlib.PositionalArgumentsFormatter(),
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    handler.addFilter(Throttle())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(settings.log_level.upper())
    if settings.log_level != "debug":
        for name in CHATTY:
            logging.getLogger(name).setLevel(logging.WARNING)
