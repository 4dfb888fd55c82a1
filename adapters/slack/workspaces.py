"""The Web API of each workspace: by the operator's token, or by that of an installation.

An address of somebody in an installed workspace is ``T123/D456``; the operator's own workspace has addresses
without a team, as they were before others could install oO.

Tests: tests/adapters/slack/test_workspaces.py, tests/scenarios/test_slack_workspaces.py.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from adapters.slack.api import Api, TokenSource
from core.chat import Sender
from core.errors import Unreachable


class Installed(Protocol):
    """Workspaces that have installed the app. ``adapters/slack/installations.py`` keeps them."""

    async def is_active(self, workspace_id: str) -> bool:
        """Whether the workspace has installed the app and is not paused."""
        ...

    async def pause(self, workspace_id: str, happened_at: datetime) -> bool:
        """Write to nobody there any more; False if there is no such installation from before."""
        ...

    async def try_again(self, workspace_id: str) -> None:
        """Everybody there may be written to again; nothing if the workspace is not installed, or paused."""
        ...

    def tokens(self, workspace_id: str) -> TokenSource:
        """The tokens of the workspace."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A workspace to answer in."""

    api: Api
    prefix: str
    """Of addresses and references to files there."""


def workspace_of(sender: Sender) -> str:
    """The workspace in a person's id."""
    return sender.external_id.partition("/")[0]


class Workspaces:
    """Finds the API for a person, an address or a file."""

    def __init__(self, api: Api, *, has_own: bool) -> None:
        """``api``: with the operator's token, if ``has_own``."""
        self._own = api
        self.has_own = has_own
        """Whether the operator's token serves a workspace."""
        self.own_team: str | None = None
        """The operator's workspace; None while Slack has not told."""
        self.installed: Installed | None = None
        """None: no workspace can install the app."""
        self._apis: dict[str, Api] = {}

    async def place(self, workspace_id: str) -> Place | None:
        """Where people of the workspace are answered; None if oO is not at home there, or paused."""
        if self.installed and await self.installed.is_active(workspace_id):
            return Place(api=self._api(workspace_id, self.installed), prefix=f"{workspace_id}/")
        return Place(api=self._own, prefix="") if self.is_own(workspace_id) else None

    def is_own(self, workspace_id: str) -> bool:
        """Whether the operator's token is for this workspace, as far as is known."""
        return self.has_own and self.own_team in (None, workspace_id)

    def find(self, address: str) -> tuple[Api, str]:
        """The API for an address or a reference, and the id for it. Raises ``Unreachable``."""
        workspace_id, slash, channel = address.rpartition("/")
        if not slash and self.has_own:
            return self._own, channel
        if slash and self.installed:
            return self._api(workspace_id, self.installed), channel
        raise Unreachable("not_installed")

    def _api(self, workspace_id: str, installed: Installed) -> Api:
        if workspace_id not in self._apis:
            self._apis[workspace_id] = self._own.using(installed.tokens(workspace_id), workspace_id)
        return self._apis[workspace_id]
