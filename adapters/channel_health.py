"""What channels with a connection share: the first attempt to connect, and whether updates come in."""

from __future__ import annotations

import asyncio
import logging
from abc import ABC, abstractmethod
from collections.abc import Callable


class ConnectedChannel(ABC):
    """Base of a channel that keeps a connection to a platform; logs one line when its state changes."""

    def __init__(
        self,
        platform: str,
        log: logging.Logger,
        *,
        failures: tuple[type[Exception], ...],
        describe: Callable[[Exception], str],
    ) -> None:
        """``failures``: what ``_connect`` may raise when it can be tried again.

        ``describe``: their text for the log, without anything that a person wrote.
        """
        self.last_error: str | None = "NotStarted"
        """The kind of the last failure; None while updates come in, as far as is known."""
        self._platform = platform
        self._log = log
        self._failures = failures
        self._describe = describe

    @property
    def healthy(self) -> bool:
        """Whether updates come in, as far as is known; if not, ``last_error`` names the kind of failure."""
        return self.last_error is None

    @abstractmethod
    async def _connect(self) -> None:
        """Connect once. Raises ``SettingsError`` when the platform refuses the credentials."""

    async def _first_attempt(self, max_seconds: float) -> None:
        """Try to connect once and report the result. Raises only ``SettingsError``."""
        try:
            async with asyncio.timeout(max_seconds):
                await self._connect()
        except TimeoutError:
            self._report("TimeoutError")
        except self._failures as fault:
            self._report(self._describe(fault))
        else:
            self._report(None)

    def _report(self, fault: str | None) -> None:
        """Store the state; None means that the connection works."""
        if fault != self.last_error:
            level = logging.WARNING if fault else logging.INFO
            self._log.log(level, "%s: %s", self._platform, fault or "connected")
        self.last_error = fault
