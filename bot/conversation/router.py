"""Update -> the one use case that answers it. The error boundary: nobody ever sees a traceback.

Said: command, answer to a question, or free text. Tapped: the verb behind the token. Left, Returned,
OpenedHome.
"""

from __future__ import annotations

import logging
from collections import OrderedDict
from functools import partial

from bot.conversation.callback_result import CallbackResult
from bot.conversation.commands import COMMANDS, plan, prefs
from bot.conversation.edits import Edits
from bot.conversation.free_text import talk
from bot.conversation.linking import Linking
from bot.conversation.onboarding import ask_zone, start
from bot.conversation.replies import about, answer_about, close, keep_said, was_unchanged, why_that
from bot.conversation.taps import VERBS
from bot.conversation.typed_answers import answer_to, redraw
from bot.conversation.update_context import Deployment, UpdateContext
from bot.screens import texts
from bot.screens.hints import refused
from bot.screens.markup import join, say
from core.chat import Home, Left, Message, OpenedHome, Returned, Said, Tapped, Update
from core.delivery.callbacks import CallbackAction, press
from core.dependencies import Dependencies
from core.errors import BadInput, NotFound, SendFailed, StoreUnavailable, traceback_summary
from core.model import Consent, Known
from core.people import access
from core.people.linking import Linked
from core.text import clean
from core.words.commands import parse_command

log = logging.getLogger(__name__)

REFUSALS_REMEMBERED = 10_000
NO_CONSENT_NEEDED = frozenset({"agree", "decline", "details", "export", "delete", "delete_all", "keep_all"})


