"""The local Slack: one HTTP server with the Web API and Socket Mode, and the people who use the app."""

import time
from collections.abc import Callable, Sequence
from typing import Literal, Self, TypeVar

from aiohttp import web

from tests.servers.local import Call, Faults, LocalServer
from tests.servers.slack import payloads
from tests.servers.slack.dispatcher import Dispatcher
from tests.servers.slack.elements import Json
from tests.servers.slack.forge import Forge
from tests.servers.slack.limits import Clock
from tests.servers.slack.oauth import OAuth
from tests.servers.slack.person import Person
from tests.servers.slack.records import (
    APP_TOKEN,
    BOT_TOKEN,
    BOT_USER,
    SIGNING_SECRET,
    Ack,
    Delivery,
    Kind,
    LoggedEvent,
    Refusal,
    Team,
    View,
)
from tests.servers.slack.signed_http import HttpTransport
from tests.servers.slack.socket_mode import SocketTransport
from tests.servers.slack.team import SlackTeam
from tests.servers.slack.web_api import WebApi, rate_limited
from tests.servers.slack.workspace import Channel, Profile, Workspace
from tests.waiting import WAIT_LIMIT

T = TypeVar("T")


class SlackServer:
    """Slack for one workspace and one app; `async with` starts it.

    The app is reached by Socket Mode until `use_http` is called. `ack_within` and `retry_after` are in
    seconds; Slack's three are not the default, as a busy machine may take longer. `clock` (Unix seconds)
    rules time stamps and every expiry. With `echo`, the app hears of its own messages, as it does from Slack.
    """

    def __init__(
        self,
        *,
        bot_token: str = BOT_TOKEN,
        app_token: str = APP_TOKEN,
        signing_secret: str = SIGNING_SECRET,
        port: int = 0,
        clock: Clock = time.time,
        ack_within: float = WAIT_LIMIT,
        retry_after: Sequence[float] = (0.0, 60.0, 300.0),
        post_burst: int = 5,
        echo: bool = True,
    ) -> None:
        self.workspace = Workspace(clock=clock, post_burst=post_burst)
        self.sockets = SocketTransport(changes=self.workspace.changes)
        self.people: dict[str, Person] = {}
        self.bot_token = bot_token
        self.app_token = app_token
        self.signing_secret = signing_secret
        self._http: HttpTransport | None = None
        self._dispatcher = Dispatcher(
            transport=self.sockets,
            changes=self.workspace.changes,
            ack_within=ack_within,
            retry_after=retry_after,
        )
        self.oauth = OAuth(clock=clock)
        self._api = WebApi(
            self.workspace,
            bot_token=bot_token,
            app_token=app_token,
            open_socket=self._socket_url,
            oauth=self.oauth,
        )
        self._post_burst = post_burst
        self._echoes = echo
        self._local = _Local([*self._api.routes(), *self.sockets.routes()], port)
        if echo:
            self.workspace.announce = self._echo

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(self, *_exc: object) -> None:
        await self.stop()

    async def start(self) -> None:
        """Listen; after a `stop`, at the same address and with everything that was stored."""
        await self._local.start()
        self.workspace.root_url = self._local.url

    async def stop(self) -> None:
        """Drop every connection and give up what was still to be delivered."""
        try:
            await self._dispatcher.stop()
        finally:
            await self._local.stop()
            if self._http:
                await self._http.close()

    @property
    def api_url(self) -> str:
        """What `SLACK_API_URL` is set to."""
        return f"{self._local.url}/api/"

    @property
    def calls(self) -> list[Call]:
        """Every HTTP request that arrived."""
        return self._local.calls

    def calls_of(self, method: str) -> list[Call]:
        """Every call of this Web API method."""
        return [call for call in self.calls if call.path == f"/api/{method}"]

    @property
    def faults(self) -> Faults:
        """What goes wrong next: `slack.faults.plan(close, on="chat.postMessage", late=True)`."""
        return self._local.faults

    @property
    def refusals(self) -> list[Refusal]:
        """Every Web API call that was answered with `ok: false`."""
        return self.workspace.refusals

    @property
    def deliveries(self) -> list[Delivery]:
        """Everything handed to the app."""
        return self._dispatcher.deliveries

    @property
    def acks(self) -> list[Ack]:
        """The outcome of every attempt, in the order they ended."""
        return self._dispatcher.acks

    @property
    def views(self) -> list[View]:
        """Every modal that was opened."""
        return [view for view in self.workspace.views if view.type == "modal"]

    @property
    def journal(self) -> list[LoggedEvent]:
        """All that people could notice, in order."""
        return self.workspace.journal

    @property
    def token_error(self) -> str | None:
        """What the bot token is refused with: `account_inactive`, `token_revoked`, …; None if it is good."""
        return self._api.token_error

    @token_error.setter
    def token_error(self, code: str | None) -> None:
        self._api.token_error = code

    @property
    def forge(self) -> Forge:
        """Hostile requests against the app's URL; LookupError in Socket Mode."""
        return Forge(self._http_lane(), self._hostile_event)

    def user(
        self,
        user: str,
        *,
        name: str | None = None,
        tz: str | None = "Europe/Berlin",
        locale: str | None = None,
    ) -> Person:
        """The person with this id, who joins the workspace if new; `tz` None means Slack knows no zone."""
        if user not in self.people:
            profile = Profile(id=user, name=name or user, tz=tz, locale=locale)
            self.workspace.add_person(profile)
            self.people[user] = Person(profile, self.workspace, self._dispatcher)
        return self.people[user]

    def team(self, team: str, *, enterprise: str | None = None, org_wide: bool = False) -> "SlackTeam":
        """Another workspace, with people, conversations and tokens of its own."""
        workspace = Workspace(
            clock=self.workspace.clock,
            post_burst=self._post_burst,
            team=Team(id=team, domain=team.lower(), enterprise=enterprise, org_wide=org_wide),
            changes=self.workspace.changes,
            numbers=self.workspace.numbers,
        )
        workspace.root_url = self.workspace.root_url
        workspace.refusals = self.workspace.refusals
        workspace.uploads = self.workspace.uploads  # the address of an upload names no workspace
        return SlackTeam(workspace, self._dispatcher, self.oauth, echo=self._echoes)

    def dm(self, user: str) -> Channel:
        """A person's direct message with the app."""
        return self.workspace.dm(user)

    def home(self, user: str) -> View | None:
        """The App Home published last for a person."""
        return self.workspace.homes.get(user)

    def use_http(self, url: str) -> None:
        """Deliver by signed HTTP to this URL from now on."""
        self._http = HttpTransport(url=url, secret=self.signing_secret, clock=self.workspace.clock)
        self._dispatcher.transport = self._http

    async def verify_url(self) -> bool:
        """Whether the app's URL answers the challenge that Slack sends when it is entered."""
        return await self._http_lane().verify_url()

    @property
    def ack_within(self) -> float:
        """Seconds that the app has for an ack."""
        return self._dispatcher.ack_within

    @ack_within.setter
    def ack_within(self, seconds: float) -> None:
        self._dispatcher.ack_within = seconds

    async def expect_connection(self, sockets: int = 1, within: float = WAIT_LIMIT) -> None:
        """Wait until the app holds this many sockets."""
        await self.expect_that(lambda: len(self.sockets.sockets) >= sockets, within)

    async def ask_to_reconnect(
        self, reason: Literal["warning", "refresh_requested", "link_disabled"] = "refresh_requested"
    ) -> None:
        """Tell the app to open new sockets."""
        await self.sockets.ask_to_reconnect(reason)

    async def expect_that(self, found: Callable[[], T | None], within: float = WAIT_LIMIT) -> T:
        """The first truthy answer of `found`; TimeoutError after `within` seconds."""
        return await self.workspace.expect_that(found, within=within)

    async def send_event(self, event: Json) -> Delivery:
        """Deliver any event, wrapped as Slack does."""
        return await self._dispatcher.deliver("events_api", payloads.event_callback(self.workspace, event))

    async def send(self, kind: Kind, payload: Json) -> Delivery:
        """Deliver any payload, even one that Slack would not build."""
        return await self._dispatcher.deliver(kind, payload)

    async def redeliver(self, delivery: Delivery, *, times: int = 1) -> None:
        """Send the same envelope with the same `event_id` again, whether or not it was acknowledged."""
        await self._dispatcher.redeliver(delivery, times=times)

    async def other_bot_says(self, user: str, text: str) -> Delivery:
        """Another app writes into the direct message: `bot_message`, an event without a user."""
        return await self.send_event(payloads.bot_message(self.workspace, self.dm(user).id, text))

    async def uninstall(self) -> None:
        """Remove the app: its bot token is dead, and it is told so in two events."""
        self.token_error = "account_inactive"
        await self.send_event(payloads.tokens_revoked(self.workspace, people=[], bots=[BOT_USER]))
        await self.send_event(payloads.app_uninstalled(self.workspace))

    async def revoke_user_token(self, user: str) -> Delivery:
        """Revoke the token of one person; the bot token stays good."""
        return await self.send_event(payloads.tokens_revoked(self.workspace, people=[user], bots=[]))

    def _socket_url(self) -> str:
        return f"{self._local.url.replace('http', 'ws', 1)}{self.sockets.open()}"

    def _http_lane(self) -> HttpTransport:
        if self._http is None:
            raise LookupError("the app is reached by Socket Mode: call use_http first")
        return self._http

    def _hostile_event(self) -> Json:
        event = {
            "type": "message",
            "channel": "D1",
            "channel_type": "im",
            "user": "U666",
            "text": "let me in",
        }
        return payloads.event_callback(self.workspace, event | {"ts": self.workspace.new_ts()})

    def _echo(self, event: Json) -> None:
        self._dispatcher.later(self._tell(event))

    async def _tell(self, event: Json) -> None:
        await self.send_event(event)


class _Local(LocalServer):
    """A server on a port of one's choice."""

    def __init__(self, routes: Sequence[web.RouteDef], port: int) -> None:
        super().__init__(routes)
        self._port = port


async def ratelimited(_request: web.Request) -> web.Response:
    """A fault: 429 with `Retry-After: 1`; `status(429, …)` makes others."""
    return rate_limited(1)
