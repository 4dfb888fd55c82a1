"""What Slack tells an app that is no update of somebody's: about its installations, and about notifications.

Tests: tests/adapters/slack/test_parse.py, tests/scenarios/test_slack_workspaces.py.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from adapters.slack.notifications import CHANGED_EVENT, parse_notifications
from adapters.slack.origin import is_id
from core.records import NotificationReading

MAX_TEAMS = 1_000
"""Of one event; an organisation has fewer."""

Json = Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Uninstalled:
    """A workspace removed the app, or its bot token."""

    workspace_id: str
    happened_at: datetime
    is_claim: bool = False
    """Whether only tokens are said to be revoked, perhaps former ones: the token that is used is asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamAccess:
    """An organisation gave the app access to some of its teams, or took it away."""

    workspace_id: str
    """The organisation's."""
    teams: tuple[str, ...]
    granted: bool
    happened_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class NotificationsChanged:
    """Somebody in a workspace, whom oO may not know, silenced their notifications or ended that."""

    external_id: str
    reading: NotificationReading


Notice = Uninstalled | TeamAccess | NotificationsChanged


def notice_of(event: Json, workspace_id: str, *, at: datetime, received_at: datetime) -> Notice | None:
    """The notice in an event of a workspace; None for other events. Pure; never raises.

    ``at``: when it happened, as far as Slack says.
    """
    match event:
        case {"type": "app_uninstalled"}:
            return Uninstalled(workspace_id=workspace_id, happened_at=at)
        case {"type": "tokens_revoked", "tokens": {"bot": [_, *_]}}:
            return Uninstalled(workspace_id=workspace_id, happened_at=at, is_claim=True)
        case {"type": "team_access_granted" | "team_access_revoked" as kind, "team_ids": [*listed]}:
            teams = tuple(str(one) for one in listed[:MAX_TEAMS] if is_id(one))
            granted = kind == "team_access_granted"
            return TeamAccess(workspace_id=workspace_id, teams=teams, granted=granted, happened_at=at)
        case {"type": str(kind), "user": user, "dnd_status": {} as status} if kind == CHANGED_EVENT:
            reading = parse_notifications(status, received_at)
            who = f"{workspace_id}/{user}"
            return NotificationsChanged(external_id=who, reading=reading) if is_id(user) else None
    return None
