"""Dispatches an update to the function that answers it, and is the boundary for errors.

Nobody ever sees a traceback.
Tests: tests/scenarios/test_conversation.py, tests/scenarios/test_hostile.py.
"""

from __future__ import annotations

import logging
from collections import OrderedDict
from contextlib import AbstractContextManager
from functools import partial

from bot.conversation.account_languages import AccountLanguages
from bot.conversation.callback_result import CallbackResult
from bot.conversation.carry_out_button import carry_out_button
from bot.conversation.commands import COMMANDS
from bot.conversation.edits import Edits
from bot.conversation.interrupted import interruption, overtaken_tip
from bot.conversation.kept_answer import Answer, find
from bot.conversation.linking import Linking, tell_others
from bot.conversation.onboarding import first_step, start
from bot.conversation.redrawing import Redrawing
from bot.conversation.replies import store_said
from bot.conversation.settings_commands import plan, prefs
from bot.conversation.talk_memory import keep_turns
from bot.conversation.text_router import answer_text
from bot.conversation.update_context import STORE_RETRY_SECONDS, Deployment, UpdateContext
from bot.languages.active import active, speak
from bot.screens import texts, texts_welcome
from bot.screens.link import linked
from bot.screens.markup import say
from core.chat import Home, Left, Message, OpenedHome, Returned, Said, Sender, Tapped, Update, one_field
from core.delivery.callbacks import resolve_token
from core.dependencies import Dependencies
from core.errors import NotFound, SendFailed, StoreUnavailable, traceback_summary
from core.people import access
from core.records import PersonAccount
from core.words.commands import parse_command

log = logging.getLogger(__name__)

MAX_REFUSALS_REMEMBERED = 10_000


