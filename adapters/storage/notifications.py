"""What is known of people's notifications.

Tests: tests/contracts/store/test_notifications.py.
"""

from __future__ import annotations

from sqlalchemy import bindparam, delete

from adapters.storage.rows import Repository, Rows
from adapters.storage.tables import notification_states
from core.records import NotificationState

_STATES = Rows(NotificationState, notification_states)
_OF_PERSON = _STATES.select.where(notification_states.c.person_id == bindparam("person_id")).order_by(
    notification_states.c.account_id
)
_FORGET = delete(notification_states).where(notification_states.c.person_id == bindparam("whose"))


class Notifications(Repository):
    """Implements ``core.store.Notifications``."""

    async def of(self, person_id: str) -> tuple[NotificationState, ...]:
        return await self._all(_STATES, _OF_PERSON, person_id=person_id)

    async def put(self, state: NotificationState) -> None:
        await self._put(_STATES, state)

    async def forget(self, person_id: str) -> None:
        await self._session.change(_FORGET, {"whose": person_id})
