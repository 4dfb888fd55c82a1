"""The state of a channel's connection, and the lines that it logs."""

from __future__ import annotations

import asyncio
import logging

import pytest

from adapters.channel_health import ConnectedChannel
from core.errors import SettingsError

log = logging.getLogger("tests.channel")


class Radio(ConnectedChannel):
    """A channel whose attempts to connect end as its ``results`` say: an error, or None."""

    def __init__(self, *results: Exception | None) -> None:
        super().__init__("Radio", log, failures=(ConnectionError,), describe=lambda fault: f"said {fault}")
        self._results = iter(results)

    async def _connect(self) -> None:
        if fault := next(self._results):
            raise fault

    async def connect(self) -> str | None:
        await self._first_attempt(0.01)
        return self.last_error


async def test_a_channel_is_not_healthy_before_its_first_attempt() -> None:
    radio = Radio()

    assert (radio.healthy, radio.last_error) == (False, "NotStarted")


async def test_every_change_is_logged_once(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    radio = Radio(ConnectionError("down"), ConnectionError("down"), None, None, ConnectionError("gone"))

    found = [await radio.connect() for _ in range(5)]

    assert found == ["said down", "said down", None, None, "said gone"]
    assert [(record.levelname, record.getMessage()) for record in caplog.records] == [
        ("WARNING", "Radio: said down"),
        ("INFO", "Radio: connected"),
        ("WARNING", "Radio: said gone"),
    ]


async def test_an_attempt_that_hangs_ends_at_its_limit() -> None:
    class Silent(Radio):
        async def _connect(self) -> None:
            await asyncio.Event().wait()

    assert await Silent().connect() == "TimeoutError"


@pytest.mark.parametrize("fault", [SettingsError(("TOKEN is wrong",)), ValueError("a bug")])
async def test_what_no_further_attempt_can_mend_is_raised(fault: Exception) -> None:
    with pytest.raises(type(fault)):
        await Radio(fault).connect()
