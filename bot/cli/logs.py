"""Logging to stderr, without personal data and secrets."""

from __future__ import annotations

import logging
import sys

# These log URLs with tokens, request bodies, prompts, or a line for every run of a job.
QUIET_LOGGERS = (
    "LiteLLM",
    "aiohttp.server",
    "aiosqlite",
    "alembic",
    "apscheduler",
    "httpcore",
    "httpx",
    "mcp",
    "slack_bolt",
    "slack_sdk",
    "sqlalchemy",
    "telegram",
)
SILENT_LOGGERS = ("mcp",)
"""They quote what clients send, with tracebacks. oO logs its own errors itself."""

LOG_FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"


def start_logging(level: str, *, at_least: int = logging.NOTSET) -> None:
    """Log from the higher of ``level`` (a name) and ``at_least`` (a number)."""
    chosen = max(logging.getLevelNamesMapping()[level], at_least)
    logging.basicConfig(level=chosen, format=LOG_FORMAT, stream=sys.stderr)
    for name in QUIET_LOGGERS:
        logging.getLogger(name).setLevel(max(chosen, logging.WARNING))
    for name in SILENT_LOGGERS:
        logging.getLogger(name).setLevel(logging.CRITICAL)
