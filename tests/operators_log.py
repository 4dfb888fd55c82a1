"""The log as an operator gets it, for tests that search it.

Tests: tests/bot/cli/test_logs.py.
"""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO

from bot.cli.logs import OWN_PACKAGES, log_handler, set_levels


@contextmanager
def restored_logging() -> Iterator[None]:
    """Puts levels and hooks back at the end."""
    loggers = [logging.getLogger(name) for name in ("", *OWN_PACKAGES)]
    levels, hooks = [one.level for one in loggers], (sys.excepthook, threading.excepthook)
    yield
    sys.excepthook, threading.excepthook = hooks
    for logger, level in zip(loggers, levels, strict=True):
        logger.setLevel(level)


@contextmanager
def operators_log(level: int = logging.DEBUG) -> Iterator[StringIO]:
    """What is written meanwhile to stderr by a process whose ``log.level`` is ``level``."""
    stream = StringIO()
    handler = log_handler(stream)
    with restored_logging():
        set_levels(level)
        logging.getLogger().addHandler(handler)
        try:
            yield stream
        finally:
            logging.getLogger().removeHandler(handler)
