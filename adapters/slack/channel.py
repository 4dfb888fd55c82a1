"""Slack as a channel: connects, listens, and sends messages."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Collection
from contextlib import suppress
from http import HTTPStatus
from typing import Protocol

from aiohttp import web

from adapters.channel_health import ConnectedChannel
from adapters.pace import Rate
from adapters.paging import send_pages
from adapters.slack.api import Api, Identity, Limits
from adapters.slack.download import download
from adapters.slack.form import render_form
from adapters.slack.gate import RATE, WORKSPACE_RATE, Gate
from adapters.slack.intake import Intake
from adapters.slack.notices import Notice, NotificationsChanged, TeamAccess, Uninstalled
from adapters.slack.people import People, user_of
from adapters.slack.profile import ProfileReader
from adapters.slack.render import Page, render_edit, render_home, render_message
from adapters.slack.signature import RequestVerifier
from adapters.slack.socket import Socket
from adapters.slack.upload import required_text, share, upload
from adapters.slack.webhook import answer
from adapters.slack.wording import escaped
from adapters.slack.workspaces import Installed, Workspaces
from core.chat import Form, Home, Message, Sender, Tapped
from core.errors import (
    FileUnusable,
    OoError,
    SendFailed,
    SendRejected,
    SettingsError,
    Unreachable,
)
from core.ports import Accept, Clock, PaceBook
from core.records import Account, NotificationReading

log = logging.getLogger(__name__)

METADATA_EVENT = "oo_tip"

OnNotifications = Callable[[str, NotificationReading], Awaitable[None]]
"""Gets the platform's id of a person, and the reading."""


class Named(Protocol):
    """A command; Slack needs only its name."""

    @property
    def name(self) -> str: ...


