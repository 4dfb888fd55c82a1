"""What people, and Todoist itself, do from outside: agree in a browser; deliver a webhook."""

import base64
import hashlib
import hmac
import itertools
import json
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import aiohttp

from tests.servers.todoist_cloud import Account, TodoistCloud


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What a browser shows in the end."""

    status: int
    text: str
    headers: dict[str, str]


class Browser:
    """The browser of somebody who is signed in to an account."""

    def __init__(self, cloud: TodoistCloud, account: Account) -> None:
        self._cloud, self._account = cloud, account

    async def answer(self, url: str, *, agrees: bool = True) -> str:
        """Open the page that asks for consent, and answer it; the address that it sends the browser to."""
        if not url.startswith(self._cloud.url):
            raise ValueError(f"that is not Todoist: {url}")
        async with aiohttp.ClientSession() as session:
            async with session.get(url) as page:
                page.raise_for_status()
            fields = dict(parse_qsl(urlsplit(url).query))
            fields |= {"account": self._account.full_name, "answer": "agree" if agrees else "deny"}
            target = url.partition("?")[0]
            async with session.post(target, data=fields, allow_redirects=False) as sent:
                return str(sent.headers["Location"])

    async def open(self, url: str) -> Page:
        """Open any page."""
        async with aiohttp.ClientSession() as session, session.get(url) as page:
            return Page(status=page.status, text=await page.text(), headers=dict(page.headers))

    async def connect(self, url: str, *, agrees: bool = True) -> Page:
        """Answer the question of ``url`` and follow the way back; the page that is shown then."""
        return await self.open(await self.answer(url, agrees=agrees))


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One webhook delivery. A repeat has the same id."""

    body: bytes
    headers: dict[str, str]


class Webhooks:
    """Delivers events of the cloud's app to a URL, signed with the client's secret."""

    def __init__(self, cloud: TodoistCloud, url: str) -> None:
        self._cloud, self._url = cloud, url
        self._numbers = itertools.count(1)

    def event(self, account: Account, name: str, data: dict[str, Any] | None = None) -> Delivery:
        """A delivery of the event ``name`` (`item:completed` …) of that account."""
        content = {
            "version": "10",
            "user_id": account.user_id,
            "initiator": {"id": account.user_id, "full_name": account.full_name, "is_premium": False},
            "event_name": name,
            "event_data": data or {},
            "triggered_at": "2026-11-22T08:00:00.000000Z",
        }
        return self.signed(json.dumps(content).encode())

    def signed(self, raw: bytes, **headers: str) -> Delivery:
        """Any body, signed as Todoist does."""
        digest = hmac.new(self._cloud.client_secret.encode(), raw, hashlib.sha256).digest()
        known = {
            "Content-Type": "application/json",
            "User-Agent": "Todoist-Webhooks",
            "X-Todoist-Hmac-SHA256": base64.b64encode(digest).decode(),
            "X-Todoist-Delivery-ID": f"delivery-{next(self._numbers)}",
        }
        return Delivery(body=raw, headers={**known, **headers})

    async def send(self, delivery: Delivery) -> int:
        """Deliver; the status of the answer."""
        async with (
            aiohttp.ClientSession() as session,
            session.post(self._url, data=delivery.body, headers=delivery.headers) as answer,
        ):
            return answer.status


def without(delivery: Delivery, header: str) -> Delivery:
    """The delivery without one header."""
    return replace(delivery, headers={key: value for key, value in delivery.headers.items() if key != header})
