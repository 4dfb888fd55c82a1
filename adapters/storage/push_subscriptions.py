"""The browsers to which oO pushes tips.

Tests: tests/contracts/store/test_push_subscriptions.py.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import bindparam, delete, update

from adapters.storage.endings import browser_hash
from adapters.storage.rows import Repository, Rows
from adapters.storage.tables import push_subscriptions
from core.records import PushSubscription

_SUBSCRIPTIONS = Rows(PushSubscription, push_subscriptions)

_IS_IT = push_subscriptions.c.subscription_id == bindparam("which")
_IS_THERE = push_subscriptions.c.endpoint == bindparam("place")
_AT = _SUBSCRIPTIONS.select.where(_IS_THERE)
_OF_PERSON = _SUBSCRIPTIONS.select.where(push_subscriptions.c.person_id == bindparam("whose")).order_by(
    push_subscriptions.c.created_at, push_subscriptions.c.subscription_id
)
_DELIVERED = update(push_subscriptions).where(_IS_IT).values(delivered_at=bindparam("moment"))
_REPLACED = delete(push_subscriptions).where(_IS_THERE | _IS_IT)
_DELETE = delete(push_subscriptions).where(_IS_IT)


class PushSubscriptions(Repository):
    """Implements ``core.store.PushSubscriptions``."""

    async def put(self, subscription: PushSubscription) -> None:
        replaced = {"place": subscription.endpoint, "which": subscription.subscription_id}
        await self._session.change(_REPLACED, replaced)
        await self._add(_SUBSCRIPTIONS, subscription)

    async def at(self, endpoint: str) -> PushSubscription | None:
        return await self._first(_SUBSCRIPTIONS, _AT, place=endpoint)

    async def of(self, person_id: str) -> tuple[PushSubscription, ...]:
        return await self._all(_SUBSCRIPTIONS, _OF_PERSON, whose=person_id)

    async def delivered(self, subscription_id: str, at: datetime) -> None:
        await self._session.change(_DELIVERED, {"which": subscription_id, "moment": at})

    async def remove(self, subscription_id: str) -> None:
        self._session.ended.append(browser_hash(subscription_id))
        await self._session.change(_DELETE, {"which": subscription_id})
