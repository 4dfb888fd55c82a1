"""A person's Todoist account: its state, the link to connect it, the word in the chat, and the end.

Tests: tests/scenarios/test_connecting.py, tests/scenarios/test_todoist.py,
tests/scenarios/test_todoist_trouble.py.
"""

from __future__ import annotations

import re

from bot.conversation.callback_result import CallbackHandler, CallbackResult
from bot.conversation.holdout import SWITCH
from bot.conversation.update_context import UpdateContext
from bot.languages.forms import forms
from bot.screens import connect as screen
from bot.screens import texts, texts_connect
from bot.screens.dates import at_time
from bot.screens.markup import join, say
from core.chat import Channel, Message
from core.delivery.callbacks import CallbackAction
from core.errors import BadInput, VaultError
from core.people.connecting import connection_link
from core.people.connections import confirm, decline, disconnect
from core.records import Integration, TaskSource, TokenStatus
from core.scheduling.timezones import zone_of
from core.tasks.sync import refresh
from core.text import clean

MAX_ARGUMENT = 60
SOURCE = TaskSource.TODOIST


async def todoist(ctx: UpdateContext, argument: str) -> Message:
    """The state of the connection; ``todoist`` begins one, ``off`` ends it. Raises ``BadInput``."""
    if _means_off(argument):
        return await ask_to_disconnect(ctx)
    integration = await account(ctx)
    wants_another = bool(argument.strip()) and (integration is None or _can_be_replaced(integration))
    if integration is None or wants_another:
        return await _begin(ctx)
    if integration.by_operator:
        return say(_operators(integration.status), synced=_synced(ctx, integration))
    return screen.state(integration, _synced(ctx, integration), reconnects=not missing_to_connect(ctx))


def _means_off(argument: str) -> bool:
    """Whether the words end the connection. Raises ``BadInput`` if they name something else than Todoist."""
    words = [word for word in re.split(r"\W+", clean(argument, MAX_ARGUMENT).lower()) if word]
    others = [word for word in words if word != SOURCE.value]
    if others and SWITCH.get(others[0]) is not False:
        raise BadInput("connect_what", value=others[0])
    return bool(others)


def _can_be_replaced(integration: Integration) -> bool:
    """Whether ``/connect todoist`` means a new link: the connection is lost, or only the operator's."""
    return integration.status.must_reconnect or integration.by_operator


async def account(ctx: UpdateContext) -> Integration | None:
    """The connection; None without one, or if it is the operator's and that token is gone."""
    async with ctx.deps.store.read() as unit:
        found = await unit.integrations.get(ctx.person.person_id, SOURCE)
    return None if found and found.by_operator and not ctx.deployment.todoist else found


async def _begin(ctx: UpdateContext) -> Message:
    """A link to the provider, or what is missing for one."""
    client = ctx.deps.oauth.get(SOURCE)
    if client is None or missing_to_connect(ctx):
        return _not_set_up(ctx)
    url = await connection_link(ctx.person, ctx.account, SOURCE, client, ctx.deps, wished_at=ctx.said_at)
    return screen.link(url)


def _not_set_up(ctx: UpdateContext) -> Message:
    if not ctx.person.owner:
        return say(texts_connect.NOT_SET_UP)
    return say(texts_connect.MISSING, missing=forms().listed(missing_to_connect(ctx)))


def missing_to_connect(ctx: UpdateContext) -> list[str]:
    """The settings without which nobody can connect an account from here."""
    missing = list(ctx.deployment.connecting_needs)
    if not ctx.deps.vault.is_open:
        missing.append("OO_VAULT_KEYS")
    if not ctx.deployment.is_public and ctx.sender.channel is not Channel.TERMINAL:
        missing.append("OO_PUBLIC_URL")
    return missing


def _operators(status: TokenStatus) -> str:
    if status.must_reconnect:
        return texts.CONNECT_EXPIRED
    return texts.CONNECT_FAILING if status is TokenStatus.ERROR else texts.CONNECT_OK


def _synced(ctx: UpdateContext, status: Integration) -> str:
    if status.synced_at is None:
        return ""
    time = at_time(status.synced_at, ctx.now, zone_of(ctx.person))
    return texts.CONNECT_SYNCED.format(time=time)


