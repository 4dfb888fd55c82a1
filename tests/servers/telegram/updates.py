"""Updates on their way to the bot: kept until confirmed, held back in a long poll, filtered by type."""

import asyncio
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any

from tests.servers.telegram.changes import Changes
from tests.servers.telegram.content import JsonObject
from tests.servers.telegram.errors import bad_request, conflict
from tests.servers.telegram.records import Update

FIRST_UPDATE_ID = 700_000_001
MAX_POLL_SECONDS = 50
OPT_IN = frozenset({"chat_member", "message_reaction", "message_reaction_count"})


@dataclass(slots=True, kw_only=True)
class Poll:
    """One getUpdates, by the event loop's clock."""

    began_at: float
    ended_at: float | None = None
    """None while it is held."""


class UpdateQueue:
    """All updates that the bot has not confirmed yet, oldest first."""

    def __init__(self, changes: Changes) -> None:
        self._changes = changes
        self.pending: list[Update] = []
        self.allowed: list[str] = []
        self._next_id = FIRST_UPDATE_ID
        self._held: asyncio.Future[None] | None = None
        self.polls: list[Poll] = []
        """Every getUpdates, oldest first."""

    @property
    def is_polled(self) -> bool:
        """Whether a long poll is being held now."""
        return self._held is not None

    def push(self, body: JsonObject) -> Update:
        """Give `body` an update_id and queue it, unless the bot asked not to be told of its type."""
        update = Update(update_id=self._next_id, body={"update_id": self._next_id, **body})
        self._next_id += 1
        if self._is_allowed(body):
            self.pending.append(update)
            self._wake()
        return update

    def repeat(self, update: Update) -> None:
        """Deliver `update` once more under the same update_id, confirmed or not."""
        self.pending.append(replace(update, is_repeat=True))
        self._wake()

    def allow(self, kinds: Any) -> None:
        """Set `allowed_updates`: None keeps the previous setting, [] means all but the opt-in types."""
        if kinds is None:
            return
        if not isinstance(kinds, list) or not all(isinstance(kind, str) for kind in kinds):
            raise bad_request("can't parse allowed updates JSON object")
        self.allowed = kinds

    def forget(self) -> None:
        """Drop everything that is pending."""
        self.pending.clear()

    async def poll(self, *, offset: int, limit: int, seconds: int) -> list[JsonObject]:
        """What getUpdates returns: at once when something is pending, else after at most `seconds`."""
        poll = Poll(began_at=asyncio.get_running_loop().time())
        self.polls.append(poll)
        try:
            return await self._poll(offset=offset, limit=limit, seconds=seconds)
        finally:
            poll.ended_at = asyncio.get_running_loop().time()

    async def _poll(self, *, offset: int, limit: int, seconds: int) -> list[JsonObject]:
        self.abort_poll(
            "terminated by other getUpdates request; make sure that only one bot instance is running"
        )
        self._confirm(offset)
        if seconds > 0 and not self.pending:
            await self._hold(min(seconds, MAX_POLL_SECONDS))
        return self._take(limit if 1 <= limit <= 100 else 100)

    def abort_poll(self, reason: str) -> None:
        """End the held poll, if there is one, with 409."""
        if self._held is not None and not self._held.done():
            self._held.set_exception(conflict(reason))

    def drop(self, update: Update) -> None:
        """`update` was delivered for good."""
        if update in self.pending:
            self.pending.remove(update)

    async def _hold(self, seconds: float) -> None:
        held = self._held = asyncio.get_running_loop().create_future()
        self._changes.announce()
        try:
            with suppress(TimeoutError):
                async with asyncio.timeout(seconds):
                    await held
        finally:
            if self._held is held:
                self._held = None
            self._changes.announce()

    def _take(self, limit: int) -> list[JsonObject]:
        batch = self.pending[:limit]
        self.pending = [update for update in self.pending if not (update.is_repeat and update in batch)]
        return [update.body for update in batch]

    def _confirm(self, offset: int) -> None:
        if offset < 0:
            self.pending = self.pending[offset:]
        self.pending = [update for update in self.pending if update.is_repeat or update.update_id >= offset]

    def _is_allowed(self, body: JsonObject) -> bool:
        kind = next(iter(body), "")
        return kind in self.allowed if self.allowed else kind not in OPT_IN

    def _wake(self) -> None:
        if self._held is not None and not self._held.done():
            self._held.set_result(None)
