"""Edits of messages; those that a platform refuses for now, or that may not have been made, are made later:
an edit that is made twice shows the same.

Edits of one message are made in order, and a newer one replaces one that waits. Edits that still wait when
the process ends are lost; the next tap on the message redraws it.
"""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass
from weakref import WeakValueDictionary

from core.chat import Message
from core.errors import NotSent, SendFailed, SendUnknown
from core.ports import Messenger

log = logging.getLogger(__name__)

MIN_RETRY_SECONDS = 1.0
MAX_RETRY_SECONDS = 60.0
"""The pause doubles from the first value to the second; a platform may ask for a longer one."""

GIVE_UP_AFTER_SECONDS = 3600.0
"""An edit that waited this long is dropped: nobody looks at the message any more."""


@dataclass(frozen=True, slots=True)
class MessageKey:
    """Names a message on any platform."""

    messenger: int
    """``id()`` of the messenger that sent it."""

    address: str
    message_id: str


class Edits:
    """The edits of one process; ``waiting`` holds the newest content of each message that has to wait."""

    def __init__(
        self,
        *,
        min_retry_seconds: float = MIN_RETRY_SECONDS,
        max_retry_seconds: float = MAX_RETRY_SECONDS,
        give_up_after_seconds: float = GIVE_UP_AFTER_SECONDS,
    ) -> None:
        self.waiting: dict[MessageKey, Message] = {}
        self._min_retry_seconds = min_retry_seconds
        self._max_retry_seconds = max_retry_seconds
        self._give_up_after_seconds = give_up_after_seconds
        self._locks: WeakValueDictionary[MessageKey, asyncio.Lock] = WeakValueDictionary()
        self._tasks: set[asyncio.Task[None]] = set()

    async def make(self, messenger: Messenger, address: str, message_id: str, message: Message) -> None:
        """Edit the message now, or as soon as the platform allows.

        Raises ``SendFailed``, but neither ``NotSent`` nor ``SendUnknown``.
        """
        key = MessageKey(id(messenger), address, message_id)
        async with self._lock(key):
            if key in self.waiting:
                self.waiting[key] = message
                return
            try:
                await messenger.edit(address, message_id, message)
            except (NotSent, SendUnknown) as fault:
                log.info("an edit waits: %s", fault)
                self.waiting[key] = message
                task = asyncio.create_task(self._retry(messenger, key, _pause_after(fault)))
                self._tasks.add(task)
                task.add_done_callback(self._tasks.discard)

    async def stop(self, patience: float) -> None:
        """Make the edits that are possible within ``patience`` seconds; drop the rest."""
        tasks = tuple(self._tasks)
        if tasks:
            await asyncio.wait(tasks, timeout=patience)
        if self.waiting:
            log.warning(
                "%d messages may stay as they were: their platform asked to wait, or gave no answer",
                len(self.waiting),
            )
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _lock(self, key: MessageKey) -> asyncio.Lock:
        return self._locks.setdefault(key, asyncio.Lock())

    async def _retry(self, messenger: Messenger, key: MessageKey, retry_after: float) -> None:
        """Try again until the edit is made, refused, or too old; ``retry_after`` is the least pause."""
        pause, waited = self._min_retry_seconds, 0.0
        while waited < self._give_up_after_seconds:
            seconds = max(retry_after, pause)
            await asyncio.sleep(seconds)
            waited, pause = waited + seconds, min(2 * pause, self._max_retry_seconds)
            async with self._lock(key):
                try:
                    await messenger.edit(key.address, key.message_id, self.waiting[key])
                except (NotSent, SendUnknown) as fault:
                    retry_after = _pause_after(fault)
                    continue
                except SendFailed as fault:
                    log.warning("message not redrawn: %s", type(fault).__name__)
                del self.waiting[key]
                return
        log.warning("message not redrawn: its platform gave no answer, or asked to wait, for too long")
        self.waiting.pop(key, None)


def _pause_after(fault: SendFailed) -> float:
    """For how long the platform asked to wait, in seconds."""
    return fault.retry_after if isinstance(fault, NotSent) else 0.0
