"""``/connect calendar``, ``/connect caldav`` and ``/disconnect``: people's calendars.

An address of a feed opens the calendar to whoever knows it, so it is a secret like a password: what was typed
is deleted from the chat where the platform allows that, and is kept only in the vault.

Tests: tests/scenarios/test_calendar.py.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from bot.conversation.callback_result import CallbackHandler, CallbackResult
from bot.conversation.question import Question
from bot.conversation.update_context import UpdateContext
from bot.screens import calendars as screen
from bot.screens import texts_calendar
from bot.screens.markup import join, say
from core.calendars.connection import connect_calendar, connected_calendars, disconnect_calendar, read_anew
from core.calendars.pending_login import keep_login, take_login
from core.chat import Button, Channel, Message, Said
from core.delivery.callbacks import CallbackAction
from core.errors import SourceUnavailable, VaultError
from core.records import CalendarLogin, CalendarProvider, Purpose, TaskSource
from core.tasks.former_copies import open_copies
from core.text import clean

PASSWORD = "caldav_password"  # noqa: S105 - the name of a question

MAX_SECRET = 500  # code points
MAX_WORD = 40  # code points
READING_SECONDS = timedelta(seconds=20)
PROVIDERS = {name: provider for provider, name in screen.COMMAND_NAMES.items()}


async def connect_by_words(ctx: UpdateContext, typed: str) -> Message:
    """``calendar URL``, ``caldav URL NAME``, or a URL alone."""
    words = typed.split()
    kind = _provider(words[0])
    rest = words[1:] if kind else words
    if kind is not CalendarProvider.CALDAV and len(rest) == 1:
        return await _connect(ctx, CalendarProvider.FEED, CalendarLogin(url=rest[0]))
    if kind is CalendarProvider.CALDAV and len(rest) == 2:
        return await _ask_password(ctx, CalendarLogin(url=rest[0], login_name=rest[1]))
    if kind is CalendarProvider.CALDAV and len(rest) == 3:
        login = CalendarLogin(url=rest[0], login_name=rest[1], password=rest[2])
        return await _connect(ctx, CalendarProvider.CALDAV, login)
    return join(say(texts_calendar.CALENDAR_HOW), *await _forget_secret(ctx, rest))


def is_calendar(typed: str) -> bool:
    """Whether the argument of /connect or /disconnect is about a calendar."""
    words = typed.split()
    return bool(words) and (_provider(words[0]) is not None or any("://" in word for word in words))


def _provider(word: str) -> CalendarProvider | None:
    """The kind of calendar that a word names, in English or in the language that is spoken."""
    named = clean(word, MAX_WORD).lower()
    if named in texts_calendar.CALENDAR_WORDS.lower().split():
        return CalendarProvider.FEED
    return PROVIDERS.get(named)


async def _forget_secret(ctx: UpdateContext, words: Sequence[str]) -> list[Message]:
    """What became of a message that was not understood, but holds an address."""
    if not any("://" in word for word in words):
        return []
    return _about_message(ctx, await ctx.forget_said())


async def _connect(ctx: UpdateContext, provider: CalendarProvider, login: CalendarLogin) -> Message:
    """Connect the calendar, and delete the message with the secret, whatever became of it."""
    deleted = await ctx.forget_said()
    await ctx.thinking()
    try:
        copy = await connect_calendar(ctx.person, provider, login, ctx.deps)
    except SourceUnavailable as fault:
        is_secret = deleted or provider is CalendarProvider.CALDAV
        return join(screen.refused(fault), *(_about_message(ctx, deleted) if is_secret else ()))
    except VaultError:
        return join(say(texts_calendar.CALENDAR_NO_VAULT), *_about_message(ctx, deleted))
    asks = not ctx.person.allows(Purpose.CALENDAR)
    answer = screen.connected(copy, provider, ctx.now, asks_titles=asks)
    return join(answer, *_about_message(ctx, deleted))


def _about_message(ctx: UpdateContext, deleted: bool) -> list[Message]:
    """What became of the message in which the secret was typed. Nothing where it came in a form, or as a
    slash command of Slack, which nobody else sees and no chat keeps.
    """
    update = ctx.update
    if not isinstance(update, Said) or (ctx.sender.channel is Channel.SLACK and not update.message_id):
        return []
    if deleted:
        return [say(texts_calendar.CALENDAR_FORGOTTEN)]
    return [say(texts_calendar.CALENDAR_NOT_FORGOTTEN)]


# --- The password ------------------------------------------------------------------------------------------


async def _ask_password(ctx: UpdateContext, login: CalendarLogin) -> Message:
    """Ask for the password: in a form where there are some, so that it never stands in the chat."""
    if not ctx.deps.vault.is_open:
        return say(texts_calendar.CALENDAR_NO_VAULT)
    await keep_login(ctx.person, ctx.account, login, ctx.deps)
    question = say(texts_calendar.CALDAV_ASK, name=clean(login.login_name, 60))
    if ctx.sender.channel is Channel.SLACK:
        button = Button(
            label=texts_calendar.CALDAV_BUTTON,
            verb=PASSWORD,
            asks=texts_calendar.CALDAV_TITLE,
        )
        return join(question, Message(lines=(), buttons=((button,),)))
    await ctx.set_question(Question(what=PASSWORD))
    deletes = ctx.sender.channel is Channel.TELEGRAM
    kept = texts_calendar.CALDAV_DELETED if deletes else texts_calendar.CALDAV_KEPT
    return join(question, say(kept))


async def take_password(ctx: UpdateContext, typed: str) -> Message:
    """Connect the account whose password was asked for. If the server refuses it, the question is over."""
    await ctx.set_question(None)
    try:
        begun = await take_login(ctx.person, ctx.deps)
    except VaultError:
        return join(say(texts_calendar.CALENDAR_NO_VAULT), *_about_message(ctx, await ctx.forget_said()))
    if begun is None:
        return join(say(texts_calendar.CALDAV_GONE), *_about_message(ctx, await ctx.forget_said()))
    return await _connect(ctx, CalendarProvider.CALDAV, replace(begun, password=typed.strip()[:MAX_SECRET]))


async def password_button(ctx: UpdateContext, action: CallbackAction) -> CallbackResult:
    """Open the form for the password; the next tap brings what was typed."""
    typed = getattr(ctx.update, "typed", None)
    if typed is not None:
        return CallbackResult(later=lambda: take_password(ctx, typed))
    ask = say(texts_calendar.CALDAV_TITLE)
    return CallbackResult(question=Question(what=PASSWORD), reply=ask)


# --- Titles, and the end -----------------------------------------------------------------------------------


async def titles_button(ctx: UpdateContext, action: CallbackAction) -> CallbackResult:
    """Allow or refuse that titles are stored."""
    granted = action.arg == "on"
    await ctx.allow(Purpose.CALENDAR, granted=granted)
    if not granted:
        return CallbackResult(reply=say(texts_calendar.CALENDAR_TITLES_OFF))

    return CallbackResult(later=lambda: read_titles(ctx))


async def read_titles(ctx: UpdateContext) -> Message:
    """Read the calendars again, as their titles may be stored now."""
    is_read = await read_anew(ctx.person, ctx.deps, within=READING_SECONDS)
    return say(texts_calendar.CALENDAR_TITLES_ON if is_read else texts_calendar.CALENDAR_TITLES_LATER)


async def disconnect_by_words(ctx: UpdateContext, argument: str) -> Message:
    """End the connection to the calendar that the words name; the only one, if they name none."""
    named = _provider(argument.split()[0])
    connected = [CalendarProvider(one.provider) for one in await connected_calendars(ctx.person, ctx.deps)]
    if named is not CalendarProvider.CALDAV and len(connected) == 1:
        return await _ask_to_disconnect(ctx, connected[0])
    return await _ask_to_disconnect(ctx, named or CalendarProvider.FEED)


async def _ask_to_disconnect(ctx: UpdateContext, provider: CalendarProvider) -> Message:
    """Ask what shall become of the copied tasks, if there are some; else disconnect."""
    if provider is not CalendarProvider.CALDAV:
        return await _disconnect(ctx, provider)
    async with ctx.deps.store.read() as unit:
        tasks = await open_copies(unit, ctx.person, TaskSource.CALDAV)
    return screen.ask_to_disconnect(len(tasks)) if tasks else await _disconnect(ctx, provider)


async def disconnect_button(ctx: UpdateContext, action: CallbackAction) -> CallbackResult:
    """End the connection that was chosen."""
    return CallbackResult(edit=await _ask_to_disconnect(ctx, CalendarProvider(action.arg)))


async def disconnect_surely(ctx: UpdateContext, action: CallbackAction) -> CallbackResult:
    """End the connection to a CalDAV account, unless it stays; its tasks are kept or removed."""
    if action.arg == "stay":
        return CallbackResult(edit=say(texts_calendar.CALDAV_STAYS))
    keep = action.arg == "keep"
    return CallbackResult(edit=await _disconnect(ctx, CalendarProvider.CALDAV, keep=keep))


async def _disconnect(ctx: UpdateContext, provider: CalendarProvider, *, keep: bool = False) -> Message:
    if not await disconnect_calendar(ctx.person, provider, ctx.deps, keep=keep):
        return say(texts_calendar.CALENDAR_NOT_CONNECTED)
    if keep:
        return say(texts_calendar.CALDAV_DISCONNECTED_KEPT)
    return say(texts_calendar.CALENDAR_DISCONNECTED, calendar=texts_calendar.CALENDAR_NAMES[provider.value])


CALENDAR_BUTTONS: dict[str, CallbackHandler] = {
    "calendar_titles": titles_button,
    "calendar_disconnect": disconnect_button,
    "caldav_disconnect": disconnect_surely,
    PASSWORD: password_button,
}
