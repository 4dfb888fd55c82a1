"""The one notice that a connection to a task source or a calendar is lost.

Tests: tests/jobs/test_sync_tasks.py, tests/jobs/test_sync_calendars.py.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace

from core.chat import Message
from core.deciding.decision_points import best_account
from core.dependencies import Dependencies
from core.records import Integration, Person, PersonAccount
from core.store import Unit
from jobs.notices import may_disturb, say

LostNotice = Callable[[Integration, Person], Message]
"""The message that this connection is lost, in the language that the person prefers."""

FindLost = Callable[[Unit], Awaitable[Integration | None]]
"""The connection that is lost and that nobody was told of; None if there is none."""


async def tell_of_lost(person_id: str, find: FindLost, deps: Dependencies, notice: LostNotice) -> None:
    """Tell the person once that the connection is lost, unless they may not be disturbed now. It is stored
    that they were told before they are. Raises ``NotFound`` if they have left.
    """
    async with deps.store.read() as unit:  # mostly there is nothing to tell, and nothing is written
        if await _found(unit, person_id, find, deps) is None:
            return
    async with deps.store.begin(person_id) as unit:
        lost = await _found(unit, person_id, find, deps)
        if lost is None:
            return
        await unit.integrations.put(replace(lost, told_at=deps.clock.now()))
        person = await unit.people.get(person_id)
        account = best_account(person, await unit.people.accounts(person_id), deps)
    if account:
        reached = PersonAccount(person=person, account=account)
        await say(account, notice(lost, reached.person.on(account)), deps)


async def _found(unit: Unit, person_id: str, find: FindLost, deps: Dependencies) -> Integration | None:
    lost = await find(unit)
    if lost is None or (await may_disturb(unit, person_id, deps)).reason is not None:
        return None
    return lost
