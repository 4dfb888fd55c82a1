"""What must hold of every input, whatever the parser: bounded time, and no word of it in the log.

Time is that of the processor, so a busy machine changes nothing. The limit grows with the input: work that
is quadratic in its length exceeds it.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager

from tests.fuzz.target import Target

MAX_SECONDS = 1.0
"""Processor time of a short input; in the search, code is slowed down by its instrumentation."""

MAX_SECONDS_PER_KILOBYTE = 0.1

QUOTED = 16
"""Characters of an input in a row that no line of the log may hold."""


class TooSlow(AssertionError):
    """An input takes much longer than its length explains."""


class Leaked(AssertionError):
    """A line of the log quotes the input."""


class Bug(AssertionError):
    """An error was logged: something happened that nothing expects."""


class _Log(logging.Handler):
    """Keeps what is logged."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []
        self.errors: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep one line, with its traceback."""
        self.lines.append(self.format(record))
        if record.levelno >= logging.ERROR:
            self.errors.append(self.lines[-1])


def judge(one: Target, data: bytes, *, max_seconds: float = MAX_SECONDS) -> None:
    """Run the target on an input. Raises what is wrong with it."""
    with logged() as log:
        begun = time.thread_time()
        one.run(data)
        seconds = time.thread_time() - begun
    allowed = max_seconds + MAX_SECONDS_PER_KILOBYTE * len(data) / 1024
    if seconds > allowed:
        raise TooSlow(f"{len(data)} bytes took {seconds:.1f} s, more than {allowed:.1f} s")
    if log.errors:
        raise Bug(log.errors[0])
    if found := next((line for line in log.lines if quotes(line, data)), None):
        raise Leaked(f"the log quotes the input: {found}")


@contextmanager
def logged() -> Iterator[_Log]:
    """What is logged within the block, by whomever."""
    root, handler = logging.getLogger(), _Log()
    root.addHandler(handler)
    try:
        yield handler
    finally:
        root.removeHandler(handler)


def quotes(line: str, data: bytes) -> bool:
    """Whether a line holds ``QUOTED`` characters in a row of the input."""
    text = data.decode("utf-8", "replace")
    return any(line[at : at + QUOTED] in text for at in range(len(line) - QUOTED + 1))
