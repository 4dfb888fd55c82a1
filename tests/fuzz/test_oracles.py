"""The oracles see what they are there for, and nothing else."""

from __future__ import annotations

import logging
from collections.abc import Callable

import pytest

from tests.fuzz.oracles import Bug, Leaked, TooSlow, judge
from tests.fuzz.target import Target

log = logging.getLogger(__name__)
SAID = "remember the milk, please"


def running(run: Callable[[bytes], object]) -> Target:
    return Target(name="x", run=run, seeds=tuple)


def test_a_line_that_quotes_the_input_is_seen() -> None:
    with pytest.raises(Leaked):
        judge(running(lambda data: log.warning("can't read %s", data.decode())), SAID.encode())
    judge(running(lambda data: log.warning("can't read %d bytes", len(data))), SAID.encode())


def test_an_error_in_the_log_is_seen() -> None:
    with pytest.raises(Bug, match="unexpected"):
        judge(running(lambda _: log.error("unexpected")), b"")
    judge(running(lambda _: log.warning("expected")), b"")


def test_time_beyond_the_limit_is_seen() -> None:
    with pytest.raises(TooSlow):
        judge(running(len), b"x", max_seconds=-1.0)
    judge(running(len), b"x", max_seconds=60.0)


def test_what_a_target_raises_is_passed_on() -> None:
    with pytest.raises(ZeroDivisionError):
        judge(running(lambda data: 1 // len(data)), b"")
