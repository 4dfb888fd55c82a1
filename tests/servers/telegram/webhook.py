"""Delivery by webhook: each update is POSTed until it is answered with 2xx, in order within a chat."""

import asyncio
import re
from collections import defaultdict
from dataclasses import dataclass

import aiohttp

from tests.servers.telegram.changes import Changes
from tests.servers.telegram.content import JsonObject
from tests.servers.telegram.errors import bad_request
from tests.servers.telegram.records import Update
from tests.servers.telegram.updates import UpdateQueue
from tests.waiting import WAIT_LIMIT

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"
DEFAULT_CONNECTIONS = 40
PATIENCE = aiohttp.ClientTimeout(total=WAIT_LIMIT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """One POST to the bot; `status` is None when the connection failed or no answer came."""

    update_id: int
    status: int | None

    @property
    def is_accepted(self) -> bool:
        """Whether the bot answered 2xx."""
        return self.status is not None and 200 <= self.status < 300


class Webhook:
    """The bot's URL and the deliveries under way; idle without a URL, as getUpdates is used then."""

    def __init__(self, queue: UpdateQueue, changes: Changes, *, retry_delay: float) -> None:
        self.url = ""
        self.attempts: list[Attempt] = []
        self._queue = queue
        self._changes = changes
        self._retry_delay = retry_delay
        self._secret = ""
        self._slots = asyncio.Semaphore(DEFAULT_CONNECTIONS)
        self._lanes: defaultdict[int, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._under_way: dict[Update, asyncio.Task[None]] = {}
        self._session: aiohttp.ClientSession | None = None

    def set(self, url: str, *, secret: str, max_connections: int) -> None:
        """Deliver to `url` from now on; plain http is accepted, as by a local Bot API server."""
        if not re.fullmatch(r"https?://[^\s/]+(/\S*)?", url):
            raise bad_request("bad webhook: invalid webhook URL specified")
        if not re.fullmatch(r"[A-Za-z0-9_-]{0,256}", secret):
            raise bad_request("secret token contains unallowed characters or is too long")
        self.remove()
        self.url, self._secret = url, secret
        self._slots = asyncio.Semaphore(
            max_connections if 1 <= max_connections <= 100 else DEFAULT_CONNECTIONS
        )
        self.deliver()

    def remove(self) -> None:
        """Stop delivering; what was not accepted stays pending."""
        self.url = ""
        for task in self._under_way.values():
            task.cancel()
        self._under_way.clear()

    def deliver(self) -> None:
        """Start on every pending update that is not under way."""
        if not self.url:
            return
        for update in self._queue.pending:
            if update not in self._under_way:
                self._under_way[update] = asyncio.create_task(self._deliver(update))

    def info(self) -> JsonObject:
        """The Bot API's WebhookInfo."""
        last = self.attempts[-1] if self.attempts else None
        failed = last is not None and not last.is_accepted
        return {
            "url": self.url,
            "has_custom_certificate": False,
            "pending_update_count": len(self._queue.pending),
            "allowed_updates": self._queue.allowed,
            **({"last_error_message": "Wrong response from the webhook"} if failed else {}),
        }

    async def close(self) -> None:
        """Stop delivering and close the connections."""
        tasks = list(self._under_way.values())
        self.remove()
        await asyncio.gather(*tasks, return_exceptions=True)
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def _deliver(self, update: Update) -> None:
        async with self._lanes[_lane(update)], self._slots:
            attempt = await self._attempt(update)
            while not attempt.is_accepted:
                await asyncio.sleep(self._retry_delay)
                attempt = await self._attempt(update)
        self._queue.drop(update)
        self._under_way.pop(update, None)

    async def _attempt(self, update: Update) -> Attempt:
        attempt = Attempt(update_id=update.update_id, status=await self._post(update))
        self.attempts.append(attempt)
        self._changes.announce()
        return attempt

    async def _post(self, update: Update) -> int | None:
        if self._session is None:
            self._session = aiohttp.ClientSession(timeout=PATIENCE)
        headers = {SECRET_HEADER: self._secret} if self._secret else {}
        try:
            async with self._session.post(self.url, json=update.body, headers=headers) as response:
                return response.status
        except (aiohttp.ClientError, TimeoutError):
            return None


def _lane(update: Update) -> int:
    """Updates of one person or chat wait for each other; others do not."""
    for content in update.body.values():
        if isinstance(content, dict):
            source = content.get("chat") or content.get("from") or {}
            return int(source.get("id", 0))
    return 0
