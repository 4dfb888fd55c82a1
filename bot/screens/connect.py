"""The messages with which an account is connected and disconnected, and the page in the browser.

Tests: tests/scenarios/test_connecting.py.
"""

from __future__ import annotations

from html import escape

from bot.languages.active import active, speaking, speaking_to
from bot.languages.language import language_of
from bot.screens import texts, texts_connect
from bot.screens.browser_page import browser_page, preferred
from bot.screens.markup import say
from core.chat import Button, Message
from core.people.connecting import CallbackOutcome
from core.records import Integration, PendingConnection, Person, TokenStatus


def link(url: str) -> Message:
    """The way to Todoist."""
    return say(texts_connect.LINK, (Button(label=texts_connect.OPEN, verb="open", url=url),))


def asking(pending: PendingConnection, person: Person) -> Message:
    """``confirmation`` in the language of the person."""
    with speaking_to(person):
        return confirmation(pending)


def confirmation(pending: PendingConnection) -> Message:
    """Asks whether that is the right account."""
    return say(
        texts_connect.CONFIRM,
        (
            Button(label=texts_connect.YES, verb="connect_yes", arg=pending.state_hash),
            Button(label=texts_connect.NO, verb="connect_no", arg=pending.state_hash),
        ),
        account=pending.outside_name or "",
    )


def state(integration: Integration, synced: str, *, reconnects: bool) -> Message:
    """The state of a connection that the person has made. ``reconnects``: whether it can be made again."""
    account = integration.account_name or ""
    if integration.status.must_reconnect:
        return lost(integration, reconnects=reconnects)
    sentence = texts.CONNECT_FAILING if integration.status is TokenStatus.ERROR else texts_connect.OWN
    return say(sentence, (disconnect_button(),), account=account, synced=synced)


def lost(integration: Integration, *, reconnects: bool) -> Message:
    """The connection is lost; with a button if it can be made again."""
    if integration.by_operator:
        return say(texts.CONNECT_EXPIRED)
    is_ours = integration.status is TokenStatus.MISSING
    button = Button(label=texts_connect.RECONNECT, verb="reconnect")
    sentence = texts_connect.LOST_HERE if is_ours else texts_connect.LOST
    return say(sentence, (*((button,) if reconnects else ()), disconnect_button()))


def disconnect_button() -> Button:
    """Ends the connection, after a question."""
    return Button(label=texts_connect.DISCONNECT, verb="disconnect")


def ask_to_disconnect(account: str, tasks: int) -> Message:
    """Asks what shall become of the copied tasks."""
    stay = Button(label=texts_connect.STAY, verb="disconnect_stay")
    keep = Button(label=texts_connect.KEEP, verb="disconnect_do", arg="keep")
    remove = Button(label=texts_connect.REMOVE, verb="disconnect_do", arg="remove")
    if tasks:
        asked = texts_connect.DISCONNECT_ASK.of(tasks, account="{account}")  # the name may hold markup
        return say(asked, (keep, remove, stay), account=account)
    only = Button(label=texts_connect.DISCONNECT, verb="disconnect_do", arg="remove")
    return say(texts_connect.DISCONNECT_ASK_NONE, (only, stay), account=account)


def page(outcome: CallbackOutcome, accepts: str) -> str:
    """The page in the browser as HTML, in the person's language, or else one that the browser accepts.

    ``accepts``: the header ``Accept-Language``.
    """
    known = outcome.person.preferences.language if outcome.person else None
    with speaking(language_of(known or preferred(accepts))):
        title, _, text = texts_connect.PAGES[outcome.result.value].partition("\n")
        return browser_page(active().code, title, f"<p>{escape(text)}</p>")