class Router:
    """Answers updates, one at a time; ``handle`` raises nothing but ``StoreUnavailable``."""

    def __init__(
        self,
        deps: Dependencies,
        deployment: Deployment,
        *,
        store_retry_seconds: float = STORE_RETRY_SECONDS,
    ) -> None:
        self.store_retry_seconds = store_retry_seconds
        self._deps = deps
        self._deployment = deployment
        self._linking = Linking(deps)
        self.edits = Edits()
        """Shared with whoever redraws messages in another way."""
        self.redrawing = Redrawing(deps, self.edits)
        self._refused: OrderedDict[tuple[str, str, str], None] = OrderedDict()
        self._languages = AccountLanguages()

    async def handle(self, update: Update) -> None:
        """Answer ``update``. Raises ``StoreUnavailable``: then it may be handled again."""
        with self._languages.speaking_to(update.sender):
            await self._handle(update)
        self._deps.messengers.finished(update)

    async def handle_passed(self, update: Update) -> None:
        """As ``handle``, after later ones of the person. If something was done since with the tip, a tap on
        it is not what the person wants any more. The message is redrawn as the tip is now: it may not show
        what was done, as processes died over it.
        """
        tip = await overtaken_tip(update, self._deps) if isinstance(update, Tapped) else None
        if tip:
            log.info("a tap came too late")
            self.redrawing.start(tip)
            self._deps.messengers.finished(update)
        else:
            await self.handle(update)

    async def _handle(self, update: Update) -> None:
        try:
            await self._route(update)
        except SendFailed as fault:
            log.warning("answer to %s not delivered: %s", update.kind, type(fault).__name__)
        except StoreUnavailable:
            raise
        except Exception as fault:  # any bug: the person is told, and the next update is answered
            if isinstance(fault, NotFound) and await self._has_left(update):
                log.info("somebody left while they were answered")
                return
            log.error("unexpected %s", traceback_summary(fault))  # noqa: TRY400 - the message may be personal
            await self._apologise(update)

    def speaking_to(self, sender: Sender) -> AbstractContextManager[None]:
        """Speak the language of ``sender`` within the block, as far as it is known without the store."""
        return self._languages.speaking_to(sender)

    async def remember_language(self, sender: Sender) -> None:
        """Read the language of ``sender`` from the store, for ``speaking_to``."""
        async with self._deps.store.read() as unit:
            known = await access.find(unit, sender)
        if known:
            self._languages.learn(sender, known)

    async def stop(self, patience: float) -> None:
        """Make the edits that wait, for at most ``patience`` seconds."""
        await self.redrawing.stop(patience)
        await self.edits.stop(patience)

    async def _has_left(self, update: Update) -> bool:
        """Whether the person had everything about them deleted."""
        async with self._deps.store.read() as unit:
            return await unit.people.account(update.sender.channel, update.sender.external_id) is None

    async def overflow(self, update: Update) -> None:
        """Say that some of a flood of updates was left out."""
        with self._languages.speaking_to(update.sender):
            await self._say_to_sender(update, say(texts.TOO_FAST))

    async def delayed(self, update: Update, trouble: StoreUnavailable) -> None:
        """Say that the answer waits for the store."""
        if isinstance(update, Said | Tapped):
            with self._languages.speaking_to(update.sender):
                why = texts.STORE_WHY[trouble.reason]
                await self._say_to_sender(update, say(texts.STORE_DELAYED, why=why))

    async def isolated(self, update: Update) -> None:
        """Say that an update is not answered, as the process ended each time that it was begun."""
        if not isinstance(update, Said | Tapped):
            return
        async with self._deps.store.read() as unit:
            known = await access.find(unit, update.sender)
        if known is None:
            return
        self._languages.learn(update.sender, known)
        with self._languages.speaking_to(update.sender):
            message = interruption(update, known.person, self._deps.clock.now())
            await self._say_to_sender(update, message)

    async def _apologise(self, update: Update) -> None:
        if isinstance(update, Said | Tapped):
            await self._say_to_sender(update, say(texts.TROUBLE))

    async def _say_to_sender(self, update: Update, message: Message) -> None:
        try:
            await self._deps.messengers.answering(update).send(update.sender.address, message)
        except SendFailed as fault:
            log.warning("notice not delivered: %s", type(fault).__name__)

    async def _route(self, update: Update) -> None:
        match update:
            case Left():
                await access.unreachable(update.sender, self._deps)
            case Returned():
                await access.reachable_again(update.sender, self._deps)
            case Said():
                await self._on_said(update)
            case Tapped():
                await self._on_tapped(update)
            case OpenedHome():
                await self._on_opened_home(update)

    # --- Said ----------------------------------------------------------------------------------------------

    async def _on_said(self, update: Said) -> None:
        command = parse_command(update.text, COMMANDS)
        if command and command.name == "link" and command.argument and not update.edited:
            await self._link(update, command.argument)
            return
        code = command.argument if command and command.name == "start" else None
        known = await self._known(update)
        is_newcomer = known is None
        if known is None:
            known = await access.admit(update.sender, self._deps, access=self._deployment.access, code=code)
        if known is None:
            await self._refuse(update, say(texts_welcome.WRONG_CODE if code else texts_welcome.STRANGER))
            return
        ctx = self._context_of(update, known)
        if before := await ctx.answered_before():
            await _say_again(ctx, update, before)
            return
        answer = await start(ctx, "") if is_newcomer else await answer_text(ctx, update, command)
        if answer:
            await ctx.reply(answer, keep=Answer(reply=answer))
        await store_said(ctx, update, answer)
        await keep_turns(ctx, answer)
        if ctx.afterwards:
            await ctx.reply(ctx.afterwards)
        await _show_menu(ctx)

    async def _known(self, update: Said) -> PersonAccount | None:
        """The sender. What was typed on a page says nothing about where the person reads messages."""
        if update.page is None:
            return await access.recognise(update.sender, self._deps)
        async with self._deps.store.read() as unit:
            return await access.find(unit, update.sender)

    def _context_of(self, update: Update, known: PersonAccount) -> UpdateContext:
        speak(self._languages.learn(update.sender, known))
        return UpdateContext(
            deps=self._deps,
            deployment=self._deployment,
            update=update,
            person=known.person,
            account=known.account,
            edits=self.edits,
            redrawing=self.redrawing,
            notify_delayed=partial(self.delayed, update),
            store_retry_seconds=self.store_retry_seconds,
        )

    async def _link(self, update: Said, code: str) -> None:
        """Join the account to the person who made the code; the account need not be known before."""
        outcome = await self._linking.take(update.sender, code, sent_at=update.received_at)
        known = await access.recognise(update.sender, self._deps)
        if known is None:
            await self._refuse(update, linked(outcome))
            return
        await self._context_of(update, known).reply(linked(outcome))
        if outcome:
            await tell_others(outcome, update.sender.channel, self._deps)

    async def _refuse(self, update: Said, message: Message) -> None:
        """Refuse a stranger with each message once; after that, say nothing."""
        refusal = (update.sender.channel.value, update.sender.external_id, message.text)
        if refusal in self._refused:
            return
        self._refused[refusal] = None
        if len(self._refused) > MAX_REFUSALS_REMEMBERED:
            self._refused.popitem(last=False)
        await self._say_to_sender(update, message)

    # --- Tapped --------------------------------------------------------------------------------------------

    async def _on_tapped(self, tap: Tapped) -> None:
        async with self._deps.store.read() as unit:
            known = await access.find(unit, tap.sender)
            action = await resolve_token(unit, tap.token, known.person) if known else None
            before = await find(unit, tap, known.account) if known else None
        if known is None:
            await self._acknowledge(tap, texts.NO_DATA)
            return
        if tap.is_on_message:
            known = await access.refresh_account(known, tap.sender, self._deps)
        self._deps.tracer.link(action.traceparent if action else None)
        ctx = self._context_of(tap, known)
        if before:
            ctx.answers_again(before)
            again = CallbackResult(edit=before.edit, toast=before.toast, reply=before.reply)
            await self._show(ctx, tap, again)
            return
        result = await carry_out_button(ctx, action)
        await keep_turns(ctx, result.reply or result.edit)  # before it is seen and answered
        await self._show(ctx, tap, result)

    async def _show(self, ctx: UpdateContext, tap: Tapped, result: CallbackResult) -> None:
        """Acknowledge the tap, then redraw the message, then send the new one."""
        if (result.form or result.question) and await self._open_form(tap, result):
            return
        await self._acknowledge(tap, result.toast)
        if result.question:
            await ctx.set_question(result.question)
        keep = None if result.later or result.question else _answer(result)
        await _redraw(ctx, tap, result.edit, keep)
        if result.reply:
            await ctx.reply(result.reply, keep=keep)
        if result.later:
            await ctx.reply(await result.later())
        if ctx.afterwards:
            await ctx.reply(ctx.afterwards)
        await _show_menu(ctx)

    async def _acknowledge(self, tap: Tapped, toast: str | None) -> None:
        """Acknowledge the tap; the message is redrawn even if that fails."""
        try:
            await self._deps.messengers.answering(tap).acknowledge(tap, toast)
        except SendFailed as fault:
            log.warning("tap not acknowledged: %s", type(fault).__name__)

    async def _open_form(self, tap: Tapped, result: CallbackResult) -> bool:
        """Ask in a form, if the platform has them; what is typed there arrives as a tap on the same token."""
        messenger = self._deps.messengers.answering(tap)
        title = result.reply.text if result.reply else ""
        return await messenger.ask(tap, result.form or one_field(title, texts.FORM_LABEL), tap.token)

    # --- Home ----------------------------------------------------------------------------------------------

    async def _on_opened_home(self, update: OpenedHome) -> None:
        known = await access.recognise(update.sender, self._deps)
        if known is None:
            known = await access.admit(update.sender, self._deps, access=self._deployment.access, code=None)
        if known:
            await _draw_home(self._context_of(update, known))


