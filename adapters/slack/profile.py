"""What a person has set in Slack, read for a push: silenced notifications and the time zone.

Tests: tests/adapters/slack/test_profile.py.
"""

from __future__ import annotations

import asyncio

from adapters.slack.notifications import INFO_METHOD, parse_notifications
from adapters.slack.workspaces import Workspaces
from core.errors import SendRejected
from core.ports import Clock
from core.records import Account, NotificationReading

MISSING_SCOPE = "missing_scope"
ASK_AGAIN_SECONDS = 3600.0
"""After a workspace whose app may not read it; `oo doctor` says so."""


class ProfileReader:
    """Reads what one person has set."""

    def __init__(self, workspaces: Workspaces, clock: Clock) -> None:
        self._workspaces, self._clock = workspaces, clock
        self._not_before: dict[str, float] = {}
        """Workspaces whose app lacks the scope; from which time of the event loop they are asked again."""

    async def notifications(self, account: Account) -> NotificationReading | None:
        """What Slack knows; None where the app may not read it. Raises ``SendFailed``."""
        workspace_id, _, member = account.external_id.partition("/")
        now = asyncio.get_running_loop().time()
        if now < self._not_before.get(workspace_id, now):
            return None
        api, _ = self._workspaces.find(account.address)
        try:
            status = await api.read(INFO_METHOD, user=member)
        except SendRejected as refusal:
            if str(refusal) != MISSING_SCOPE:
                raise
            self._not_before[workspace_id] = now + ASK_AGAIN_SECONDS
            return None
        return parse_notifications(
            status, self._clock.now(), zone=_zone(await api.read("users.info", user=member))
        )


def _zone(answer: object) -> object:
    match answer:
        case {"user": {"tz": zone}}:
            return zone
    return None
