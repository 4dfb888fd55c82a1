"""Tokens for a code and for a refresh token; no failure says anything secret."""

from __future__ import annotations

from datetime import timedelta

import pytest

from adapters.slack.oauth import SlackOAuth
from core.errors import SourceBusy, SourceDisconnected, SourceRefused, SourceUnavailable
from tests.adapters.inbox import NOW, StillClock
from tests.servers.local import close, status
from tests.servers.slack import SlackServer, ratelimited
from tests.servers.slack.oauth import CLIENT_ID, CLIENT_SECRET, TOKEN_LIFE
from tests.servers.slack.team import SlackTeam

REDIRECT = "https://oo.example/slack/oauth_redirect"


@pytest.fixture
def oauth(server: SlackServer) -> SlackOAuth:
    return client(server)


@pytest.fixture
def team(server: SlackServer) -> SlackTeam:
    return server.team("T1AAA")


def client(server: SlackServer, *, secret: str = CLIENT_SECRET, redirect_uri: str = REDIRECT) -> SlackOAuth:
    return SlackOAuth(
        CLIENT_ID, secret, redirect_uri=redirect_uri, api_url=server.api_url, clock=StillClock()
    )


def code_for(oauth: SlackOAuth, team: SlackTeam) -> str:
    return team.approve(oauth.authorize_url("state")).partition("code=")[2].partition("&")[0]


async def test_a_code_gives_an_installation_once(oauth: SlackOAuth, team: SlackTeam) -> None:
    code = code_for(oauth, team)

    installation = await oauth.exchange(code)

    assert (installation.team_id, installation.enterprise_id) == ("T1AAA", None)
    assert [installation.bot_token] == team.tokens
    assert (installation.bot_refresh_token, installation.bot_token_expires_at) == (None, None)
    assert installation.bot_scopes
    assert "im:history" in installation.bot_scopes
    with pytest.raises(SourceRefused, match="code_already_used"):
        await oauth.exchange(code)


async def test_an_organisation_is_installed_as_a_whole(server: SlackServer, oauth: SlackOAuth) -> None:
    installation = await oauth.exchange(code_for(oauth, server.team("T2BBB", enterprise="E1", org_wide=True)))

    assert (installation.is_enterprise_install, installation.enterprise_id) == (True, "E1")
    assert installation.team_id is None


async def test_a_rotating_token_ends_and_is_renewed_once(
    server: SlackServer, oauth: SlackOAuth, team: SlackTeam
) -> None:
    server.oauth.rotation = True
    installation = await oauth.exchange(code_for(oauth, team))
    assert installation.bot_token_expires_at == int(NOW.timestamp()) + TOKEN_LIFE
    refresh = installation.bot_refresh_token
    assert refresh

    grant = await oauth.refresh(refresh)

    assert grant.access_token == team.tokens[-1] != installation.bot_token
    assert grant.lasts == timedelta(hours=12)
    with pytest.raises(SourceDisconnected, match="invalid_refresh_token"):
        await oauth.refresh(refresh)


async def test_a_token_can_be_revoked(server: SlackServer, oauth: SlackOAuth, team: SlackTeam) -> None:
    installation = await oauth.exchange(code_for(oauth, team))
    assert installation.bot_token

    await oauth.revoke(installation.bot_token)

    with pytest.raises(SourceRefused, match="token_revoked"):
        await oauth.revoke(installation.bot_token)


@pytest.mark.parametrize(
    ("changed", "error"),
    [
        ({"secret": "wrong"}, "bad_client_secret"),
        ({"redirect_uri": "https://other.example/"}, "bad_redirect_uri"),
    ],
)
async def test_another_client_gets_nothing(
    server: SlackServer, oauth: SlackOAuth, team: SlackTeam, changed: dict[str, str], error: str
) -> None:
    code = code_for(oauth, team)

    with pytest.raises(SourceRefused, match=error):
        await client(server, **changed).exchange(code)


@pytest.mark.parametrize(
    "body",
    [
        "",
        "[]",
        "{}",
        '{"ok": true}',
        '{"ok": true, "access_token": ""}',
        '{"ok": true, "access_token": 5, "team": {"id": "T1"}}',
        '{"ok": true, "access_token": "x", "team": null}',
        '{"ok": true, "access_token": "x", "team": {"id": "T1"}, "is_enterprise_install": true}',
        '{"ok": true, "access_token": "x", "team": {"id": "T1"}, "token_type": "user"}',
    ],
)
async def test_an_odd_answer_installs_nothing(server: SlackServer, oauth: SlackOAuth, body: str) -> None:
    server.faults.plan(status(200, body=body, content_type="application/json"), on="oauth.v2.access")

    with pytest.raises(SourceUnavailable):
        await oauth.exchange("code")


@pytest.mark.parametrize(("fault", "kind"), [(close, SourceUnavailable), (ratelimited, SourceBusy)])
async def test_no_failure_says_anything_secret(
    server: SlackServer,
    oauth: SlackOAuth,
    fault: object,
    kind: type[Exception],
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level("DEBUG")
    server.faults.plan(fault, on="oauth.v2.access")  # type: ignore[arg-type]  # either kind of fault

    with pytest.raises(kind) as caught:
        await oauth.exchange("canary-code")

    said = f"{caught.value!r} {caught.value.__cause__!r} {caplog.text}"
    assert "canary" not in said
    assert CLIENT_SECRET not in said
    assert "canary" not in str(server.calls[0].query)
