"""Slack as a channel of oO: started and stopped with the process, and the way out for messages."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Collection
from contextlib import suppress
from http import HTTPStatus
from typing import Protocol

from aiohttp import web

from adapters.slack.api import Api, Identity
from adapters.slack.form import render_form
from adapters.slack.gate import Gate
from adapters.slack.intake import Intake
from adapters.slack.people import People, user_of
from adapters.slack.render import Page, render_edit, render_home, render_message
from adapters.slack.signature import RequestVerifier
from adapters.slack.socket import Socket
from adapters.slack.webhook import answer
from adapters.slack.wording import escaped
from core.chat import Document, Home, Message, Sender, Tapped
from core.errors import NotSent, OoError, SendFailed, SendRejected, SendUnknown, SettingsError
from core.ports import Accept, Clock

log = logging.getLogger(__name__)

FIRST_TRY_SECONDS = 2.0
FIRST_PAUSE = 0.25
LONGEST_PAUSE = 30.0
STEADY_SECONDS = 10.0
METADATA_EVENT = "oo_tip"


class Named(Protocol):
    """A command, of which Slack needs only the name."""

    @property
    def name(self) -> str: ...


class Slack:
    """An app in a Slack workspace; fulfils ``core.ports.Messenger``.

    ``accept`` is given every update and returns when it is durable. Updates come by Socket Mode if there is
    an ``app_token``, else Slack posts them to ``EVENTS_PATH`` of the process's HTTP server, which ``events``
    handles. Raises ``SettingsError`` when there is neither app token nor signing secret.
    """

    def __init__(
        self,
        token: str,
        *,
        api_url: str,
        accept: Accept,
        clock: Clock,
        app_token: str | None = None,
        signing_secret: str | None = None,
    ) -> None:
        self.last_error: str | None = "NotStarted"
        self._api = Api(token, api_url)
        self._intake = Intake(accept, clock, People(self._api), self._uninstalled)
        self._gate = Gate()
        self._socket = Socket(self._api, app_token, self._intake) if app_token else None
        self._seal = None if app_token else RequestVerifier(signing_secret or "", clock)
        self._ended = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    @property
    def healthy(self) -> bool:
        """Whether updates come in, as far as is known; if not, ``last_error`` names the kind of failure."""
        return self.last_error is None

    @property
    def ignored(self) -> int:
        """How many payloads were not for oO: channels, bots, nobody."""
        return self._intake.ignored

    async def start(self, commands: Collection[Named]) -> None:
        """Connect and listen. Raises ``SettingsError`` when Slack refuses a token.

        ``commands`` are understood as ``/oo tip``, and as the bare word ``tip``. A network that is down is
        not the end: connecting goes on in the background.
        """
        self._intake.commands = frozenset(command.name for command in commands)
        self._ended.set()
        try:
            async with asyncio.timeout(FIRST_TRY_SECONDS):
                await self._connect()
        except (SendFailed, TimeoutError) as fault:
            self._report(_kind(fault))
        else:
            self._report(None)
        self._task = asyncio.create_task(self._listen())

    async def stop(self) -> None:
        """Stop listening and close the connections, within a second."""
        if self._task:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task
        if self._socket:
            await self._socket.close()
        await self._api.close()
        self.last_error = "NotListening"

    async def check(self) -> str:
        """The app's name and workspace, asked for anew. Raises ``OoError`` that says what is wrong."""
        try:
            identity = await self._identified()
        except SendFailed as fault:
            raise OoError(f"no answer from Slack ({fault})") from fault
        if identity.missing:
            raise OoError(f"the app lacks {', '.join(identity.missing)}: see infra/slack-manifest.yaml")
        return f"@{identity.bot} in {identity.team}"

    async def events(self, request: web.Request) -> web.Response:
        """Handle a request for ``EVENTS_PATH``; what is not Slack's is refused, in Socket Mode all is."""
        if self._seal is None:
            return web.Response(status=HTTPStatus.NOT_FOUND)
        return await answer(request, self._seal, self._intake)

    async def send(self, address: str, message: Message) -> str:
        """Show ``message``, a long one on several pages; the id is the last one's, which has the buttons."""
        file_id = await self._stored(message.file) if message.file else None
        message_id = ""
        for number, page in enumerate(render_message(message)):
            try:
                message_id = await self._post(address, page, message)
            except NotSent as fault:
                if number == 0:
                    raise
                raise SendUnknown("only its first pages were sent") from fault
        if file_id:
            await self._share(address, file_id)
        return message_id

    async def edit(self, address: str, message_id: str, message: Message) -> None:
        """Replace the page that ``send`` returned; what does not fit on it is cut."""
        page = render_edit(message)
        await self._api.write(
            "chat.update", channel=address, ts=message_id, text=page.text, blocks=page.blocks
        )

    async def acknowledge(self, tap: Tapped, toast: str | None) -> None:
        """Show ``toast`` to the person alone; the tap itself was confirmed when it was taken in."""
        if toast:
            sender = tap.sender
            await self._api.write(
                "chat.postEphemeral",
                channel=sender.address,
                user=user_of(sender),
                text=escaped(toast),
                **_in_thread(tap.thread),
            )

    async def ask(self, tap: Tapped, title: str, label: str, token: str) -> bool:
        """Open a form; False when it can't be opened, mostly because the tap is older than three seconds."""
        if tap.callback_id is None:
            return False
        form = render_form(title, label, token=token, message_id=tap.message_id)
        try:
            await self._api.write("views.open", trigger_id=tap.callback_id, view=form)
        except SendFailed as fault:
            log.info("no form was opened: %s", fault)
            return False
        return True

    async def thinking(self, address: str) -> None:
        """Slack shows nothing of the kind in direct messages."""

    async def show_home(self, sender: Sender, home: Home) -> None:
        """Publish the person's App Home."""
        await self._api.write("views.publish", user_id=user_of(sender), view=render_home(home))

    # --- Messages and files --------------------------------------------------------------------------------

    async def _post(self, address: str, page: Page, message: Message) -> str:
        """Show a page. The decision it is about goes along unseen: by it, the message is found in history."""
        about = {"event_type": METADATA_EVENT, "event_payload": {"decision_id": message.subject}}
        async with self._gate.sending(address):
            posted = await self._api.write(
                "chat.postMessage",
                channel=address,
                text=page.text,
                blocks=page.blocks,
                unfurl_links=False,
                unfurl_media=False,
                **({"metadata": about} if message.subject else {}),
                **_in_thread(message.thread),
            )
        return _text(posted.get("ts"))

    async def _stored(self, file: Document) -> str:
        """Store ``file`` where nobody sees it yet; its id. A failure shows nothing, so it may be repeated."""
        try:
            place = await self._api.read(
                "files.getUploadURLExternal", filename=file.name, length=len(file.content)
            )
            await self._api.upload(_text(place.get("upload_url")), file.content)
            return _text(place.get("file_id"))
        except SendUnknown as fault:
            raise NotSent(str(fault)) from fault

    async def _share(self, address: str, file_id: str) -> None:
        """Show a stored file below its message."""
        try:
            await self._api.read(
                "files.completeUploadExternal", files=json.dumps([{"id": file_id}]), channel_id=address
            )
        except NotSent as fault:
            raise SendUnknown("its file was not sent") from fault

    # --- The connection ------------------------------------------------------------------------------------

    async def _connect(self) -> None:
        await self._identified()
        if self._socket is None:
            self._ended = asyncio.Event()  # Slack posts for ever
            return
        try:
            self._ended = await self._socket.open()
        except SendRejected as refusal:
            fault = f"SLACK_APP_TOKEN is refused ({refusal}): it has to have the scope connections:write"
            raise SettingsError((fault,)) from refusal

    async def _identified(self) -> Identity:
        try:
            return await self._api.identity()
        except SendRejected as refusal:
            fault = f"SLACK_BOT_TOKEN is refused ({refusal}): use the one that installing the app gave"
            raise SettingsError((fault,)) from refusal

    async def _listen(self) -> None:
        """Connect again whenever the connection has ended; the pauses grow while none lasts."""
        pause = 0.0
        while True:
            since = asyncio.get_running_loop().time()
            await self._ended.wait()
            lasted = asyncio.get_running_loop().time() - since
            pause = next_pause(pause, lasted)
            await asyncio.sleep(pause)
            try:
                await self._connect()
            except OoError as fault:
                self._report(_kind(fault))
            else:
                self._report(None)

    async def _uninstalled(self) -> None:
        self._report("Uninstalled")
        self._ended.set()

    def _report(self, fault: str | None) -> None:
        if fault != self.last_error:
            log.log(logging.WARNING if fault else logging.INFO, "Slack: %s", fault or "connected")
        self.last_error = fault


def _in_thread(thread: str | None) -> dict[str, object]:
    return {"thread_ts": thread} if thread else {}


def next_pause(pause: float, lasted: float) -> float:
    """Seconds to wait after a connection that ``lasted`` so long, the one before it having cost ``pause``."""
    return 0.0 if lasted > STEADY_SECONDS else min(max(2 * pause, FIRST_PAUSE), LONGEST_PAUSE)


def _kind(fault: Exception) -> str:
    """What an operator needs to know of ``fault``: the core's errors say it, others have only a name."""
    return str(fault) or type(fault).__name__


def _text(value: object) -> str:
    """A field that Slack's answer has to have. Raises ``SendUnknown``."""
    if not isinstance(value, str):
        raise SendUnknown("no answer of Slack's")
    return value
