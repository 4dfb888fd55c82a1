"""Logging to stderr, without personal data and secrets.

oO's own modules log nothing personal. Libraries do: parameters of SQL, URLs with tokens, bodies of requests,
prompts. So they log from WARNING, and of their lines only what can't be personal is written.
"""

from __future__ import annotations

import asyncio
import logging
import sys
import threading
import traceback
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType
from typing import Any, TextIO

from core.errors import traceback_summary

OWN_PACKAGES = ("adapters", "bot", "core", "jobs")
MAX_LOG_BYTES = 1024 * 1024
"""A file that is full becomes the one before, which is deleted."""

LOG_FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"

ExceptionInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]

log = logging.getLogger(__name__)


def start_logging(level: str, *, at_least: int = logging.NOTSET) -> None:
    """Log from the higher of ``level`` (a name) and ``at_least`` (a number)."""
    set_levels(max(logging.getLevelNamesMapping()[level], at_least))
    logging.basicConfig(handlers=[log_handler(sys.stderr)])
    sys.excepthook = _print_crash
    threading.excepthook = _log_crash


def log_to_file(file: Path) -> None:
    """Log to ``file`` from now on, and not to stderr, which a chat in the terminal shows among its lines."""
    root, handler = (
        logging.getLogger(),
        RotatingFileHandler(file, maxBytes=MAX_LOG_BYTES, backupCount=1, encoding="utf-8", delay=True),
    )
    handler.setFormatter(LogFormatter(LOG_FORMAT))
    for one in [*root.handlers]:
        if isinstance(one, logging.StreamHandler) and one.stream is sys.stderr:
            root.removeHandler(one)
    root.addHandler(handler)


def set_levels(level: int) -> None:
    """oO logs from ``level``, libraries from WARNING or, if it is higher, ``level``."""
    logging.getLogger().setLevel(max(level, logging.WARNING))
    for name in OWN_PACKAGES:
        logging.getLogger(name).setLevel(level)


def log_handler(stream: TextIO) -> logging.Handler:
    """Writes lines without what may be personal to ``stream``."""
    handler = logging.StreamHandler(stream)
    handler.setFormatter(LogFormatter(LOG_FORMAT))
    return handler


class LogFormatter(logging.Formatter):
    """Writes errors without their messages. Of a library's line it writes the template without its values; a
    line without values may have been put together by the library, so only its place is written.
    """

    def format(self, record: logging.LogRecord) -> str:
        """The line for ``record``, which other handlers get unchanged."""
        is_own = record.name.partition(".")[0] in OWN_PACKAGES
        shown = {} if is_own else {"msg": _impersonal(record), "args": ()}
        return super().format(logging.makeLogRecord({**vars(record), **shown, "exc_text": None}))

    def formatException(self, ei: ExceptionInfo) -> str:
        """Where the error arose, and its type."""
        return without_message(ei[1]) if ei[1] else ""


def _impersonal(record: logging.LogRecord) -> str:
    place = f"{record.filename}:{record.lineno}"
    return f"{record.msg} ({place})" if record.args and isinstance(record.msg, str) else place


def without_message(fault: BaseException) -> str:
    """The traceback of an error, but instead of its message, which may be personal, only its type."""
    frames = traceback.format_tb(fault.__traceback__)
    return f"{''.join(frames)}{type(fault).__name__}"


def _print_crash(kind: type[BaseException], fault: BaseException, frames: TracebackType | None) -> None:
    sys.stderr.write(f"{without_message(fault)}\n")


def _log_crash(crash: threading.ExceptHookArgs) -> None:
    if crash.exc_value:
        log.error("a thread ended: %s", traceback_summary(crash.exc_value))


def log_unhandled(loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    """Handler for errors that nobody awaits. asyncio's own would write their messages and arguments."""
    fault = context.get("exception")
    kind = traceback_summary(fault) if isinstance(fault, BaseException) else context["message"]
    log.error("left behind in the event loop: %s", kind)
