"""Each workspace has a token, limits and addresses of its own."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import datetime

import pytest

from adapters.slack.api import Api, FixedToken, Limits, TokenSource
from adapters.slack.workspaces import Workspaces
from core.errors import NotSent, Unreachable
from tests.servers.local import status
from tests.servers.slack import SlackServer, ratelimited


class TwoTeams:
    """Workspaces T1 and T2, which use the tokens of the local Slack."""

    def __init__(self, token: str) -> None:
        self._token = token

    async def is_active(self, workspace_id: str) -> bool:
        return workspace_id in ("T1", "T2")

    async def pause(self, workspace_id: str, happened_at: datetime) -> bool:
        raise NotImplementedError

    async def try_again(self, workspace_id: str) -> None:
        raise NotImplementedError

    def tokens(self, workspace_id: str) -> TokenSource:
        return FixedToken(self._token)


@pytest.fixture
async def api(server: SlackServer) -> AsyncIterator[Api]:
    api = Api(server.bot_token, server.api_url, Limits())
    yield api
    await api.close()


def workspaces(server: SlackServer, api: Api, *, has_own: bool = True) -> Workspaces:
    found = Workspaces(api, has_own=has_own)
    found.installed = TwoTeams(server.bot_token)
    return found


async def test_one_workspace_that_is_held_back_does_not_hold_back_the_others(
    server: SlackServer, api: Api
) -> None:
    found = workspaces(server, api)
    first, second = found.find("T1/D1")[0], found.find("T2/D1")[0]
    server.faults.plan(ratelimited, on="auth.test")
    with pytest.raises(NotSent):
        await first.read("auth.test")

    with pytest.raises(NotSent):
        await first.read("auth.test")
    await second.read("auth.test")
    await api.read("auth.test")

    assert len(server.calls_of("auth.test")) == 3
    assert found.find("T1/D2")[0] is first


async def test_a_new_connection_waits_as_long_as_slack_asks(server: SlackServer, api: Api) -> None:
    server.faults.plan(ratelimited, on="apps.connections.open")
    for _ in range(2):
        with pytest.raises(NotSent):
            await api.socket(server.app_token)

    assert len(server.calls_of("apps.connections.open")) == 1


async def test_places_are_those_where_oo_is_at_home(server: SlackServer, api: Api) -> None:
    found = workspaces(server, api)
    first = await found.place("T1")
    assert first is not None
    assert first.prefix == "T1/"
    own = await found.place("T5")  # Slack has not told yet which workspace the token is for
    assert own is not None
    assert (own.api, own.prefix) == (api, "")

    found.own_team = "T0"

    assert await found.place("T5") is None
    assert await found.place("T0") is not None
    assert await workspaces(server, api, has_own=False).place("T0") is None


@pytest.mark.parametrize("address", ["D1", ""])
async def test_an_address_without_a_workspace_needs_the_operators_token(
    server: SlackServer, api: Api, address: str
) -> None:
    assert workspaces(server, api).find(address) == (api, address)
    with pytest.raises(Unreachable):
        workspaces(server, api, has_own=False).find(address)


async def test_an_address_in_a_workspace_needs_installations(api: Api) -> None:
    with pytest.raises(Unreachable):
        Workspaces(api, has_own=True).find("T1/D1")


@pytest.mark.parametrize("code", ["token_expired", "invalid_auth", "account_inactive", "token_revoked"])
async def test_the_operators_token_is_tried_once(server: SlackServer, api: Api, code: str) -> None:
    body = f'{{"ok": false, "error": "{code}"}}'
    server.faults.plan(status(200, body=body, content_type="application/json"), on="users.info")

    with pytest.raises(Exception, match=code):
        await api.read("users.info", user="U1")

    assert len(server.calls_of("users.info")) == 1
