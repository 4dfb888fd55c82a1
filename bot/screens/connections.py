"""The state of connected accounts and calendars in words, for ``/prefs``."""

from __future__ import annotations

from collections.abc import Sequence

from bot.screens import texts_connections
from bot.screens.markup import join, say
from core.chat import Message
from core.integrations.states import by_login
from core.records import Integration


def with_connections(shown: Message, integrations: Sequence[Integration]) -> Message:
    """``shown`` with a line for each login."""
    for integration in by_login(integrations):
        if integration.provider in texts_connections.CONNECTION_NAMES:
            shown = join(shown, _line(integration))
    return shown


def _line(integration: Integration) -> Message:
    account = integration.account_name
    sentence = texts_connections.CONNECTION_OF if account else texts_connections.CONNECTION
    name = texts_connections.CONNECTION_NAMES[integration.provider]
    state = texts_connections.CONNECTION_STATES[integration.status.value]
    return say(sentence, name=name, account=account or "", state=state)
