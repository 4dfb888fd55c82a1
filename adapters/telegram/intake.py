"""Updates on their way into the inbox. Only what is stored may be confirmed to Telegram.

Tests: tests/adapters/telegram/test_polling.py, tests/adapters/telegram/test_webhook.py.
"""

from __future__ import annotations

import asyncio
import logging

from adapters.telegram.parse import parse_update
from core.errors import OoError, StoreUnavailable
from core.ports import Accept, Clock

log = logging.getLogger(__name__)


class NotTaken(OoError):
    """The inbox could not store an update, so it must not be confirmed: Telegram sends it again."""


class Intake:
    """Parses updates and passes them to ``accept``, one at a time."""

    def __init__(self, accept: Accept, clock: Clock) -> None:
        self.ignored = 0
        """How many updates were not for oO."""
        self._accept = accept
        self._clock = clock

    async def take(self, raw: object, accept: Accept | None = None) -> None:
        """Return when ``raw`` may be confirmed: it is stored or not for oO. Raises ``NotTaken``.

        ``accept`` None: the usual one.
        """
        update = parse_update(raw, self._clock.now())
        if update is None:
            self.ignored += 1
            return
        # Every error has the same consequence; gather returns it as a value.
        [fault] = await asyncio.gather((accept or self._accept)(update), return_exceptions=True)
        if fault is not None:
            if not isinstance(fault, StoreUnavailable):  # the store logs it itself, once
                log.warning("the inbox did not take an update: %s", type(fault).__name__)
            raise NotTaken("inbox") from fault
