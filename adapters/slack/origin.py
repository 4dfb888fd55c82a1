"""Which installation a payload is for. Pure.

A payload names several teams. The one that counts has installed the app: for an event it is the one of the
authorization, as the event may come from a channel that organisations share (Slack Connect); for a view it is
where the view was opened. An installation for a whole organisation (Enterprise Grid) has the id of the
organisation, as people and their direct messages are the same in all of its teams.

Tests: tests/adapters/slack/test_origin.py.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

_ID = re.compile(r"[A-Z0-9]{1,64}")

Json = Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where a payload comes from."""

    workspace_id: str | None
    """The installation: the organisation's id if it is for all of it, else the team's. None: none is named.
    """
    homes: frozenset[str] = field(default_factory=frozenset)
    """Teams and organisations whose people belong to the installation; empty if that is not known."""

    def is_home_of(self, team: str) -> bool:
        """Whether somebody of ``team`` belongs to the installation."""
        return not self.homes or team in self.homes


def origin_of(payload: Json) -> Origin:
    """The installation that ``payload`` is for."""
    about = _authorization(payload) or payload
    team = _team(payload, about)
    enterprise = _first_id(
        about.get("enterprise_id"), payload.get("enterprise_id"), _id_in(payload, "enterprise")
    )
    if _is_true(about.get("is_enterprise_install")) and enterprise:
        is_shared = payload.get("is_ext_shared_channel") is True
        # The teams of an organisation are not listed, so only a shared channel can bring strangers.
        return Origin(workspace_id=enterprise, homes=frozenset({enterprise} if is_shared else ()))
    return Origin(workspace_id=team, homes=frozenset(one for one in (team, enterprise) if one))


def is_id(value: object) -> bool:
    """Whether ``value`` looks like an id of Slack's."""
    return isinstance(value, str) and _ID.fullmatch(value) is not None


def _authorization(payload: Json) -> Json | None:
    match payload.get("authorizations"):
        case [{} as first, *_] if is_id(first.get("team_id")) or is_id(first.get("enterprise_id")):
            return first
    return None


def _team(payload: Json, about: Json) -> str | None:
    """The team. For a whole organisation, only the user names one."""
    view = payload.get("view")
    opened_in = view.get("app_installed_team_id") if isinstance(view, Mapping) else None
    user = payload.get("user")
    users = user.get("team_id") if isinstance(user, Mapping) else None
    return _first_id(opened_in, about.get("team_id"), payload.get("team_id"), _id_in(payload, "team"), users)


def _id_in(payload: Json, key: str) -> object:
    found = payload.get(key)
    return found.get("id") if isinstance(found, Mapping) else None


def _first_id(*values: object) -> str | None:
    return next((str(value) for value in values if is_id(value)), None)


def _is_true(value: object) -> bool:
    """Slash commands are forms, in which everything is text."""
    return value is True or value == "true"
