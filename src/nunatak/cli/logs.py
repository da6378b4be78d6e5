"""Structured log lines on stderr, one an event: text for people, JSON for machines."""

from __future__ import annotations

import logging
import sys
from collections.abc import MutableMapping
from typing import Any

import structlog

_QUOTED = frozenset(" =\"'")


def configure(format_: str) -> None:
    """Sets up logging for this process; libraries' own loggers come out in the same shape, from warnings up."""
    shared: list[Any] = [
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
    ]
    last: Any = structlog.processors.JSONRenderer()
    if format_ != "json":
        last = structlog.dev.ConsoleRenderer(pad_event_to=0) if sys.stderr.isatty() else _line
    structlog.configure(
        processors=[*shared, last],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(structlog.stdlib.ProcessorFormatter(foreign_pre_chain=shared, processor=last))
    logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)


def _line(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> str:
    """A line for files: what the library makes for terminals takes a tenth of a small request."""
    at, level, text = event.pop("timestamp"), event.pop("level"), event.pop("event")
    trace = event.pop("exception", None)
    rest = " ".join(f"{name}={_word(event[name])}" for name in sorted(event) if not name.startswith("_"))
    line = f"{at} [{level}] {text if str(text).isprintable() else repr(text)}{' ' if rest else ''}{rest}"
    return f"{line}\n{trace}" if trace else line


def _word(value: Any) -> str:
    """A value as one word, in quotes where it has blanks or could be taken for something else."""
    if not isinstance(value, str):
        return str(value)
    return value if value.isprintable() and not set(value) & _QUOTED else repr(value)
