"""A person asks for a tip: decide now, commit, then send. Quiet hours and cap do not apply."""

from __future__ import annotations

from dataclasses import replace
from zoneinfo import ZoneInfo

from core.deciding.decide import decide, store_decision
from core.delivery.send import TipRenderer, begin_send, recipient_of, reserve, send
from core.dependencies import Dependencies
from core.records import Account, Consent, Delivery, Person, Request, Trigger


async def tip_now(
    person: Person,
    account: Account,
    deps: Dependencies,
    compose: TipRenderer,
    *,
    zone: ZoneInfo,
    request: Request,
    origin: str,
) -> Delivery | None:
    """Send one tip to ``account``. None if there is nothing to suggest (the decision is logged nevertheless),
    and without consent.

    ``origin`` names the update that asked and makes the request idempotent: if the same update is handled
    again after a stop, the first decision's delivery is returned and nothing is sent.
    """
    if person.consent is not Consent.AGREED:
        return None
    with deps.tracer.span("decide", trigger=Trigger.REQUESTED.value):
        decided = await decide(person, deps, trigger=Trigger.REQUESTED, zone=zone, request=request)
    decided = replace(decided, decision=replace(decided.decision, decision_id=f"asked-{origin}"))
    delivery = reserve(decided.decision, account, deps) if decided.decision.tip else None
    async with deps.store.begin(person.person_id) as unit:
        if not await store_decision(unit, decided, deps):
            return next(iter(await unit.deliveries.of(decided.decision.decision_id)), None)
        if delivery is None:
            return None
        await unit.deliveries.add(delivery)
        recipient = await recipient_of(unit, person.person_id)
        pending = await begin_send(unit, delivery, decided.decision, recipient, deps, compose)
    return await send(pending, deps)
