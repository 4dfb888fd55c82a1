"""Edits that a platform refuses for now are made later: a message must not stay as it was for good.

Of several edits of one message the latest counts, and they are made in turn: an earlier state never comes
last. What still waits when the process ends is lost; the next tap on such a message brings it up to date.
"""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass
from weakref import WeakValueDictionary

from core.chat import Message
from core.errors import NotSent, SendFailed
from core.ports import Messenger

log = logging.getLogger(__name__)

FIRST_PAUSE = 1.0
LONGEST_PAUSE = 60.0
GIVEN_UP_AFTER = 3600.0
"""Seconds after which nobody looks at that message any more."""


@dataclass(frozen=True, slots=True)
class Place:
    """A message of a conversation, wherever that is."""

    messenger: int
    address: str
    message_id: str


class Edits:
    """The edits of one process; ``waiting`` is the latest state of each message that could not be edited."""

    def __init__(self) -> None:
        self.waiting: dict[Place, Message] = {}
        self._turns: WeakValueDictionary[Place, asyncio.Lock] = WeakValueDictionary()
        self._tasks: set[asyncio.Task[None]] = set()

    async def make(self, messenger: Messenger, address: str, message_id: str, message: Message) -> None:
        """Edit the message, now or as soon as the platform lets it.

        Raises ``SendFailed``, but never ``NotSent``.
        """
        place = Place(id(messenger), address, message_id)
        async with self._turn(place):
            if place in self.waiting:
                self.waiting[place] = message
                return
            try:
                await messenger.edit(address, message_id, message)
            except NotSent as refused:
                log.info("an edit waits: %s", refused)
                self.waiting[place] = message
                task = asyncio.create_task(self._later(messenger, place, refused.retry_after))
                self._tasks.add(task)
                task.add_done_callback(self._tasks.discard)

    async def stop(self, patience: float) -> None:
        """Make what may be made within ``patience`` seconds, and let go of the rest."""
        tasks = tuple(self._tasks)
        if tasks:
            await asyncio.wait(tasks, timeout=patience)
        if self.waiting:
            log.warning("%d messages stay as they were: their platform asked to wait", len(self.waiting))
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _turn(self, place: Place) -> asyncio.Lock:
        return self._turns.setdefault(place, asyncio.Lock())

    async def _later(self, messenger: Messenger, place: Place, wait: float) -> None:
        pause, waited = FIRST_PAUSE, 0.0
        while waited < GIVEN_UP_AFTER:
            span = max(wait, pause)
            await asyncio.sleep(span)
            waited, pause = waited + span, min(2 * pause, LONGEST_PAUSE)
            async with self._turn(place):
                try:
                    await messenger.edit(place.address, place.message_id, self.waiting[place])
                except NotSent as refused:
                    wait = refused.retry_after
                    continue
                except SendFailed as fault:
                    log.warning("message not redrawn: %s", type(fault).__name__)
                del self.waiting[place]
                return
        log.warning("message not redrawn: its platform asked to wait for too long")
        self.waiting.pop(place, None)
