"""Connected accounts in /prefs."""

from __future__ import annotations

from dataclasses import replace

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


def test_calendars_and_tasks_of_one_login_are_one_line_in_the_worse_state() -> None:
    tasks, events = (integration(provider=one, account_name="work") for one in ("caldav", "caldav_calendar"))
    assert with_connections(say("x"), [tasks, events]).text == "x\nCalDAV (work) connected"
    for pair in (
        (replace(tasks, status=TokenStatus.MISSING), events),
        (tasks, replace(events, status=TokenStatus.MISSING)),
    ):
        assert with_connections(say("x"), pair).text == "x\nCalDAV (work) to be connected again: /connect"


def test_a_calendar_has_its_line() -> None:
    shown = with_connections(say("x"), [integration(provider="calendar", account_name=None)])
    assert shown.text == "x\nCalendar connected"


def test_an_unknown_provider_and_no_connection_change_nothing() -> None:
    assert with_connections(say("Settings"), []) == say("Settings")
    assert with_connections(say("Settings"), [integration(provider="ics")]) == say("Settings")
