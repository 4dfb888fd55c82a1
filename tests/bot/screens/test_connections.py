"""Connected accounts in /prefs."""

from __future__ import annotations

import pytest

from bot.screens.connections import with_connections
from bot.screens.markup import say
from core.records import TokenStatus
from tests.contracts.store.records import integration


@pytest.mark.parametrize("status", TokenStatus)
def test_every_state_has_its_words(status: TokenStatus) -> None:
    shown = with_connections(say("Settings"), [integration(status=status, account_name="Ada")])
    words = shown.text
    assert "Todoist" in words
    assert ("/connect" in words) is status.must_reconnect


def test_the_name_of_an_account_is_no_markup() -> None:
    name = "*Ada* **B** {x} <b> > [y](http://evil)"
    shown = with_connections(say("Settings"), [integration(account_name=name)])
    assert name in shown.text


def test_a_provider_with_a_line_of_its_own_and_no_connection_change_nothing() -> None:
    assert with_connections(say("Settings"), []) == say("Settings")
    assert with_connections(say("Settings"), [integration(provider="ics")]) == say("Settings")
