"""The server as a test holds it: start it, act through people, look at what was delivered."""

import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from types import TracebackType
from typing import Self, TypeVar

from aiohttp import web

from tests.servers.telegram.chats import Chat
from tests.servers.telegram.commands import MenuKey
from tests.servers.telegram.content import JsonObject
from tests.servers.telegram.faults import Faults
from tests.servers.telegram.flood import Flood, FloodLimits
from tests.servers.telegram.gateway import Gateway
from tests.servers.telegram.methods import BotApi
from tests.servers.telegram.people import Person
from tests.servers.telegram.records import Call, Tap, Update
from tests.servers.telegram.updates import Poll
from tests.servers.telegram.webhook import Attempt
from tests.servers.telegram.world import World
from tests.waiting import WAIT_LIMIT

T = TypeVar("T")
LOCAL_TOKEN = "123456:local-token"
LONG_AGO = float("-inf")
DEFAULT_LIMITS = FloodLimits()
SHUTDOWN_SECONDS = 0.01


class TelegramServer:
    """A local Telegram: enter it with `async with`, point the bot at `url`, act through `user(...)`.

    `flood` None switches the counters off. `clock` gives Unix seconds; `callback_ttl` and
    `webhook_retry_delay` are seconds. The port is chosen by the system when it is 0.
    """

    def __init__(
        self,
        *,
        token: str = LOCAL_TOKEN,
        host: str = "127.0.0.1",
        port: int = 0,
        flood: FloodLimits | None = DEFAULT_LIMITS,
        clock: Callable[[], float] = time.time,
        callback_ttl: float = 30.0,
        webhook_retry_delay: float = 0.05,
    ) -> None:
        self.token = token
        self.faults = Faults()
        self._host, self._port = host, port
        bot_id = int(token.partition(":")[0])
        self._world = World(bot_id=bot_id, clock=clock, webhook_retry_delay=webhook_retry_delay)
        self._api = BotApi(self._world, flood=Flood(flood), callback_ttl=callback_ttl)
        self._gateway = Gateway(self._world, self._api, self.faults, token=token)
        self._people: dict[int, Person] = {}
        self._runner: web.AppRunner | None = None

    async def __aenter__(self) -> Self:
        await self._listen()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._world.webhook.close()
        await self._hang_up()

    @property
    def url(self) -> str:
        """The root under which `/bot<token>/<method>` lies."""
        return f"http://{self._host}:{self._port}"

    @property
    def calls(self) -> list[Call]:
        """Every call, oldest first; a long poll counts when it ends."""
        return self._world.calls

    @property
    def is_polled(self) -> bool:
        """Whether the bot is waiting in a long poll now."""
        return self._world.updates.is_polled

    @property
    def polls(self) -> list[Poll]:
        """Every getUpdates with its times, oldest first; one that is held has not ended."""
        return self._world.updates.polls

    @property
    def is_caught_up(self) -> bool:
        """Whether the bot has taken every update there is."""
        return not self._world.updates.pending

    @property
    def webhook_attempts(self) -> list[Attempt]:
        """Every POST to the bot's webhook."""
        return self._world.webhook.attempts

    @property
    def menus(self) -> dict[MenuKey, list[JsonObject]]:
        """The commands registered, by scope and language."""
        return self._api.commands.menus

    def called(self, method: str) -> list[Call]:
        """The calls of one method."""
        return [call for call in self.calls if call.method.lower() == method.lower()]

    def user(self, user_id: int, first_name: str = "Ann", language_code: str = "en") -> Person:
        """The person with this id, made on first mention; the bot cannot write before they have written."""
        person = Person(self._world, user_id=user_id, first_name=first_name, language_code=language_code)
        return self._people.setdefault(user_id, person)

    def group(self, chat_id: int, title: str = "Friends") -> Chat:
        """The group with this negative id, for `Person.send(..., to=group)`."""
        return self._world.chat(chat_id, title)

    def chat(self, chat_id: int) -> Chat:
        """A chat that exists already; a private chat has the person's id."""
        return self._world.chats[chat_id]

    async def send_raw(self, body: JsonObject) -> Update:
        """Tell the bot `body`, an Update without its id, from nobody in particular."""
        return self._world.tell(body)

    async def redeliver(self, update: Update) -> None:
        """Deliver an update again under the same update_id, as happens when a confirmation is lost."""
        self._world.repeat(update)

    def grow_file(self, file_id: str, content: bytes) -> None:
        """Let a file that was sent have another content than its size says."""
        told = self._world.files[file_id]
        self._world.files[file_id] = replace(told, content=content, size=told.told_size)

    def expire(self, tap: Tap) -> None:
        """Make the tap too old to be answered."""
        tap.tapped_at = LONG_AGO

    async def expect_that(self, predicate: Callable[[], T | None], *, within: float | None = WAIT_LIMIT) -> T:
        """The first true value of `predicate`, asked at every change; TimeoutError names the last calls."""
        return await self._world.expect_that(predicate, "what was waited for", within=within)

    @asynccontextmanager
    async def down(self) -> AsyncIterator[None]:
        """Refuse connections for a while, then listen on the same port again; the state is kept."""
        await self._hang_up()
        try:
            yield
        finally:
            await self._listen()

    async def _listen(self) -> None:
        self._runner = web.AppRunner(
            self._gateway.application(),
            access_log=None,
            handler_cancellation=True,
            shutdown_timeout=SHUTDOWN_SECONDS,
        )
        await self._runner.setup()
        await web.TCPSite(self._runner, self._host, self._port, reuse_address=True).start()
        self._port = self._runner.addresses[0][1]

    async def _hang_up(self) -> None:
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None
