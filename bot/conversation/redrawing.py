"""Redraws the messages that show a tip, in all chats of its person, after a reaction that came another way.

Tests: tests/scenarios/test_http_api.py, tests/scenarios/test_linking.py.
"""

from __future__ import annotations

import asyncio
import json
import logging
from contextvars import Context

from bot.conversation.edits import Edits
from bot.languages.active import speaking_to
from bot.screens import tips as tips_screen
from core.delivery.callbacks import with_button_tokens
from core.delivery.mentions import remember
from core.delivery.tip_status import TipStatus, read_status
from core.dependencies import Dependencies
from core.errors import NotFound, SendFailed, StoreUnavailable
from core.records import Account, Person
from core.store import NOBODY

log = logging.getLogger(__name__)

LEFT_OVER = "redraws"
"""Key of the note with the decisions whose messages were still to be redrawn when the process ended."""

PAUSE_SECONDS = 0.05
"""Telegram takes 30 edits a second from a bot, Slack fewer."""


class Redrawing:
    """Redraws in the background, one tip after the other with a pause between: whoever reacted does not wait
    for the platforms, and a program in a hurry leaves time for everybody else. A tip that waits is redrawn
    once, as it is then; if the process ends first, after the next start.
    """

    def __init__(self, deps: Dependencies, edits: Edits, *, pause_seconds: float = PAUSE_SECONDS) -> None:
        self._deps = deps
        self._edits = edits
        self._pause_seconds = pause_seconds
        self._waiting: dict[str, str | None] = {}
        """Decision ids in the order of the reactions, with the account whose messages are redrawn already."""
        self._worker: asyncio.Task[None] | None = None

    def start(self, decision_id: str, *, but: str | None = None) -> None:
        """Begin to redraw the messages that show the tip of that decision, but for those on the account
        ``but``.
        """
        self._waiting[decision_id] = but if self._waiting.get(decision_id, but) == but else None
        if self._worker is None or self._worker.done():
            # It works for everybody who reacts meanwhile: the claim of this update must not end it.
            self._worker = asyncio.create_task(self._work(), context=Context())

    async def resume(self) -> None:
        """Begin to redraw what was left over when the process before this one ended."""
        async with self._deps.store.begin(NOBODY) as unit:
            left_over = await unit.notes.get(None, LEFT_OVER)
            if left_over:
                await unit.notes.put(None, LEFT_OVER, None)
        for decision_id in json.loads(left_over or "[]"):
            self.start(decision_id)

    async def stop(self, patience: float) -> None:
        """Finish what is possible within ``patience`` seconds, and note the rest."""
        if self._worker:
            self._pause_seconds = 0
            await asyncio.wait([self._worker], timeout=patience)
            self._worker.cancel()
            await asyncio.gather(self._worker, return_exceptions=True)
        if self._waiting:
            try:
                async with self._deps.store.begin(NOBODY) as unit:
                    await unit.notes.put(None, LEFT_OVER, json.dumps([*self._waiting]))
            except StoreUnavailable as fault:
                log.warning("%d messages not redrawn: %s", len(self._waiting), type(fault).__name__)

    async def _work(self) -> None:
        while self._waiting:
            decision_id = next(iter(self._waiting))
            but = self._waiting.pop(decision_id)
            try:
                await self._redraw(decision_id, but)
            except asyncio.CancelledError:
                self._waiting[decision_id] = but
                raise
            await asyncio.sleep(self._pause_seconds)

    async def _redraw(self, decision_id: str, but: str | None) -> None:
        try:
            async with self._deps.store.read() as unit:
                deliveries = [
                    one
                    for one in await unit.deliveries.of(decision_id)
                    if one.message_id and one.account_id != but
                ]
                if not deliveries:
                    return
                person = await unit.people.get(deliveries[0].person_id)
                accounts = {one.account_id: one for one in await unit.people.accounts(person.person_id)}
                outcome = await read_status(unit, decision_id, person)
            for one in deliveries:
                account = accounts.get(one.account_id)
                if account and one.message_id and account.channel in self._deps.messengers:
                    await self._edit(outcome, person, account, one.message_id)
        except (NotFound, SendFailed, StoreUnavailable) as fault:
            log.warning("message not redrawn: %s", type(fault).__name__)

    async def _edit(self, outcome: TipStatus, person: Person, account: Account, message_id: str) -> None:
        deps, addressed = self._deps, person.on(account)
        with speaking_to(addressed):
            drawn = tips_screen.after(outcome, addressed, deps.clock.now())
        async with deps.store.begin(person.person_id) as unit:
            ready = await with_button_tokens(unit, drawn, await unit.people.get(person.person_id), deps)
            await remember(unit, account, message_id, ready, at=deps.clock.now())
        await self._edits.make(deps.messengers[account.channel], account.address, message_id, ready)