async def _show_menu(ctx: UpdateContext) -> None:
    """Show the commands in a language that the person has just chosen."""
    if ctx.has_new_language and ctx.sender.channel in ctx.deps.messengers:
        await ctx.deps.messengers[ctx.sender.channel].show_menu(ctx.sender.address, active().code)


async def _say_again(ctx: UpdateContext, said: Said, before: Answer) -> None:
    """Answer a text as it was answered before, for the answer may not have arrived."""
    if before.reply:
        await ctx.reply(before.reply)
    if before.edit and before.edited:
        await ctx.edit_or_reply(before.edited, before.edit)
    await store_said(ctx, said, before.reply)
    await _show_menu(ctx)


def _answer(result: CallbackResult) -> Answer:
    return Answer(reply=result.reply, edit=result.edit, toast=result.toast)


async def _redraw(ctx: UpdateContext, tap: Tapped, edit: Message | None, keep: Answer | None) -> None:
    """Show what the place of the tap has become: a page, the person's home, or a message."""
    if tap.page is None and tap.message_id is None:
        await _draw_home(ctx)
    elif edit and tap.page:
        await ctx.redraw_in_place(edit)
    elif edit and tap.message_id:
        await ctx.edit_or_reply(tap.message_id, edit, keep=keep)


async def _draw_home(ctx: UpdateContext) -> None:
    missing = await first_step(ctx, "zone")
    sections = (missing,) if missing else (await prefs(ctx, ""), await plan(ctx, ""))
    await ctx.show_home(Home(sections=sections))
