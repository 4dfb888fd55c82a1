"""A program asks for a tip and shows it itself: decide now, commit, then hand the tip over.

Consent, zone and rules are as for ``/tip`` (``on_request.py``): quiet hours and cap do not apply. No chat
gets a message. The delivery counts as sent once it is committed, which is before the program gets the tip.

Tests: tests/bot/api/test_tips.py.
"""

from __future__ import annotations

from dataclasses import replace
from zoneinfo import ZoneInfo

from core.deciding.decide import decide, store_decision
from core.delivery.send import reserve
from core.dependencies import Dependencies
from core.errors import NotFound
from core.events import record_event
from core.records import Account, Decision, DeliveryState, Person, Request, Trigger
from core.store import Unit

HANDED_OVER = "handed_over"
"""Reason of a delivery to a program."""


async def tip_for_program(
    person: Person, deps: Dependencies, *, zone: ZoneInfo, request: Request, origin: str
) -> Decision:
    """A decision for a program. Its tip, if there is one, counts as shown.

    ``origin`` names the request and makes it idempotent: asked again, the same decision comes back. Raises
    ``NotFound`` if the person has no account any more. The caller has checked the consent.
    """
    decision_id = f"asked-{origin}"
    if known := await _made_before(decision_id, person, deps):
        return known
    decided = await decide(person, deps, trigger=Trigger.REQUESTED, zone=zone, request=request)
    decided = replace(decided, decision=replace(decided.decision, decision_id=decision_id))
    async with deps.store.begin(person.person_id) as unit:
        account = await _latest_account(unit, person)
        if not await store_decision(unit, decided, deps):
            return await unit.decisions.get(decision_id)
        if decided.decision.tip:
            await _hand_over(unit, decided.decision, account, deps)
    return decided.decision


async def _made_before(decision_id: str, person: Person, deps: Dependencies) -> Decision | None:
    try:
        async with deps.store.read() as unit:
            found = await unit.decisions.get(decision_id)
    except NotFound:
        return None
    return found if found.person_id == person.person_id else None


async def _latest_account(unit: Unit, person: Person) -> Account:
    for account in await unit.people.accounts(person.person_id):
        return account
    raise NotFound("the person has no account")


async def _hand_over(unit: Unit, decision: Decision, account: Account, deps: Dependencies) -> None:
    """Store the delivery, in the state ``sent``."""
    reserved = reserve(decision, account, deps)
    sent = replace(reserved, state=DeliveryState.SENT, attempt=1, reason=HANDED_OVER)
    await unit.deliveries.add(sent)
    await record_event(
        unit,
        deps,
        f"delivery.{sent.state.value}",
        sent.person_id,
        delivery_id=sent.delivery_id,
        decision_id=sent.decision_id,
        reason=sent.reason,
    )
