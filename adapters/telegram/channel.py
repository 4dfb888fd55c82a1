"""Telegram as a channel: connects, listens, and sends messages."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field

from aiohttp import web
from telegram import BotCommand, BotCommandScopeChat, LinkPreviewOptions, User
from telegram.constants import CallbackQueryLimit, ChatAction, ParseMode
from telegram.error import BadRequest, InvalidToken, TelegramError

from adapters.channel_health import ConnectedChannel
from adapters.pace import Rate
from adapters.paging import send_pages
from adapters.telegram.api import Limits, build_api
from adapters.telegram.download import download
from adapters.telegram.failures import kind, retry_after, says, send_failure
from adapters.telegram.gate import BOT_RATE, CHAT_RATE, Gate
from adapters.telegram.intake import Intake
from adapters.telegram.parse import ALLOWED_UPDATES
from adapters.telegram.polling import Poll, retry_until_success, until
from adapters.telegram.render import Page, render_edit, render_message
from adapters.telegram.webhook import Webhook, answer
from adapters.telegram.wording import cut
from core.chat import Form, Home, Message, Sender, Tapped
from core.errors import OoError, SettingsError
from core.ports import Accept, Clock, Election, PaceBook, Term, Unopposed

log = logging.getLogger(__name__)

_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """One line of the menu that Telegram shows: ``/name`` and a description."""

    name: str
    description: str
    descriptions: Mapping[str, str] = field(default_factory=dict)
    """In other languages, by their two-letter codes."""


class Telegram(ConnectedChannel):
    """A bot on Telegram; implements ``core.ports.Messenger``."""

    def __init__(
        self,
        token: str,
        *,
        api_url: str,
        accept: Accept,
        clock: Clock,
        webhook: Webhook | None = None,
        limits: Limits = Limits(),  # noqa: B008 - frozen
        chat_rate: Rate = CHAT_RATE,
        bot_rate: Rate = BOT_RATE,
    ) -> None:
        """``accept`` gets every update and returns once it is stored.

        Updates arrive by long poll, or with ``webhook`` at ``WEBHOOK_PATH`` of the process's HTTP server,
        which the method ``webhook`` handles.
        """
        super().__init__("Telegram", log, failures=(TelegramError,), describe=kind)
        self._api = build_api(token, api_url, limits)
        self._intake = Intake(accept, clock)
        self._gate = Gate(chat_rate, bot_rate)
        self._limits = limits
        self._webhook = webhook
        self._commands: Sequence[Command] = ()
        self.election: Election = Unopposed(accept)
        """Who asks Telegram for updates, or registers the webhook; to be set before ``start``."""
        self._is_prepared = False
        """Whether the webhook and the menus are as they should be, by this process."""
        self._task: asyncio.Task[None] | None = None

    @property
    def ignored(self) -> int:
        """How many updates were not for oO: groups, channels, bots, nobody."""
        return self._intake.ignored

    def share_paces(self, book: PaceBook) -> None:
        """Keep to the pace that all processes keep together. To be called before ``start``."""
        self._gate.book = book

    async def start(self, commands: Sequence[Command]) -> None:
        """Connect and listen. Raises ``SettingsError`` when Telegram refuses the token or the webhook's URL.

        When the network is down, attempts to connect go on in the background.
        """
        self._commands = commands
        await self._first_attempt(self._limits.first_attempt)
        self._task = asyncio.create_task(self._listen())

    async def drain(self) -> None:
        """Stop listening, so that another process can; messages can still be sent."""
        if self._task:
            self._task.cancel()
            await asyncio.wait({self._task})
            self._task = None

    async def stop(self) -> None:
        """Stop listening and close the connections, within a second."""
        await self.drain()
        await self._api.close_connections()
        self.last_error = "Stopped"

    async def check(self) -> str:
        """Ask Telegram for the bot's user name. Raises an ``OoError`` that says what is wrong."""
        try:
            bot = await self._get_me()
        except TelegramError as exc:
            raise OoError(f"no answer from Telegram ({kind(exc)})") from exc
        return f"@{bot.username}"

    async def webhook(self, request: web.Request) -> web.Response:
        """Handle a request to ``WEBHOOK_PATH``; one without the secret is refused unread."""
        if self._webhook is None:
            raise web.HTTPNotFound
        return await answer(request, self._webhook, self._intake)

    async def send(self, address: str, message: Message) -> str:
        """Send ``message``, a long one on several pages; returns the id of the last page."""
        return await send_pages(
            render_message(message), lambda page: self._send_page(address, page, silent=message.silent)
        )

    async def edit(self, address: str, message_id: str, message: Message) -> None:
        """Replace the page whose id ``send`` returned; what does not fit on it is cut."""
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
        """Answer the tap, so that the app stops waiting; one that is too old needs no answer."""
        if tap.callback_id is None:
            return
        text = cut(toast, CallbackQueryLimit.ANSWER_CALLBACK_QUERY_TEXT_LENGTH) if toast else None
        try:
            await self._api.answer_callback_query(tap.callback_id, text=text)
        except TelegramError as exc:
            if not says(exc, "query is too old"):
                raise send_failure(exc) from exc

    async def ask(self, tap: Tapped, form: Form, token: str) -> bool:
        """False: Telegram has no forms."""
        return False

    async def delete(self, address: str, message_id: str) -> bool:
        """Delete a message of the chat; Telegram allows it for two days."""
        try:
            return bool(await self._api.delete_message(address, int(message_id)))
        except (TelegramError, ValueError) as exc:
            log.warning("a message was not deleted: %s", type(exc).__name__)
            return False

    async def thinking(self, address: str) -> None:
        """Show "typing…" for five seconds. A failure is ignored: nothing depends on it."""
        with suppress(TelegramError):
            await self._api.send_chat_action(address, ChatAction.TYPING)

    async def show_menu(self, address: str, language: str) -> None:
        """Show the menu of one chat in a language; it precedes the one in the language of the app."""
        with suppress(TelegramError):
            await self._api.set_my_commands(self._menu(language), scope=BotCommandScopeChat(address))

    async def show_home(self, sender: Sender, home: Home) -> None:
        """Telegram has no pages."""

    async def fetch(self, reference: str, *, max_bytes: int) -> bytes:
        """Download a document by its file id."""
        return await download(self._api, reference, max_bytes=max_bytes)

    async def _send_page(self, address: str, page: Page, *, silent: bool) -> str:
        async with self._gate.sending(address), self._translating(address):
            if page.file:
                sent = await self._api.send_document(
                    address,
                    page.file.content,
                    filename=page.file.name,
                    caption=page.html or None,
                    parse_mode=ParseMode.HTML,
                    reply_markup=page.keyboard,
                    disable_notification=silent,
                )
            else:
                sent = await self._api.send_message(
                    address,
                    page.html,
                    parse_mode=ParseMode.HTML,
                    reply_markup=page.keyboard,
                    disable_notification=silent,
                    link_preview_options=_NO_PREVIEW,
                )
        return str(sent.message_id)

    @asynccontextmanager
    async def _translating(self, address: str) -> AsyncIterator[None]:
        """Raise Telegram's errors as those of the core, and hold the chat for as long as Telegram asks."""
        try:
            yield
        except TelegramError as exc:
            if seconds := retry_after(exc):
                self._gate.hold(address, seconds)
            raise send_failure(exc) from exc

    async def _listen(self) -> None:
        """Connect unless connected; then, whenever this process is elected, poll. With a webhook there is
        nothing to poll. Until cancelled.
        """
        try:
            if not self.healthy:
                await retry_until_success(self._connect, self._report, self._limits)
            while True:
                async with self.election.term() as term:
                    await until(term.ended(), self._serve(term))
                await retry_until_success(self._get_me, self._report, self._limits)
        finally:
            self.last_error = "NotListening"  # if a bug ends the loop, the channel must not count as healthy

    async def _serve(self, term: Term) -> None:
        """What the elected process does. Updates come first: hardly ever is there a webhook to remove."""
        async with asyncio.TaskGroup() as both:
            both.create_task(self._prepare_once())
            if self._webhook is None:
                both.create_task(self._poll(term))
        await term.ended()

    async def _prepare_once(self) -> None:
        """Prepare unless the start has done it."""
        if not self._is_prepared:
            await retry_until_success(self._prepare, self._report, self._limits)
        self._is_prepared = False  # whoever is elected before this process is again may prepare otherwise

    async def _poll(self, term: Term) -> None:
        poll = Poll(self._api, self._intake, term, self._limits)
        while not term.is_over:
            await retry_until_success(poll.once, self._report, self._limits)

    async def _connect(self) -> None:
        """The elected process prepares at once, so that a start fails if Telegram refuses the webhook."""
        await self._get_me()
        if await self.election.wins_now():
            await self._prepare()

    async def _prepare(self) -> None:
        if self._webhook is None:
            await self._api.delete_webhook()
        else:
            await self._register(self._webhook)
        try:
            await self._register_menus()
        except BadRequest as exc:
            log.warning("Telegram refuses the menu of commands: %s", send_failure(exc))
        self._is_prepared = True

    async def _register_menus(self) -> None:
        """The menu for everybody, and one for each language that Telegram's app may have."""
        await self._api.set_my_commands([BotCommand(one.name, one.description) for one in self._commands])
        for code in {code: None for command in self._commands for code in command.descriptions}:
            await self._api.set_my_commands(self._menu(code), language_code=code)

    def _menu(self, code: str) -> list[BotCommand]:
        return [BotCommand(one.name, one.descriptions.get(code, one.description)) for one in self._commands]

    async def _get_me(self) -> User:
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