# --- The word in the chat ----------------------------------------------------------------------------------


async def say_yes(ctx: UpdateContext, action: CallbackAction) -> CallbackResult:
    """It is the right account: connect it, and read it."""
    if SOURCE not in ctx.deps.oauth:
        return CallbackResult(edit=_not_set_up(ctx))
    try:
        integration = await confirm(ctx.person, action.arg, SOURCE, ctx.deps)
    except VaultError:
        return CallbackResult(edit=say(texts_connect.LOCKED))
    if integration is None:
        return CallbackResult(edit=say(texts_connect.TOO_LATE))
    name = integration.account_name or ""

    async def read() -> Message:
        return await _first_look(ctx)

    return CallbackResult(edit=say(texts_connect.CONNECTED, account=name), later=read)


async def _first_look(ctx: UpdateContext) -> Message:
    await refresh(ctx.person, ctx.deps, within=ctx.deps.rules.first_sync_deadline)
    async with ctx.deps.store.read() as unit:
        integration = await unit.integrations.get(ctx.person.person_id, SOURCE)
        count = sum(task.source is SOURCE for task in await unit.tasks.open(ctx.person.person_id))
    if integration is None or integration.synced_at is None:
        return say(texts_connect.READS_LATER)
    return say(texts_connect.SEES.of(count)) if count else say(texts_connect.SEES_NONE)


async def say_no(ctx: UpdateContext, action: CallbackAction) -> CallbackResult:
    """It is not the right account, or the person has not asked for it."""
    if await decline(ctx.person.person_id, action.arg, SOURCE, ctx.deps):
        return CallbackResult(edit=say(texts_connect.CANCELLED))
    return CallbackResult(edit=join(say(texts_connect.NOTHING_CONNECTED), say(texts_connect.REVOKED_LATER)))


async def reconnect(ctx: UpdateContext, action: CallbackAction) -> CallbackResult:
    """A new link."""
    return CallbackResult(reply=await _begin(ctx))


async def opened(ctx: UpdateContext, action: CallbackAction) -> CallbackResult:
    """The person has opened a link; Slack says so."""
    return CallbackResult()


# --- Disconnecting -----------------------------------------------------------------------------------------


async def ask_to_disconnect(ctx: UpdateContext) -> Message:
    """Ask what shall become of the copied tasks."""
    integration = await account(ctx)
    if integration is None:
        return say(texts_connect.NOT_CONNECTED)
    if integration.by_operator:
        return say(texts_connect.BY_OPERATOR)
    async with ctx.deps.store.read() as unit:
        tasks = [task for task in await unit.tasks.open(ctx.person.person_id) if task.source is SOURCE]
    return screen.ask_to_disconnect(integration.account_name or "", len(tasks))


async def ask_again(ctx: UpdateContext, action: CallbackAction) -> CallbackResult:
    """Ask what shall become of the copied tasks, on request of a button."""
    return CallbackResult(reply=await ask_to_disconnect(ctx))


async def end(ctx: UpdateContext, action: CallbackAction) -> CallbackResult:
    """Disconnect."""
    keep = action.arg == "keep"
    done = await disconnect(ctx.person, SOURCE, ctx.deps, keep=keep)
    if done is None:
        return CallbackResult(edit=say(texts_connect.NOT_CONNECTED))
    said = say(texts_connect.DISCONNECTED_KEPT if keep and done.tasks else texts_connect.DISCONNECTED)
    if done.revoked:
        return CallbackResult(edit=said)
    later = texts_connect.REVOKED_LATER if done.queued else texts_connect.NOT_REVOKED
    return CallbackResult(edit=join(said, say(later)))


async def stay(ctx: UpdateContext, action: CallbackAction) -> CallbackResult:
    """Leave everything as it is."""
    return CallbackResult(edit=say(texts_connect.STAYS))


TODOIST_BUTTONS: dict[str, CallbackHandler] = {
    "connect_yes": say_yes,
    "connect_no": say_no,
    "reconnect": reconnect,
    "open": opened,
    "disconnect": ask_again,
    "disconnect_do": end,
    "disconnect_stay": stay,
}
