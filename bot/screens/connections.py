"""The state of connected accounts in words, for ``/prefs``."""

from __future__ import annotations

from collections.abc import Sequence

from bot.screens import texts_connections
from bot.screens.markup import join, say
from core.chat import Message
from core.records import Integration, TaskSource

NAMES = {TaskSource.TODOIST.value: "Todoist"}
"""Providers that are shown, by their own names. Others have lines of their own."""


def with_connections(shown: Message, integrations: Sequence[Integration]) -> Message:
    """``shown`` with a line for each connection."""
    for integration in integrations:
        if integration.provider in NAMES:
            shown = join(shown, _line(integration))
    return shown


def _line(integration: Integration) -> Message:
    account = integration.account_name
    sentence = texts_connections.CONNECTION_OF if account else texts_connections.CONNECTION
    state = texts_connections.CONNECTION_STATES[integration.status.value]
    return say(sentence, name=NAMES[integration.provider], account=account or "", state=state)
