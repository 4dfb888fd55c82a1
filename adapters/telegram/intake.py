"""The way in, by whichever transport: what is durable may be confirmed to Telegram, nothing else."""

from __future__ import annotations

import asyncio
import logging

from adapters.telegram.parse import parse_update
from core.errors import OoError, StoreUnavailable
from core.ports import Accept, Clock

log = logging.getLogger(__name__)


class NotTaken(OoError):
    """The inbox did not take an update: Telegram has to keep it."""


class Intake:
    """Hands updates in, one at a time. ``ignored`` counts those that were not for oO."""

    def __init__(self, accept: Accept, clock: Clock) -> None:
        self.ignored = 0
        self._accept = accept
        self._clock = clock

    async def take(self, raw: object) -> None:
        """Returns when ``raw`` may be confirmed: it is durable or not for oO. Raises ``NotTaken``."""
        update = parse_update(raw, self._clock.now())
        if update is None:
            self.ignored += 1
            return
        # Whatever kept the inbox from taking it, the answer is the same: gather returns the error as a value.
        [fault] = await asyncio.gather(self._accept(update), return_exceptions=True)
        if fault is not None:
            if not isinstance(fault, StoreUnavailable):  # the store says so itself, once
                log.warning("the inbox did not take an update: %s", type(fault).__name__)
            raise NotTaken("inbox") from fault
