"""Deliveries: tips on their way to a person."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import bindparam, case, exists, or_, select, update

from adapters.storage.rows import LIMIT, Repository, Rows
from adapters.storage.tables import decisions, deliveries, rewards
from core.records import Delivery, DeliveryState, Trigger

_DELIVERIES = Rows(Delivery, deliveries)

_DELIVERY = _DELIVERIES.select.where(deliveries.c.delivery_id == bindparam("delivery_id"))
_DELIVERIES_OF_DECISION = _DELIVERIES.select.where(
    deliveries.c.decision_id == bindparam("decision_id")
).order_by(deliveries.c.reserved_at, deliveries.c.delivery_id)
_DELIVERIES_IN_STATE = (
    _DELIVERIES.select.where(deliveries.c.state == bindparam("state"))
    .order_by(deliveries.c.reserved_at)
    .limit(LIMIT)
)
_DUE = (
    _DELIVERIES.select.where(
        deliveries.c.state == DeliveryState.RESERVED,
        or_(deliveries.c.not_before.is_(None), deliveries.c.not_before <= bindparam("now")),
    )
    .order_by(deliveries.c.reserved_at)
    .limit(LIMIT)
)
_CHANGE_STATE = update(deliveries).where(
    deliveries.c.delivery_id == bindparam("target_id"),
    deliveries.c.state == bindparam("state_before"),
    deliveries.c.attempt == bindparam("attempt_before"),
)
_REWARDED_AT = (
    select(rewards.c.given_at).where(rewards.c.decision_id == deliveries.c.decision_id).scalar_subquery()
)
_IS_REMINDER = exists().where(
    decisions.c.decision_id == deliveries.c.decision_id, decisions.c.trigger == Trigger.REMINDER
)
_IS_UNMARKED = (
    deliveries.c.state == DeliveryState.SENT,
    deliveries.c.reserved_at < bindparam("before"),
    deliveries.c.rewarded_at.is_(None),
)
_HAS_REWARD = exists().where(rewards.c.decision_id == deliveries.c.decision_id)
_UNMARKED = (
    select(deliveries.c.person_id)
    .where(*_IS_UNMARKED, or_(_HAS_REWARD, _IS_REMINDER))
    .order_by(deliveries.c.reserved_at)
    .limit(LIMIT)
)
_COPY_REWARD_TIMES = (
    update(deliveries)
    .where(*_IS_UNMARKED, deliveries.c.person_id.in_(bindparam("people", expanding=True)))
    .values(rewarded_at=case((_IS_REMINDER, deliveries.c.changed_at), else_=_REWARDED_AT))
)
_SETTLE = (
    update(deliveries)
    .where(deliveries.c.decision_id == bindparam("settled_id"))
    .values(rewarded_at=bindparam("at", type_=deliveries.c.rewarded_at.type))
)


class Deliveries(Repository):
    """Every change of state is compare-and-set, so that one of several workers wins."""

    async def add(self, delivery: Delivery) -> None:
        await self._add(_DELIVERIES, delivery)

    async def get(self, delivery_id: str) -> Delivery:
        return await self._one(_DELIVERIES, _DELIVERY, delivery_id=delivery_id)

    async def of(self, decision_id: str) -> tuple[Delivery, ...]:
        return await self._all(_DELIVERIES, _DELIVERIES_OF_DECISION, decision_id=decision_id)

    async def move(self, before: Delivery, after: Delivery) -> bool:
        expected = {
            "target_id": before.delivery_id,
            "state_before": before.state,
            "attempt_before": before.attempt,
        }
        values = _DELIVERIES.values(after)
        # While it was sent, two people may have become one, or the account may have been taken away.
        del values["person_id"], values["account_id"]
        return bool(await self._session.change(_CHANGE_STATE, {**values, **expected}))

    async def unmarked(self, before: datetime, limit: int) -> frozenset[str]:
        rows = await self._session.rows(_UNMARKED, before=before, limit=limit)
        return frozenset(row.person_id for row in rows)

    async def mark_rewarded(self, people: Collection[str], before: datetime) -> None:
        await self._session.change(_COPY_REWARD_TIMES, {"people": sorted(people), "before": before})

    async def settle(self, decision_id: str, at: datetime) -> None:
        await self._session.change(_SETTLE, {"settled_id": decision_id, "at": at})

    async def due(self, now: datetime, limit: int) -> tuple[Delivery, ...]:
        return await self._all(_DELIVERIES, _DUE, now=now, limit=limit)

    async def in_state(self, state: DeliveryState, limit: int) -> tuple[Delivery, ...]:
        return await self._all(_DELIVERIES, _DELIVERIES_IN_STATE, state=state, limit=limit)