class Router:
    """Answers updates, one at a time; ``handle`` raises nothing but ``StoreUnavailable``."""

    def __init__(self, deps: Dependencies, deployment: Deployment) -> None:
        self._deps = deps
        self._deployment = deployment
        self._linking = Linking(deps)
        self._edits = Edits()
        self._refused: OrderedDict[tuple[str, str, str], None] = OrderedDict()

    async def handle(self, update: Update) -> None:
        """Answer ``update``. Raises ``StoreUnavailable``: then it may be handled once more."""
        try:
            await self._route(update)
        except SendFailed as fault:
            log.warning("answer to %s not delivered: %s", update.kind, type(fault).__name__)
        except StoreUnavailable:
            raise
        except Exception as fault:  # whatever it is: the person is told, and the next update is answered
            if isinstance(fault, NotFound) and await self._has_left(update):
                log.info("somebody left while they were answered")
                return
            log.error("unexpected %s", traceback_summary(fault))  # noqa: TRY400 - the message may be personal
            await self._apologise(update)

    async def stop(self, patience: float) -> None:
        """Make edits that wait, for at most ``patience`` seconds."""
        await self._edits.stop(patience)

    async def _has_left(self, update: Update) -> bool:
        """Whether the person had everything about them deleted."""
        async with self._deps.store.read() as unit:
            return await unit.people.account(update.sender.channel, update.sender.external_id) is None

    async def overflow(self, update: Update) -> None:
        """Tell a person that some of a flood was left out."""
        await self._say_to_sender(update, say(texts.TOO_FAST))

    async def delayed(self, update: Update, trouble: StoreUnavailable) -> None:
        """Tell a person that their answer waits for the store."""
        if isinstance(update, Said | Tapped):
            await self._say_to_sender(update, say(texts.STORE_DELAYED, why=texts.STORE_WHY[trouble.reason]))

    async def _apologise(self, update: Update) -> None:
        if isinstance(update, Said | Tapped):
            await self._say_to_sender(update, say(texts.TROUBLE))

    async def _say_to_sender(self, update: Update, message: Message) -> None:
        try:
            await self._deps.messengers[update.sender.channel].send(update.sender.address, message)
        except SendFailed as fault:
            log.warning("notice not delivered: %s", type(fault).__name__)

    async def _route(self, update: Update) -> None:
        match update:
            case Left():
                await access.unreachable(update.sender, self._deps)
            case Returned():
                await access.reachable_again(update.sender, self._deps)
            case Said():
                await self._said(update)
            case Tapped():
                await self._tapped(update)
            case OpenedHome():
                await self._home(update)

    # --- Said ----------------------------------------------------------------------------------------------

    async def _said(self, update: Said) -> None:
        command = parse_command(update.text, COMMANDS)
        if command and command.name == "link" and command.argument and not update.edited:
            await self._link(update, command.argument)
            return
        code = command.argument if command and command.name == "start" else None
        known = await access.recognise(update.sender, self._deps)
        newcomer = known is None
        if known is None:
            known = await access.admit(update.sender, self._deps, access=self._deployment.access, code=code)
        if known is None:
            await self._refuse(update, texts.WRONG_CODE if code else texts.STRANGER)
            return
        ctx = self._context_of(update, known)
        answer = await start(ctx, "") if newcomer else await self._answer(ctx, update)
        if answer:
            await ctx.reply(answer)
        await keep_said(ctx, update, answer)

    def _context_of(self, update: Update, known: Known) -> UpdateContext:
        return UpdateContext(
            deps=self._deps,
            deployment=self._deployment,
            update=update,
            person=known.person,
            account=known.account,
            edits=self._edits,
            delayed=partial(self.delayed, update),
        )

    async def _link(self, update: Said, code: str) -> None:
        """Join the account to whoever made the code, before it has to be known."""
        became = await self._linking.take(update.sender, code)
        sentence = texts.LINKED[became.value] if became else texts.LINK_TOO_OFTEN
        if became in (None, Linked.WRONG) and await access.recognise(update.sender, self._deps) is None:
            await self._refuse(update, sentence)
        else:
            await self._say_to_sender(update, say(sentence))

    async def _refuse(self, update: Said, sentence: str) -> None:
        """One polite refusal of each kind for a stranger, then silence."""
        refusal = (update.sender.channel.value, update.sender.external_id, sentence)
        if refusal in self._refused:
            return
        self._refused[refusal] = None
        if len(self._refused) > REFUSALS_REMEMBERED:
            self._refused.popitem(last=False)
        await self._say_to_sender(update, say(sentence))

    async def _answer(self, ctx: UpdateContext, update: Said) -> Message | None:
        try:
            return await self._understood(ctx, update)
        except BadInput as fault:
            return refused(fault)

    async def _understood(self, ctx: UpdateContext, update: Said) -> Message | None:
        if update.edited:
            return None if await was_unchanged(ctx, update) else say(texts.EDITED)
        if update.attachment and not update.text.strip():
            return say(texts.CANT_READ)
        answer = await self._words(ctx, update)
        if answer and update.attachment:
            return join(answer, say(texts.ONLY_WORDS, attachment=update.attachment))
        return answer

    async def _words(self, ctx: UpdateContext, update: Said) -> Message | None:
        command = parse_command(update.text, COMMANDS)
        if command is None:
            return await self._free_text(ctx, update)
        entry = COMMANDS[command.name]
        missing = await _missing(ctx, entry.needs)
        if missing:
            return missing
        if entry.name != "timezone" and await ctx.asked():
            await ctx.ask(None)
        if entry.name == "why" and (replied := await about(ctx, update)):
            return await why_that(ctx, replied) or await entry.run(ctx, command.argument)
        return await entry.run(ctx, command.argument)

    async def _free_text(self, ctx: UpdateContext, update: Said) -> Message | None:
        text = update.text
        if ctx.person.consent is not Consent.AGREED:
            return await start(ctx, "")
        if text.lstrip().startswith("/"):
            name = clean(text.split()[0][1:], 32)
            return say(texts.UNKNOWN_COMMAND, name=name) if name else say(texts.UNCLEAR_LONG)
        question = await ctx.asked()
        replied = await about(ctx, update) if ctx.person.zone else None
        if replied and (replied.message or not question):
            answer = await answer_about(ctx, text, replied, verbs=VERBS)
            if answer:
                await close(ctx, question, replied)
                return answer
        if question:
            return await answer_to(ctx, question, text)
        return await _missing(ctx, "zone") or await talk(ctx, text)

    # --- Tapped --------------------------------------------------------------------------------------------

    async def _tapped(self, tap: Tapped) -> None:
        async with self._deps.store.read() as unit:
            known = await access.find(unit, tap.sender)
            pressed = await press(unit, tap.token, known.person) if known else None
        if known is None:
            await self._acknowledge(tap, texts.NO_DATA)
            return
        ctx = self._context_of(tap, await access.keep_fresh(known, tap.sender, self._deps))
        try:
            shown = await self._pressed(ctx, pressed) if pressed else CallbackResult(toast=texts.OLD_BUTTON)
        except BadInput as fault:
            shown = CallbackResult(reply=refused(fault))
        except NotFound:
            shown = CallbackResult(toast=texts.OLD_BUTTON)
        await self._show(ctx, tap, shown)

    async def _pressed(self, ctx: UpdateContext, pressed: CallbackAction) -> CallbackResult:
        agreed = ctx.person.consent is Consent.AGREED
        if not agreed and pressed.verb not in NO_CONSENT_NEEDED:
            return CallbackResult(reply=await start(ctx, ""))
        verb = VERBS.get(pressed.verb)  # a button of an earlier release may mean nothing any more
        return await verb(ctx, pressed) if verb else CallbackResult(toast=texts.OLD_BUTTON)

    async def _show(self, ctx: UpdateContext, tap: Tapped, shown: CallbackResult) -> None:
        """Acknowledge first, then redraw, then say what is new."""
        if shown.asks and await self._form(ctx, tap, shown):
            return
        await self._acknowledge(tap, shown.toast)
        if shown.asks:
            await ctx.ask(shown.asks)
        if tap.message_id is None:  # it was tapped on the person's page
            await self._draw_home(ctx)
        elif shown.edit:
            await redraw(ctx, tap.message_id, shown.edit)
        if shown.reply:
            await ctx.reply(shown.reply)

    async def _acknowledge(self, tap: Tapped, toast: str | None) -> None:
        """A remark that can't be shown must not keep the message from being redrawn."""
        try:
            await self._deps.messengers[tap.sender.channel].acknowledge(tap, toast)
        except SendFailed as fault:
            log.warning("tap not acknowledged: %s", type(fault).__name__)

    async def _form(self, ctx: UpdateContext, tap: Tapped, shown: CallbackResult) -> bool:
        """Ask in a form where the platform has them; what is typed comes back as a tap on the same token."""
        messenger = self._deps.messengers[tap.sender.channel]
        title = shown.reply.text if shown.reply else ""
        return await messenger.ask(tap, title, texts.FORM_LABEL, tap.token)

    # --- Home ----------------------------------------------------------------------------------------------

    async def _home(self, update: OpenedHome) -> None:
        known = await access.recognise(update.sender, self._deps)
        if known is None:
            known = await access.admit(update.sender, self._deps, access=self._deployment.access, code=None)
        if known:
            await self._draw_home(self._context_of(update, known))

    async def _draw_home(self, ctx: UpdateContext) -> None:
        missing = await _missing(ctx, "zone")
        if missing:
            await ctx.show_home(Home(sections=(missing,)))
            return
        sections = [await prefs(ctx, ""), await plan(ctx, "")]
        await ctx.show_home(Home(sections=tuple(one for one in sections if one)))


async def _missing(ctx: UpdateContext, needs: str) -> Message | None:
    """What has to come first: the greeting, or the question for the zone; None when nothing is missing."""
    if needs == "nothing":
        return None
    if ctx.person.consent is not Consent.AGREED:
        return await start(ctx, "")
    return await ask_zone(ctx) if needs == "zone" and ctx.person.zone is None else None
