"""What is known of people's notifications, in memory."""

from __future__ import annotations

from core.records import NotificationState
from tests.fakes.tables import Tables


class FakeNotifications:
    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    async def of(self, person_id: str) -> tuple[NotificationState, ...]:
        found = self._tables.all("notification_states", person_id=person_id)
        return tuple(sorted(found, key=lambda one: one.account_id))

    async def put(self, state: NotificationState) -> None:
        self._tables.put("notification_states", state.account_id, state)

    async def forget(self, person_id: str) -> None:
        for state in await self.of(person_id):
            self._tables.drop("notification_states", state.account_id)
