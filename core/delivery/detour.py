"""A detour: what provably did not arrive on one account of a person goes to another one.

A mailbox refuses, a browser is gone, a mail server is down for a day: a reminder is a promise, and the person
can still be reached. Each account is tried in turn, by a delivery of its own. So what was decided is shown
once: an account where it may have been shown is the last one.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from core.deciding.decision_points import best_account
from core.dependencies import Dependencies
from core.records import Account, Delivery, DeliveryState, Trigger
from core.store import Unit

PATIENCE = timedelta(minutes=2)
"""How long one account is tried while there is another one."""

FAILED = frozenset({DeliveryState.REJECTED, DeliveryState.ABANDONED})


async def other_account(unit: Unit, failed: Delivery, deps: Dependencies) -> Account | None:
    """Where else to reach the person; None if there is no account that was not tried, or if they asked for
    the tip: it belongs where they asked.
    """
    decision = await unit.decisions.get(failed.decision_id)
    if decision.trigger is Trigger.REQUESTED:
        return None
    person = await unit.people.get(decision.person_id)
    tried = {one.account_id for one in await unit.deliveries.of(failed.decision_id)}
    accounts = await unit.people.accounts(person.person_id)
    return best_account(person, [one for one in accounts if one.account_id not in tried], deps)


def lasts_too_long(after: Delivery) -> bool:
    """Whether the next attempt comes later than an account is waited for."""
    waits = after.state is DeliveryState.RESERVED and after.not_before is not None
    return waits and after.not_before - after.reserved_at > PATIENCE  # type: ignore[operator]


def given_up(waiting: Delivery) -> Delivery:
    """The delivery without a further attempt, as there is another account."""
    return replace(waiting, state=DeliveryState.ABANDONED, not_before=None)


async def go_elsewhere(unit: Unit, failed: Delivery, account: Account, deps: Dependencies) -> None:
    """Reserve a delivery to ``account``; it is sent soon, if that is still right then."""
    now = deps.clock.now()
    detour = replace(
        failed,
        delivery_id=deps.random.new_id(),
        account_id=account.account_id,
        state=DeliveryState.RESERVED,
        reserved_at=now,
        changed_at=now,
        attempt=0,
        not_before=None,
        reason=None,
    )
    await unit.deliveries.add(detour)
