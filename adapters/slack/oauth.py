"""Slack's OAuth 2: where a workspace agrees, tokens for the code that comes back, and newer tokens.

Bolt's own flow is not used: it logs the code of an exchange that failed, and answers 500 when Slack is down.
No error holds a code or a token.

Tests: tests/adapters/slack/test_oauth.py.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from urllib.parse import urlencode, urljoin

from slack_sdk.oauth.installation_store import Installation
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.api import OPTIONAL_SCOPES, SCOPES, quiet_logger
from adapters.slack.failures import FAILURES, send_failure
from core.errors import (
    NotSent,
    SendRejected,
    SourceBusy,
    SourceDisconnected,
    SourceRefused,
    SourceUnavailable,
)
from core.ports import Clock, Grant

ANSWER_SECONDS = 10
MAX_LIFETIME_SECONDS = 10 * 365 * 86400

Json = Mapping[str, object]


class SlackOAuth:
    """The app, as it is known to Slack."""

    def __init__(
        self, client_id: str, client_secret: str, *, redirect_uri: str, api_url: str, clock: Clock
    ) -> None:
        """``redirect_uri`` as it is registered with the app."""
        self._client_id, self._client_secret = client_id, client_secret
        self._redirect_uri = redirect_uri
        self._api_url = api_url
        self._clock = clock

    @property
    def is_https(self) -> bool:
        """Whether browsers come back over TLS."""
        return self._redirect_uri.startswith("https:")

    def authorize_url(self, state: str) -> str:
        """The address at which a workspace agrees."""
        query = {
            "client_id": self._client_id,
            "scope": ",".join((*SCOPES, *OPTIONAL_SCOPES)),
            "redirect_uri": self._redirect_uri,
            "state": state,
        }
        return f"{urljoin(self._api_url, '/oauth/v2/authorize')}?{urlencode(query)}"

    async def exchange(self, code: str) -> Installation:
        """The installation for ``code``, which works once.

        Raises ``SourceRefused`` if Slack does not accept it, and ``SourceUnavailable``.
        """
        body = await self._ask(code=code, redirect_uri=self._redirect_uri)
        grant = _grant(body)
        team, enterprise, installer = (_part(body, key) for key in ("team", "enterprise", "authed_user"))
        ends = self._clock.now() + grant.lasts if grant.lasts else None
        is_enterprise_install = body.get("is_enterprise_install") is True
        if not (enterprise if is_enterprise_install else team).get("id"):
            raise SourceUnavailable("Slack answered something unexpected")
        return Installation(
            app_id=_text(body, "app_id"),
            enterprise_id=_text(enterprise, "id"),
            enterprise_name=_text(enterprise, "name"),
            team_id=_text(team, "id"),
            team_name=_text(team, "name"),
            bot_token=grant.access_token,
            bot_user_id=_text(body, "bot_user_id"),
            bot_scopes=_text(body, "scope") or "",
            bot_refresh_token=grant.refresh_token,
            bot_token_expires_at=int(ends.timestamp()) if ends else None,
            user_id=_text(installer, "id") or "",
            is_enterprise_install=is_enterprise_install,
            token_type="bot",  # noqa: S106 - a kind
            installed_at=self._clock.now().timestamp(),
        )

    async def refresh(self, refresh_token: str) -> Grant:
        """Newer tokens; Slack ends the refresh token with its use.

        Raises ``SourceDisconnected`` if Slack does not accept it: the app must be installed again.
        """
        try:
            return _grant(await self._ask(grant_type="refresh_token", refresh_token=refresh_token))
        except SourceRefused as fault:
            raise SourceDisconnected(str(fault)) from None

    async def revoke(self, access_token: str) -> None:
        """End an access token."""
        try:
            await self._client().auth_revoke(token=access_token)
        except FAILURES as exc:
            raise _unavailable(exc) from None

    async def _ask(self, **arguments: str) -> Json:
        form = {"client_id": self._client_id, "client_secret": self._client_secret, **arguments}
        try:
            answer = await self._client().api_call("oauth.v2.access", data=form)
        except FAILURES as exc:
            raise _unavailable(exc) from None
        return answer.data if isinstance(answer.data, dict) else {}

    def _client(self) -> AsyncWebClient:
        """A client for one request: they are rare. It repeats nothing."""
        return AsyncWebClient(
            base_url=self._api_url,
            timeout=ANSWER_SECONDS,
            retry_handlers=[],
            logger=quiet_logger("slack_sdk"),
        )


def _unavailable(error: Exception) -> SourceUnavailable:
    """``error`` without its text, which quotes the request."""
    failure = send_failure(error)
    if isinstance(failure, SendRejected):
        return SourceRefused(f"Slack: {failure}")
    if isinstance(failure, NotSent) and str(failure) == "ratelimited":
        return SourceBusy(failure.retry_after)
    return SourceUnavailable(f"Slack: {failure}")


def _grant(body: Json) -> Grant:
    """The bot's tokens in an answer. Raises ``SourceUnavailable``."""
    access, refresh, lasts = _text(body, "access_token"), _text(body, "refresh_token"), body.get("expires_in")
    if access is None or body.get("token_type", "bot") != "bot":
        raise SourceUnavailable("Slack answered something unexpected")
    known = isinstance(lasts, int) and 0 < lasts <= MAX_LIFETIME_SECONDS
    return Grant(
        access_token=access,
        refresh_token=refresh,
        lasts=timedelta(seconds=int(str(lasts))) if known else None,
    )


def _part(body: Json, key: str) -> Json:
    found = body.get(key)
    return found if isinstance(found, Mapping) else {}


def _text(body: Json, key: str) -> str | None:
    found = body.get(key)
    return found if isinstance(found, str) and found else None
