"""The transitions of a connection's state."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from core.errors import (
    SourceBusy,
    SourceDisconnected,
    SourceRefused,
    SourceRevoked,
    SourceUnavailable,
    TokenMissing,
)
from core.integrations.states import after_fault, may_ask, record_response, retried, working
from core.records import TokenStatus
from core.store import Store
from tests.contracts.store.records import DAY, HOUR, NOW, integration, person

FINE = integration(synced_at=NOW)


@pytest.mark.parametrize(
    ("fault", "status", "pause"),
    [
        (SourceUnavailable("500"), TokenStatus.ERROR, 60),
        (SourceUnavailable("410"), TokenStatus.ERROR, 60),
        (SourceRefused("400"), TokenStatus.ERROR, 60),
        (SourceBusy(90), TokenStatus.ERROR, 90),
        (SourceBusy(7200), TokenStatus.ERROR, 7200),
        (SourceDisconnected("401"), TokenStatus.EXPIRED, 60),
        (SourceRevoked("invalid_grant"), TokenStatus.REVOKED, 60),
        (TokenMissing("damaged"), TokenStatus.MISSING, 60),
    ],
)
def test_a_fault_has_its_state_and_its_pause(
    fault: SourceUnavailable, status: TokenStatus, pause: int
) -> None:
    after = after_fault(FINE, fault, NOW + HOUR)
    assert (after.status, after.changed_at, after.synced_at) == (status, NOW + HOUR, NOW)
    assert after.not_before == NOW + HOUR + timedelta(seconds=pause)
    assert may_ask(after, NOW + DAY) is not status.must_reconnect
    assert not may_ask(after, NOW + HOUR)


def test_only_a_refused_or_missing_token_is_up_to_the_person() -> None:
    theirs = {status for status in TokenStatus if status.must_reconnect}
    assert theirs == {TokenStatus.EXPIRED, TokenStatus.REVOKED, TokenStatus.MISSING}


def test_a_state_dates_from_the_first_fault_of_its_kind() -> None:
    first = after_fault(FINE, SourceUnavailable("500"), NOW + HOUR)
    second = after_fault(first, SourceBusy(90), NOW + 2 * HOUR)
    assert second.changed_at == NOW + HOUR
    assert after_fault(second, SourceDisconnected("401"), NOW + 3 * HOUR).changed_at == NOW + 3 * HOUR


def test_an_answer_clears_the_fault_and_the_notice() -> None:
    told = replace(after_fault(FINE, SourceBusy(90), NOW + HOUR), told_at=NOW)
    assert working(told, NOW + DAY) == replace(FINE, changed_at=NOW + DAY)
    assert working(FINE, NOW + DAY) == FINE


def test_what_is_tried_again_is_asked_at_once_and_not_told_twice() -> None:
    told = replace(after_fault(FINE, TokenMissing("damaged"), NOW + HOUR), told_at=NOW + HOUR)
    again = retried(told, NOW + DAY)
    assert may_ask(again, NOW + DAY)
    assert (again.status, again.told_at) == (TokenStatus.CONNECTED, NOW + HOUR)


async def test_an_answer_to_an_earlier_connection_changes_nothing(either: Store) -> None:
    """A request that was under way while the person connected again says nothing of the new token."""
    old, new = integration(connected_at=NOW), integration(connected_at=NOW + HOUR)
    async with either.begin() as unit:
        await unit.people.add(person())
        await record_response(unit, old, NOW, fault=SourceDisconnected("401"))
        assert await unit.integrations.get("ada", "todoist") is None
        await unit.integrations.put(new)
        await record_response(unit, old, NOW + DAY, fault=SourceDisconnected("401"))
        assert await unit.integrations.get("ada", "todoist") == new
        await record_response(unit, new, NOW + DAY, fault=SourceDisconnected("401"))
        found = await unit.integrations.get("ada", "todoist")
    assert found is not None
    assert found.status is TokenStatus.EXPIRED