class Slack(ConnectedChannel):
    """A Slack app; implements ``core.ports.Messenger``."""

    def __init__(
        self,
        token: str | None,
        *,
        api_url: str,
        accept: Accept,
        clock: Clock,
        app_token: str | None = None,
        signing_secret: str | None = None,
        limits: Limits = Limits(),  # noqa: B008 - frozen
        rate: Rate = RATE,
        workspace_rate: Rate = WORKSPACE_RATE,
    ) -> None:
        """``token``: of the operator's own workspace; None if all workspaces install the app themselves.
        ``accept`` gets every update and returns once it is stored.

        Updates arrive by Socket Mode with an ``app_token``. Else Slack posts them to ``EVENTS_PATH`` of the
        process's HTTP server, which ``events`` handles. Raises ``SettingsError`` when there is neither app
        token nor signing secret.
        """
        super().__init__("Slack", log, failures=(SendFailed,), describe=_describe)
        self._api = Api(token or "", api_url, limits)
        self._workspaces = Workspaces(self._api, has_own=token is not None)
        people = People(self._workspaces, lookup_seconds=limits.lookup)
        self._intake = Intake(accept, clock, people, self._notice)
        self._settings = ProfileReader(self._workspaces, clock)
        self.on_notifications: OnNotifications | None = None
        """Told what Slack says on its own about somebody's notifications."""
        self._gate = Gate(rate, workspace_rate)
        self._limits = limits
        self._socket = Socket(self._api, app_token, self._intake, limits.linger) if app_token else None
        self._verifier = None if app_token else RequestVerifier(signing_secret or "", clock)
        self._ended = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    @property
    def ignored(self) -> int:
        """How many payloads were not for oO: channels, bots, nobody."""
        return self._intake.ignored

    def admit(self, installed: Installed) -> None:
        """Serve the workspaces that have installed the app, too. To be called before ``start``."""
        self._workspaces.installed = installed

    def share_paces(self, book: PaceBook) -> None:
        """Keep to the pace that all processes keep together. To be called before ``start``."""
        self._gate.book = self._api.book = book

    async def start(self, commands: Collection[Named]) -> None:
        """Connect and listen. Raises ``SettingsError`` when Slack refuses a token.

        ``commands`` are understood as ``/oo tip`` and as the bare word ``tip``. When the network is down,
        attempts to connect go on in the background.
        """
        self._intake.commands = frozenset(command.name for command in commands)
        self._ended.set()
        await self._first_attempt(self._limits.first_attempt)
        self._task = asyncio.create_task(self._listen())

    async def drain(self) -> None:
        """Stop listening: Slack tells the other processes' connections. Messages can still be sent."""
        if self._task:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task
            self._task = None
        if self._socket:
            await self._socket.close()

    async def stop(self) -> None:
        """Stop listening and close the connections, within a second."""
        await self.drain()
        await self._api.close()
        self.last_error = "NotListening"

    async def check(self) -> str:
        """Ask Slack for the app's name and workspace. Raises an ``OoError`` that says what is wrong."""
        if not self._workspaces.has_own:
            return "no workspace of your own; others install the app at /slack/install"
        try:
            identity = await self._identify()
        except SendFailed as fault:
            raise OoError(f"no answer from Slack ({fault})") from fault
        if identity.missing:
            raise OoError(f"the app lacks {', '.join(identity.missing)}: see infra/slack-manifest.yaml")
        unseen = (
            "; without dnd:read it is not seen who has silenced notifications: see infra/slack-manifest.yaml"
        )
        return f"@{identity.bot} in {identity.team}{unseen if identity.lacking else ''}"

    async def events(self, request: web.Request) -> web.Response:
        """Handle a request to ``EVENTS_PATH``; 401 if Slack did not sign it, 404 in Socket Mode."""
        if self._verifier is None:
            return web.Response(status=HTTPStatus.NOT_FOUND)
        return await answer(request, self._verifier, self._intake)

    async def send(self, address: str, message: Message) -> str:
        """Send ``message``, a long one on several pages; returns the id of the last page."""
        api, channel = self._workspaces.find(address)
        file_id = await upload(api, message.file) if message.file else None
        message_id = await send_pages(
            render_message(message), lambda page: self._post(address, page, message)
        )
        if file_id:
            await share(api, channel, file_id)
        return message_id

    async def edit(self, address: str, message_id: str, message: Message) -> None:
        """Replace the page whose id ``send`` returned; what does not fit on it is cut."""
        page = render_edit(message)
        api, channel = self._workspaces.find(address)
        await api.write("chat.update", channel=channel, ts=message_id, text=page.text, blocks=page.blocks)

    async def acknowledge(self, tap: Tapped, toast: str | None) -> None:
        """Show ``toast`` to the person only. The tap itself was confirmed when it was stored."""
        if toast:
            sender = tap.sender
            api, channel = self._workspaces.find(sender.address)
            await api.write(
                "chat.postEphemeral",
                channel=channel,
                user=user_of(sender),
                text=escaped(toast),
                **_in_thread(tap.thread),
            )

    async def ask(self, tap: Tapped, form: Form, token: str) -> bool:
        """Open a form; False when it can't be opened, mostly because the tap is older than 3 s."""
        if tap.callback_id is None:
            return False
        view = render_form(form, token=token, message_id=tap.message_id)
        try:
            api, _ = self._workspaces.find(tap.sender.address)
            await api.write("views.open", trigger_id=tap.callback_id, view=view)
        except SendFailed as fault:
            log.info("no form was opened: %s", fault)
            return False
        return True

    async def delete(self, address: str, message_id: str) -> bool:
        """False: an app can't delete what people write."""
        return False

    async def thinking(self, address: str) -> None:
        """Nothing: Slack has no such sign in direct messages."""

    async def fetch(self, reference: str, *, max_bytes: int) -> bytes:
        """Download a file by its id."""
        try:
            api, file_id = self._workspaces.find(reference)
        except Unreachable:
            raise FileUnusable("unreachable") from None
        return await download(api, file_id, max_bytes=max_bytes)

    async def show_menu(self, address: str, language: str) -> None:
        """Slack's one command is described in the manifest, which has no languages."""

    async def show_home(self, sender: Sender, home: Home) -> None:
        """Publish the person's App Home."""
        api, _ = self._workspaces.find(sender.address)
        await api.write("views.publish", user_id=user_of(sender), view=render_home(home))

    # --- Messages and files --------------------------------------------------------------------------------

    async def _post(self, address: str, page: Page, message: Message) -> str:
        """Send a page. Hidden metadata name its decision, so that the message can be found in the history."""
        about = {"event_type": METADATA_EVENT, "event_payload": {"decision_id": message.subject}}
        api, channel = self._workspaces.find(address)
        async with self._gate.sending(address):
            posted = await api.write(
                "chat.postMessage",
                channel=channel,
                text=page.text,
                blocks=page.blocks,
                unfurl_links=False,
                unfurl_media=False,
                **({"metadata": about} if message.subject else {}),
                **_in_thread(message.thread),
            )
        return required_text(posted.get("ts"))

    # --- The connection ------------------------------------------------------------------------------------

    async def _connect(self) -> None:
        if self._workspaces.has_own:
            self._workspaces.own_team = (await self._identify()).team_id
        if self._socket is None:
            self._ended = asyncio.Event()  # Slack posts; there is no connection that could end
            return
        try:
            self._ended = await self._socket.open()
        except SendRejected as refusal:
            fault = f"SLACK_APP_TOKEN is refused ({refusal}): it has to have the scope connections:write"
            raise SettingsError((fault,)) from refusal

    async def _identify(self) -> Identity:
        try:
            return await self._api.identity()
        except SendRejected as refusal:
            fault = f"SLACK_BOT_TOKEN is refused ({refusal}): use the one that installing the app gave"
            raise SettingsError((fault,)) from refusal

    async def _listen(self) -> None:
        """Reconnect whenever the connection has ended; the pauses grow while no connection lasts."""
        pause = 0.0
        while True:
            since = asyncio.get_running_loop().time()
            await self._ended.wait()
            lasted = asyncio.get_running_loop().time() - since
            pause = next_pause(pause, lasted, self._limits)
            await asyncio.sleep(pause)
            try:
                await self._connect()
            except OoError as fault:
                self._report(_describe(fault))
            else:
                self._report(None)

    async def notifications(self, account: Account) -> NotificationReading | None:
        """As ``core.ports.NotificationSource``."""
        return await self._settings.notifications(account)

    async def _notice(self, noticed: Notice) -> None:
        match noticed:
            case Uninstalled():
                await self._uninstalled(noticed)
            case TeamAccess():
                await self._team_access(noticed)
            case NotificationsChanged():
                if self.on_notifications:
                    await self.on_notifications(noticed.external_id, noticed.reading)

    async def _team_access(self, changed: TeamAccess) -> None:
        """Pause teams that an organisation takes away, if they have installed the app themselves. Where it
        gives access again, people who could not be reached are tried again.
        """
        installed = self._workspaces.installed
        if installed is None:
            return
        if changed.granted:
            await installed.try_again(changed.workspace_id)
            return
        for team in changed.teams:
            await installed.pause(team, changed.happened_at)

    async def _uninstalled(self, removed: Uninstalled) -> None:
        """Pause that workspace only. Tokens that are said to be revoked may be former ones, as with rotation:
        Slack is asked first, and repeats the event if it does not answer.
        """
        if removed.is_claim and await self._is_token_good(removed.workspace_id):
            log.info("tokens of a workspace were revoked, but not the one in use")
            return
        installed = self._workspaces.installed
        if installed and await installed.pause(removed.workspace_id, removed.happened_at):
            return
        if self._workspaces.is_own(removed.workspace_id):
            self._report("Uninstalled")
            self._ended.set()

    async def _is_token_good(self, workspace_id: str) -> bool:
        """Whether Slack still takes the workspace's token. Raises ``SendFailed`` or ``TimeoutError`` if it
        does not say.
        """
        place = await self._workspaces.place(workspace_id)
        if place is None:
            return False
        try:
            async with asyncio.timeout(self._limits.lookup):
                await place.api.identity()
        except (SendRejected, Unreachable):
            return False
        return True


def _in_thread(thread: str | None) -> dict[str, object]:
    return {"thread_ts": thread} if thread else {}


def next_pause(pause: float, lasted: float, limits: Limits) -> float:
    """Seconds before the next attempt, given the last ``pause`` and how long the connection ``lasted``."""
    return 0.0 if lasted > limits.steady else min(max(2 * pause, limits.first_pause), limits.max_pause)


def _describe(fault: Exception) -> str:
    """A text for the log: the message of an error of the core, else the error's name."""
    return str(fault) or type(fault).__name__
