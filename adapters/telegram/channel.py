"""Telegram as a channel of oO: started and stopped with the process, and the way out for messages."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass

from aiohttp import web
from telegram import BotCommand, LinkPreviewOptions, User
from telegram.constants import CallbackQueryLimit, ChatAction, ParseMode
from telegram.error import BadRequest, InvalidToken, TelegramError

from adapters.telegram.api import build_api
from adapters.telegram.failures import kind, retry_after, says, send_failure
from adapters.telegram.gate import Gate
from adapters.telegram.intake import Intake
from adapters.telegram.parse import ALLOWED_UPDATES
from adapters.telegram.polling import Poll, retry_until_success
from adapters.telegram.render import Page, render_edit, render_message
from adapters.telegram.webhook import Webhook, answer
from adapters.telegram.wording import cut
from core.chat import Home, Message, Sender, Tapped
from core.errors import NotSent, OoError, SendUnknown, SettingsError
from core.ports import Accept, Clock

log = logging.getLogger(__name__)

FIRST_TRY_SECONDS = 2.0
_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """One line of the menu that Telegram shows: ``/name`` and what it does."""

    name: str
    description: str


class Telegram:
    """A bot on Telegram; fulfils ``core.ports.Messenger``.

    ``accept`` is given every update and returns when it is durable. Updates come by long poll, unless there
    is a ``webhook``: then the method of that name handles ``WEBHOOK_PATH`` in the process's HTTP server.
    """

    def __init__(
        self, token: str, *, api_url: str, accept: Accept, clock: Clock, webhook: Webhook | None = None
    ) -> None:
        self.last_error: str | None = "NotStarted"
        self._api = build_api(token, api_url)
        self._intake = Intake(accept, clock)
        self._gate = Gate()
        self._webhook = webhook
        self._menu: tuple[BotCommand, ...] = ()
        self._task: asyncio.Task[None] | None = None

    @property
    def healthy(self) -> bool:
        """Whether updates come in, as far as is known; if not, ``last_error`` names the kind of failure."""
        return self.last_error is None

    @property
    def ignored(self) -> int:
        """How many updates were not for oO: groups, channels, bots, nobody."""
        return self._intake.ignored

    async def start(self, commands: Sequence[Command]) -> None:
        """Connect and listen. Raises ``SettingsError`` when Telegram refuses the token or the webhook's URL.

        A network that is down is not the end: connecting goes on in the background.
        """
        self._menu = tuple(BotCommand(command.name, command.description) for command in commands)
        try:
            async with asyncio.timeout(FIRST_TRY_SECONDS):
                await self._connect()
        except TimeoutError:
            self._report("TimeoutError")
        except TelegramError as exc:
            self._report(kind(exc))
        else:
            self._report(None)
        self._task = asyncio.create_task(self._listen())

    async def stop(self) -> None:
        """Stop listening and close the connections, within a second."""
        if self._task:
            self._task.cancel()
            await asyncio.wait({self._task})
        await self._api.close_connections()
        self.last_error = "Stopped"

    async def check(self) -> str:
        """The bot's user name, asked for anew. Raises ``OoError`` that says what is wrong."""
        try:
            bot = await self._identified()
        except TelegramError as exc:
            raise OoError(f"no answer from Telegram ({kind(exc)})") from exc
        return f"@{bot.username}"

    async def webhook(self, request: web.Request) -> web.Response:
        """Handle a request for ``WEBHOOK_PATH``; without the secret it is refused unread."""
        if self._webhook is None:
            raise web.HTTPNotFound
        return await answer(request, self._webhook, self._intake)

    async def send(self, address: str, message: Message) -> str:
        """Show ``message``, a long one on several pages; the id is the last one's, which has the buttons."""
        message_id = ""
        for number, page in enumerate(render_message(message)):
            try:
                message_id = await self._show(address, page, silent=message.silent)
            except NotSent as exc:
                if number == 0:
                    raise
                raise SendUnknown("only its first pages were sent") from exc
        return message_id

    async def edit(self, address: str, message_id: str, message: Message) -> None:
        """Replace the page that ``send`` returned; what does not fit on it is cut."""
        page = render_edit(message)
        async with self._gate.editing(address), self._translating(address):
            try:
                await self._api.edit_message_text(
                    page.html,
                    chat_id=address,
                    message_id=int(message_id),
                    parse_mode=ParseMode.HTML,
                    reply_markup=page.keyboard,
                    link_preview_options=_NO_PREVIEW,
                )
            except BadRequest as exc:
                if not says(exc, "message is not modified"):
                    raise

    async def acknowledge(self, tap: Tapped, toast: str | None) -> None:
        """Answer the tap; one that Telegram has given up on needs no answer."""
        if tap.callback_id is None:
            return
        text = cut(toast, CallbackQueryLimit.ANSWER_CALLBACK_QUERY_TEXT_LENGTH) if toast else None
        try:
            await self._api.answer_callback_query(tap.callback_id, text=text)
        except TelegramError as exc:
            if not says(exc, "query is too old"):
                raise send_failure(exc) from exc

    async def ask(self, tap: Tapped, title: str, label: str, token: str) -> bool:
        """Telegram has no forms."""
        return False

    async def thinking(self, address: str) -> None:
        """Show "typing…" for five seconds. It is decoration: a failure changes nothing."""
        with suppress(TelegramError):
            await self._api.send_chat_action(address, ChatAction.TYPING)

    async def show_home(self, sender: Sender, home: Home) -> None:
        """Telegram has no pages."""

    async def _show(self, address: str, page: Page, *, silent: bool) -> str:
        async with self._gate.sending(address), self._translating(address):
            if page.file:
                shown = await self._api.send_document(
                    address,
                    page.file.content,
                    filename=page.file.name,
                    caption=page.html or None,
                    parse_mode=ParseMode.HTML,
                    reply_markup=page.keyboard,
                    disable_notification=silent,
                )
            else:
                shown = await self._api.send_message(
                    address,
                    page.html,
                    parse_mode=ParseMode.HTML,
                    reply_markup=page.keyboard,
                    disable_notification=silent,
                    link_preview_options=_NO_PREVIEW,
                )
        return str(shown.message_id)

    @asynccontextmanager
    async def _translating(self, address: str) -> AsyncIterator[None]:
        """Turn Telegram's errors into the core's, and close the gate for as long as Telegram asks."""
        try:
            yield
        except TelegramError as exc:
            if seconds := retry_after(exc):
                self._gate.hold(address, seconds)
            raise send_failure(exc) from exc

    async def _listen(self) -> None:
        """Connect if that hasn't worked yet, then poll for ever, unless Telegram posts to the webhook."""
        if not self.healthy:
            await retry_until_success(self._connect, self._report)
        if self._webhook is None:
            await self._poll()

    async def _poll(self) -> None:
        poll = Poll(self._api, self._intake)
        try:
            while True:
                await retry_until_success(poll.once, self._report)
        finally:
            self.last_error = "NotListening"  # should a bug ever end it, nobody may take oO for well

    async def _connect(self) -> None:
        await self._identified()
        if self._webhook is None:
            await self._api.delete_webhook()
        else:
            await self._register(self._webhook)
        try:
            await self._api.set_my_commands(self._menu)
        except BadRequest as exc:
            log.warning("Telegram refuses the menu of commands: %s", send_failure(exc))

    async def _identified(self) -> User:
        try:
            return await self._api.get_me()
        except InvalidToken as exc:
            fault = (
                "TELEGRAM_BOT_TOKEN is wrong: copy it from @BotFather (is TELEGRAM_API_URL right, if set?)"
            )
            raise SettingsError((fault,)) from exc

    async def _register(self, webhook: Webhook) -> None:
        try:
            await self._api.set_webhook(
                webhook.address, allowed_updates=ALLOWED_UPDATES, secret_token=webhook.secret
            )
        except BadRequest as exc:
            fault = f"TELEGRAM_WEBHOOK_URL can't be used: {send_failure(exc)}"
            raise SettingsError((fault,)) from exc

    def _report(self, fault: str | None) -> None:
        if fault != self.last_error:
            log.log(logging.WARNING if fault else logging.INFO, "Telegram: %s", fault or "connected")
        self.last_error = fault
