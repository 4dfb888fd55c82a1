"""Installations in oO's store, through the interfaces that Bolt has for them.

Bolt's own stores on SQLAlchemy keep tokens in clear; here they are sealed. See
docs/decisions/0041-slack-for-many-workspaces.md.

Tests: tests/adapters/slack/test_installations.py.
"""

from __future__ import annotations

import logging
from datetime import UTC, datetime, timedelta

from slack_sdk.oauth.installation_store import Bot, Installation
from slack_sdk.oauth.installation_store.async_installation_store import AsyncInstallationStore
from slack_sdk.oauth.state_store.async_state_store import AsyncOAuthStateStore

from adapters.slack.api import EXPIRED, quiet_logger
from core.errors import (
    NotSent,
    SendRejected,
    SourceBusy,
    SourceDisconnected,
    SourceUnavailable,
    TokenMissing,
    Unreachable,
)
from core.integrations.stored_tokens import Tokens, load
from core.integrations.tokens import AccessTokens, TokenRefresher
from core.integrations.workspace_connections import ConnectionsOfWorkspaces
from core.integrations.workspaces import PROVIDER, install, opened, pause
from core.ports import Clock, RandomSource
from core.records import InstallState, Workspace
from core.secret_hash import secret_hash
from core.store import NOBODY, Store, Unit
from core.text import clean
from core.vault import Vault

log = logging.getLogger(__name__)

STATE_LASTS = timedelta(minutes=10)
MAX_STATE_CHARACTERS = 128
MAX_NAME_CHARACTERS = 80
RETRY_SECONDS = 60.0
"""After a failed refresh, if Slack does not say."""


class InstallStates(AsyncOAuthStateStore):
    """States that work once, for ten minutes; only their hashes are stored."""

    def __init__(self, store: Store, clock: Clock, random: RandomSource) -> None:
        self._store, self._clock, self._random = store, clock, random

    @property
    def logger(self) -> logging.Logger:
        """As Bolt wants it."""
        return quiet_logger("slack_sdk")

    async def async_issue(self, *args: object, **kwargs: object) -> str:
        """A new state."""
        state, now = self._random.secret(), self._clock.now()
        async with self._store.begin(NOBODY) as unit:
            await unit.workspaces.issue(
                InstallState(state_hash=secret_hash(state), created_at=now), made_after=now - STATE_LASTS
            )
        return state

    async def async_consume(self, state: str) -> bool:
        """Whether the state is one of ours, unused and young enough; it is used up."""
        if not 0 < len(state) <= MAX_STATE_CHARACTERS:
            return False
        async with self._store.begin(NOBODY) as unit:
            return await unit.workspaces.consume(
                secret_hash(state), made_after=self._clock.now() - STATE_LASTS
            )


