"""Redraws the messages that show a tip, in all chats of its person, after a reaction that came another way.

Tests: tests/scenarios/test_http_api.py.
"""

from __future__ import annotations

import asyncio
import logging

from bot.conversation.edits import Edits
from bot.languages.active import speaking_to
from bot.screens import tips as tips_screen
from core.delivery.callbacks import with_button_tokens
from core.delivery.mentions import remember
from core.delivery.tip_status import TipStatus, read_status
from core.dependencies import Dependencies
from core.errors import NotFound, SendFailed, StoreUnavailable
from core.records import Account, Person

log = logging.getLogger(__name__)


class Redrawing:
    """Redraws in the background: whoever reacted does not wait for the platforms."""

    def __init__(self, deps: Dependencies, edits: Edits) -> None:
        self._deps = deps
        self._edits = edits
        self._tasks: set[asyncio.Task[None]] = set()

    def start(self, person: Person, decision_id: str) -> None:
        """Begin to redraw the messages that show the tip."""
        task = asyncio.create_task(self._redraw(person.person_id, decision_id))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def stop(self, patience: float) -> None:
        """Finish what is possible within ``patience`` seconds; a later tap redraws the rest."""
        tasks = tuple(self._tasks)
        if tasks:
            _, late = await asyncio.wait(tasks, timeout=patience)
            for task in late:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def _redraw(self, person_id: str, decision_id: str) -> None:
        try:
            async with self._deps.store.read() as unit:
                person = await unit.people.get(person_id)
                accounts = {one.account_id: one for one in await unit.people.accounts(person_id)}
                deliveries = await unit.deliveries.of(decision_id)
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
        async with deps.store.begin() as unit:
            ready = await with_button_tokens(unit, drawn, person, deps)
        messenger = deps.messengers[account.channel]
        await self._edits.make(messenger, account.address, message_id, ready)
        async with deps.store.begin() as unit:
            await unit.people.get(person.person_id)
            await remember(unit, account, message_id, ready, at=deps.clock.now())
