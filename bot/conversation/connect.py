"""``/connect`` and ``/disconnect``: the accounts and calendars outside oO that a person has connected.

Tests: tests/scenarios/test_connecting.py, tests/scenarios/test_calendar.py, tests/scenarios/test_todoist.py,
tests/scenarios/test_todoist_trouble.py, tests/scenarios/test_mail.py.
"""

from __future__ import annotations

from bot.conversation.calendars import connect_by_words, disconnect_by_words, is_calendar
from bot.conversation.mail import connect_by_words as connect_mail
from bot.conversation.mail import disconnect_mail, is_mail, state_of_mail
from bot.conversation.todoist_account import account, ask_to_disconnect, todoist
from bot.conversation.update_context import UpdateContext
from bot.screens import texts_calendar
from bot.screens.calendars import state, what_to_disconnect
from bot.screens.markup import join, say
from core.calendars.connection import connected_calendars
from core.chat import Channel, Message
from core.people.mail import mail_account
from core.records import TaskSource
from core.scheduling.timezones import zone_of


async def connect(ctx: UpdateContext, argument: str) -> Message:
    """Connect what the argument names; without one, show what is connected. Raises ``BadInput``."""
    if is_calendar(argument):
        return await connect_by_words(ctx, argument)
    if is_mail(argument):
        return await connect_mail(ctx, argument)
    if argument.strip():
        return await todoist(ctx, argument)
    connections = await connected_calendars(ctx.person, ctx.deps)
    calendars = [state(one, ctx.now, zone_of(ctx.person)) for one in connections]
    if not calendars and ctx.deps.vault.is_open:
        calendars = [say(texts_calendar.CALENDAR_OFFER)]
    return join(await todoist(ctx, ""), *calendars, *await state_of_mail(ctx))


async def disconnect(ctx: UpdateContext, argument: str) -> Message:
    """End the connection to a calendar; before that to an account is ended, ask. Without a name that is
    known, ask which.
    """
    if is_calendar(argument):
        return await disconnect_by_words(ctx, argument)
    if is_mail(argument):
        return await disconnect_mail(ctx)
    if TaskSource.TODOIST.value in argument.lower():
        return await ask_to_disconnect(ctx)
    connected = [one.provider for one in await connected_calendars(ctx.person, ctx.deps)]
    if await account(ctx):
        connected.insert(0, TaskSource.TODOIST.value)
    if await mail_account(ctx.person, ctx.deps):
        connected.append(Channel.EMAIL.value)
    if connected == [TaskSource.TODOIST.value]:
        return await ask_to_disconnect(ctx)
    return what_to_disconnect(connected)