class Installations(AsyncInstallationStore):
    """Installations, by organisation and team. One for a whole organisation has no team of its own."""

    def __init__(
        self, store: Store, vault: Vault, clock: Clock, random: RandomSource, refresher: TokenRefresher
    ) -> None:
        self._store, self._vault, self._clock = store, vault, clock
        self.access = AccessTokens(
            PROVIDER,
            refresher,
            store=store,
            vault=vault,
            clock=clock,
            random=random,
            connections=ConnectionsOfWorkspaces(vault),
        )

    @property
    def logger(self) -> logging.Logger:
        """As Bolt wants it."""
        return quiet_logger("slack_sdk")

    async def async_save(self, installation: Installation) -> None:
        """Store an installation, or resume a paused one. Raises ``VaultClosed`` and ``ValueError``."""
        await self.async_save_bot(installation.to_bot())

    async def async_save_bot(self, bot: Bot) -> None:
        """As ``async_save``."""
        workspace_id = bot.enterprise_id if bot.is_enterprise_install else bot.team_id
        if not workspace_id or not bot.bot_token:
            raise ValueError("an installation lacks its workspace or its token")
        now = self._clock.now()
        ends = bot.bot_token_expires_at
        tokens = Tokens(
            access=bot.bot_token,
            refresh=bot.bot_refresh_token,
            expires_at=datetime.fromtimestamp(ends, UTC) if ends else None,
        )
        name = bot.enterprise_name if bot.is_enterprise_install else bot.team_name
        workspace = Workspace(
            workspace_id=workspace_id,
            enterprise_id=bot.enterprise_id,
            team_id=None if bot.is_enterprise_install else bot.team_id,
            name=clean(name or "", MAX_NAME_CHARACTERS),
            app_id=bot.app_id,
            bot_id=bot.bot_id or None,
            bot_member=bot.bot_user_id,
            scopes=tuple(bot.bot_scopes or ()),
            changed_at=now,
            installed_at=now,
        )
        async with self._store.begin() as unit:
            await install(unit, workspace, tokens, self._vault)

    async def async_find_bot(
        self,
        *,
        enterprise_id: str | None,
        team_id: str | None,
        is_enterprise_install: bool | None = False,
    ) -> Bot | None:
        """The installation for a team, or for its organisation; None if there is none, or it is paused."""
        found = None
        async with self._store.read() as unit:
            for workspace_id in (None if is_enterprise_install else team_id, enterprise_id):
                found = found or (await unit.workspaces.get(workspace_id) if workspace_id else None)
        secret = opened(found, self._vault) if found and found.paused_at is None else None
        return _as_bot(found, load(secret)) if found and secret else None

    async def async_find_installation(
        self,
        *,
        enterprise_id: str | None,
        team_id: str | None,
        user_id: str | None = None,
        is_enterprise_install: bool | None = False,
    ) -> Installation | None:
        """As ``async_find_bot``: oO asks for no tokens of people."""
        bot = await self.async_find_bot(
            enterprise_id=enterprise_id, team_id=team_id, is_enterprise_install=is_enterprise_install
        )
        return Installation(user_id=user_id or "", **bot.to_dict_for_copying()) if bot else None

    async def async_delete_bot(self, *, enterprise_id: str | None, team_id: str | None) -> None:
        """Pause a workspace; its people stay."""
        workspace_id = team_id or enterprise_id
        if workspace_id:
            await self.pause(workspace_id, self._clock.now())

    async def async_delete_installation(
        self, *, enterprise_id: str | None, team_id: str | None, user_id: str | None = None
    ) -> None:
        """Pause a workspace; nothing if it is about the token of one person, as oO has none."""
        if user_id is None:
            await self.async_delete_bot(enterprise_id=enterprise_id, team_id=team_id)

    # --- As the channel uses them --------------------------------------------------------------------------

    async def is_active(self, workspace_id: str) -> bool:
        """As ``Installed.is_active``."""
        async with self._store.read() as unit:
            found = await unit.workspaces.get(workspace_id)
        return found is not None and found.paused_at is None

    async def pause(self, workspace_id: str, happened_at: datetime, *, only_if: str | None = None) -> bool:
        """As ``Installed.pause``. ``only_if``: nothing is done if the access token is another one."""
        async with self._store.begin() as unit:
            if only_if is not None and await self._access_token(unit, workspace_id) != only_if:
                return False
            before = await pause(unit, workspace_id, happened_at=happened_at, now=self._clock.now())
        if before and before.paused_at is None:
            log.info("a workspace is paused: it removed the app, or its token was revoked")
        return before is not None

    async def try_again(self, workspace_id: str) -> None:
        """As ``Installed.try_again``."""
        async with self._store.begin() as unit:
            found = await unit.workspaces.get(workspace_id)
            if found and found.paused_at is None:
                await unit.workspaces.set_reachable(workspace_id, reachable=True)

    async def _access_token(self, unit: Unit, workspace_id: str) -> str | None:
        found = await unit.workspaces.get(workspace_id)
        secret = opened(found, self._vault) if found else None
        return load(secret).access if secret else None

    def tokens(self, workspace_id: str) -> WorkspaceTokens:
        """As ``Installed.tokens``."""
        return WorkspaceTokens(workspace_id, self, self._clock)


class WorkspaceTokens:
    """The tokens of one workspace; implements ``adapters.slack.api.TokenSource``."""

    def __init__(self, workspace_id: str, installations: Installations, clock: Clock) -> None:
        self._workspace_id, self._installations, self._clock = workspace_id, installations, clock

    async def get(self) -> str:
        """As ``TokenSource.get``."""
        return await self._get(refused=None)

    async def another(self, refused: str, refusal: SendRejected) -> str:
        """As ``TokenSource.another``. If Slack refuses the newest token for good, the workspace is paused."""
        if str(refusal) == EXPIRED:
            return await self._get(refused=refused)
        if await self._installations.pause(self._workspace_id, self._clock.now(), only_if=refused):
            raise Unreachable(str(refusal)) from None
        return await self._get(refused=None)

    async def _get(self, *, refused: str | None) -> str:
        try:
            return await self._installations.access.get(self._workspace_id, refused=refused)
        except TokenMissing:
            if await self._installations.is_active(self._workspace_id):
                raise NotSent("the token can't be read", retry_after=RETRY_SECONDS) from None
            raise Unreachable("not_installed") from None
        except SourceDisconnected:  # Slack refuses the refresh token, or the token has ended without one
            await self._installations.pause(self._workspace_id, self._clock.now())
            raise Unreachable("token_revoked") from None
        except SourceUnavailable as fault:
            wait = fault.retry_after if isinstance(fault, SourceBusy) else RETRY_SECONDS
            raise NotSent("no token now", retry_after=wait) from None


def _as_bot(workspace: Workspace, tokens: Tokens) -> Bot:
    ends = tokens.expires_at
    return Bot(
        app_id=workspace.app_id,
        enterprise_id=workspace.enterprise_id,
        enterprise_name=workspace.name if workspace.team_id is None else None,
        team_id=workspace.team_id,
        team_name=workspace.name if workspace.team_id else None,
        bot_token=tokens.access,
        bot_id=workspace.bot_id or "",
        bot_user_id=workspace.bot_member or "",
        bot_scopes=list(workspace.scopes),
        bot_refresh_token=tokens.refresh,
        bot_token_expires_at=int(ends.timestamp()) if ends else None,
        is_enterprise_install=workspace.team_id is None,
        installed_at=workspace.installed_at.timestamp(),
    )
