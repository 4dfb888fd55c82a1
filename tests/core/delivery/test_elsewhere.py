"""Whom another process serves: people whom only a terminal can reach."""

from __future__ import annotations

from dataclasses import replace

from core.chat import Channel
from core.delivery.push import is_elsewhere
from tests.contracts.store.records import account
from tests.core.worlds import Scene

TERMINAL = account("t", channel=Channel.TERMINAL)
PHONE = account("p", channel=Channel.TELEGRAM)


def test_only_an_account_that_can_be_reached_keeps_a_person_here(here: Scene) -> None:
    assert is_elsewhere([TERMINAL], here.deps)
    assert not is_elsewhere([TERMINAL, PHONE], here.deps)
    assert is_elsewhere([TERMINAL, replace(PHONE, reachable=False)], here.deps)
    assert not is_elsewhere([PHONE], here.deps)
    assert not is_elsewhere([replace(PHONE, reachable=False)], here.deps)
