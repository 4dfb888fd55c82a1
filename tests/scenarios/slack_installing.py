"""Installing oO in workspaces of the local Slack, by a browser."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape

import aiohttp

from core.vault import format_key
from tests.scenarios.world import Scene
from tests.servers.slack import SlackServer
from tests.servers.slack.oauth import CLIENT_ID, CLIENT_SECRET
from tests.servers.slack.team import SlackTeam

PUBLIC = "https://oo.example"
VAULT_KEY = format_key(bytes(range(32)))
COOKIE = "oo-slack-install"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What a browser shows."""

    status: int
    html: str
    cookies: dict[str, str]

    @property
    def link(self) -> str:
        """Where the button leads."""
        found = re.search(r'href="([^"]+)"', self.html)
        assert found
        return unescape(found.group(1))


class Browser:
    """A browser at oO's public address."""

    def __init__(self, oo: Scene) -> None:
        self._port = oo.oo.http_port
        self.cookies: dict[str, str] = {}

    async def get(self, address: str, *, language: str = "en") -> Shown:
        """The page at a public address."""
        path = address.removeprefix(PUBLIC)
        headers = {"Accept-Language": language}
        async with (
            aiohttp.ClientSession(cookies=self.cookies) as session,
            session.get(f"http://127.0.0.1:{self._port}{path}", headers=headers) as answer,
        ):
            cookies = {name: morsel.value for name, morsel in answer.cookies.items()}
            self.cookies = {name: value for name, value in {**self.cookies, **cookies}.items() if value}
            return Shown(status=answer.status, html=await answer.text(), cookies=cookies)


async def install(oo: Scene, team: SlackTeam) -> Shown:
    """Install oO in a workspace as its administrator does; returns the last page."""
    browser = Browser(oo)
    offer = await browser.get("/slack/install")
    return await browser.get(team.approve(offer.link))


def environment(slack: SlackServer) -> dict[str, str]:
    return {
        "SLACK_CLIENT_ID": CLIENT_ID,
        "SLACK_CLIENT_SECRET": CLIENT_SECRET,
        "SLACK_APP_TOKEN": slack.app_token,
        "SLACK_API_URL": slack.api_url,
        "OO_PUBLIC_URL": PUBLIC,
        "OO_VAULT_KEYS": VAULT_KEY,
    }
