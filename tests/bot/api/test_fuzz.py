"""Schemathesis finds no 5xx and no undocumented answer; ``python -m tests.bot.api.fuzz`` looks longer."""

from __future__ import annotations

import asyncio

import pytest

from bot.api.operations import OPERATIONS
from tests.bot.api.fuzz import Fuzzing, run

EXAMPLES = 4
"""Cases of each operation and kind, to take a few seconds."""


@pytest.mark.filterwarnings("ignore")
def test_every_answer_to_whatever_request_is_documented() -> None:
    with asyncio.Runner() as runner:
        fuzzing = Fuzzing.start(runner)
        run(fuzzing, examples=EXAMPLES)

    tried = {name.rsplit(" ", 1)[0] for name in fuzzing.statuses}
    assert tried == {f"{one.method} {one.path}" for one in OPERATIONS}
    assert not any(name.rsplit(" ", 1)[1].startswith("5") for name in fuzzing.statuses)
