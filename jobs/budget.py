"""Tells the owner, once a day, that the budget of the language model is spent.

Tests: tests/scenarios/with_model/test_purposes.py.
"""

from __future__ import annotations

from collections.abc import Callable

from core.chat import Message
from core.deciding.decision_points import best_account
from core.deciding.model_use import take_spent_notice
from core.dependencies import Dependencies
from core.records import Person
from jobs.notices import may_disturb, say


async def tell_spent(deps: Dependencies, notice: Callable[[Person], Message]) -> bool:
    """Whether the owner was told now. In quiet hours or during a pause the notice waits; the day after it is
    dropped.
    """
    async with deps.store.read() as unit:
        owner = await unit.people.owner()
        if owner is None or (await may_disturb(unit, owner.person_id, deps)).reason:
            return False
        account = best_account(owner, await unit.people.accounts(owner.person_id), deps)
    if account is None or not await take_spent_notice(deps):
        return False
    await say(account, notice(owner.on(account)), deps)
    return True
