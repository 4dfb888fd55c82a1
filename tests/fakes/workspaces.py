from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from core.chat import Channel
from core.records import Account, InstallState, Workspace
from tests.fakes.tables import Tables


class FakeWorkspaces:
    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    async def get(self, workspace_id: str) -> Workspace | None:
        found: Workspace | None = self._tables.find("slack_workspaces", workspace_id)
        return found

    async def put(self, workspace: Workspace) -> None:
        self._tables.put("slack_workspaces", workspace.workspace_id, workspace)

    async def all(self) -> tuple[Workspace, ...]:
        return tuple(sorted(self._tables.all("slack_workspaces"), key=lambda one: str(one.workspace_id)))

    async def set_reachable(self, workspace_id: str, *, reachable: bool) -> int:
        changed = [one for one in self._people(workspace_id) if one.reachable is not reachable]
        for one in changed:
            self._tables.put("accounts", one.account_id, replace(one, reachable=reachable))
        return len(changed)

    async def qualify_addresses(self, workspace_id: str) -> int:
        changed = [one for one in self._people(workspace_id) if one.address and "/" not in one.address]
        for one in changed:
            self._tables.put(
                "accounts", one.account_id, replace(one, address=f"{workspace_id}/{one.address}")
            )
        return len(changed)

    async def issue(self, state: InstallState, *, made_after: datetime) -> None:
        for old in self._tables.all("slack_install_states"):
            if old.created_at <= made_after:
                self._tables.drop("slack_install_states", old.state_hash)
        self._tables.add("slack_install_states", state.state_hash, state)

    async def consume(self, state_hash: str, *, made_after: datetime) -> bool:
        found: InstallState | None = self._tables.find("slack_install_states", state_hash)
        if found is None or found.created_at <= made_after:
            return False
        self._tables.drop("slack_install_states", state_hash)
        return True

    def _people(self, workspace_id: str) -> list[Account]:
        everybody: list[Account] = self._tables.all("accounts", channel=Channel.SLACK)
        return [one for one in everybody if one.external_id.startswith(f"{workspace_id}/")]
