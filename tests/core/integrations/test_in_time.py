"""A source that is late counts as one that does not answer; its own errors are its own."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from core.errors import SourceBusy, SourceUnavailable
from core.integrations.in_time import in_time

MOMENT, LONG = timedelta(milliseconds=1), timedelta(minutes=1)


async def test_an_answer_in_time_is_the_answer() -> None:
    assert await in_time(asyncio.sleep(0, "tasks"), LONG) == "tasks"


async def test_a_late_answer_is_a_source_that_does_not_answer() -> None:
    with pytest.raises(SourceUnavailable, match="too long"):
        await in_time(asyncio.Event().wait(), MOMENT)


async def test_what_the_source_raises_comes_through() -> None:
    async def busy() -> None:
        raise SourceBusy(60)

    with pytest.raises(SourceBusy):
        await in_time(busy(), LONG)
