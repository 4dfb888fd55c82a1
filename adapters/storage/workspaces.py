"""Slack workspaces that have installed oO."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import bindparam, delete, literal, update

from adapters.storage.rows import Repository, Rows
from adapters.storage.session import Session
from adapters.storage.tables import accounts, install_states, workspaces
from core.chat import Channel
from core.records import InstallState, Workspace

_WORKSPACES = Rows(Workspace, workspaces)
_STATES = Rows(InstallState, install_states)
_ALL = _WORKSPACES.select.order_by(workspaces.c.workspace_id)
_ONE = _WORKSPACES.select.where(workspaces.c.workspace_id == bindparam("workspace_id"))

# A range and no pattern: ids of people follow the id of the workspace and a slash.
_PEOPLE = (
    accounts.c.channel == Channel.SLACK,
    accounts.c.external_id >= bindparam("first"),
    accounts.c.external_id < bindparam("end"),
)
_REACHABLE = (
    update(accounts)
    .where(*_PEOPLE, accounts.c.reachable != bindparam("wanted"))
    .values(reachable=bindparam("wanted"))
)
_QUALIFY = (
    update(accounts)
    .where(*_PEOPLE, accounts.c.address != "", accounts.c.address.not_like("%/%"))
    .values(address=literal("").concat(bindparam("first")).concat(accounts.c.address))
)
_CONSUME = delete(install_states).where(
    install_states.c.state_hash == bindparam("which"), install_states.c.created_at > bindparam("made_after")
)
_PRUNE = delete(install_states).where(install_states.c.created_at <= bindparam("made_after"))


class Workspaces(Repository):
    """Implements ``core.store.Workspaces``."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.has_shredded = False
        """Whether bytes were replaced that must not stay in the file."""

    async def get(self, workspace_id: str) -> Workspace | None:
        return await self._first(_WORKSPACES, _ONE, workspace_id=workspace_id)

    async def put(self, workspace: Workspace) -> None:
        before = await self.get(workspace.workspace_id)
        self.has_shredded |= bool(before and before.ciphertext and workspace.ciphertext is None)
        await self._put(_WORKSPACES, workspace)

    async def all(self) -> tuple[Workspace, ...]:
        return await self._all(_WORKSPACES, _ALL)

    async def set_reachable(self, workspace_id: str, *, reachable: bool) -> int:
        return await self._session.change(_REACHABLE, {**_range(workspace_id), "wanted": reachable})

    async def qualify_addresses(self, workspace_id: str) -> int:
        return await self._session.change(_QUALIFY, _range(workspace_id))

    async def issue(self, state: InstallState, *, made_after: datetime) -> None:
        await self._session.change(_PRUNE, {"made_after": made_after})
        await self._add(_STATES, state)

    async def consume(self, state_hash: str, *, made_after: datetime) -> bool:
        return await self._session.change(_CONSUME, {"which": state_hash, "made_after": made_after}) > 0


def _range(workspace_id: str) -> dict[str, str]:
    """Bounds of the external ids in a workspace: ``0`` comes right after the slash."""
    return {"first": f"{workspace_id}/", "end": f"{workspace_id}0"}
