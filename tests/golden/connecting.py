"""The messages about connecting an account, for the golden files."""

from __future__ import annotations

from datetime import UTC, datetime

from bot.screens import connect, texts_connect
from bot.screens.markup import say
from core.records import Integration, PendingConnection, TokenStatus

NOW = datetime(2026, 11, 22, 8, tzinfo=UTC)
PENDING = PendingConnection(
    state_hash="hash",
    person_id="ada",
    provider="todoist",
    account_id="telegram-ada",
    created_at=NOW,
    answered_at=NOW,
    outside_id="42",
    outside_name="Ada Lovelace",
)


def _connection(status: TokenStatus) -> Integration:
    return Integration(
        person_id="ada", provider="todoist", status=status, changed_at=NOW, account_name="Ada Lovelace"
    )


CONNECTING = {
    "connect-link": connect.link("https://app.todoist.com/oauth/authorize?state=s"),
    "connect-confirm": connect.confirmation(PENDING),
    "connect-state": connect.state(_connection(TokenStatus.CONNECTED), "", reconnects=True),
    "connect-lost": connect.state(_connection(TokenStatus.REVOKED), "", reconnects=True),
    "connect-lost-here": connect.lost(_connection(TokenStatus.MISSING), reconnects=False),
    "connect-missing": say(texts_connect.MISSING, missing="OO_VAULT_KEYS and OO_PUBLIC_URL"),
    "disconnect-ask": connect.ask_to_disconnect("Ada *Lovelace*", 3),
    "disconnect-ask-none": connect.ask_to_disconnect("Ada Lovelace", 0),
}
