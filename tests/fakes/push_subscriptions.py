"""Browsers in memory.

Tests: tests/contracts/store/test_push_subscriptions.py.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from core.records import PushSubscription
from tests.fakes.tables import Tables


class FakePushSubscriptions:
    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    async def put(self, subscription: PushSubscription) -> None:
        before = await self.at(subscription.endpoint)
        if before:
            await self.remove(before.subscription_id)
        await self.remove(subscription.subscription_id)
        self._tables.add("push_subscriptions", subscription.subscription_id, subscription)

    async def at(self, endpoint: str) -> PushSubscription | None:
        return next(iter(self._tables.all("push_subscriptions", endpoint=endpoint)), None)

    async def of(self, person_id: str) -> tuple[PushSubscription, ...]:
        theirs = self._tables.all("push_subscriptions", person_id=person_id)
        return tuple(sorted(theirs, key=lambda one: (one.created_at, one.subscription_id)))

    async def delivered(self, subscription_id: str, at: datetime) -> None:
        found = self._tables.find("push_subscriptions", subscription_id)
        if found is not None:
            self._tables.put("push_subscriptions", subscription_id, replace(found, delivered_at=at))

    async def remove(self, subscription_id: str) -> None:
        self._tables.drop("push_subscriptions", subscription_id)
