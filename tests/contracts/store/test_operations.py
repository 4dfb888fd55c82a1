"""Aggregates over everybody, for the operator."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from core.records import (
    Backlog,
    ConnectionCount,
    DailySpending,
    DeliveryState,
    Lateness,
    Reason,
    Spending,
    TokenStatus,
    Workspace,
)
from core.store import Store
from tests.contracts.store.records import (
    DAY,
    HOUR,
    NOW,
    account,
    decision,
    delivery,
    event,
    integration,
    person,
    refusal,
    said,
)

SECOND = timedelta(seconds=1)


async def test_nothing_is_counted_in_an_empty_store(empty: Store) -> None:
    async with empty.read() as unit:
        assert not await unit.operations.deliveries(NOW)
        assert await unit.operations.lateness(NOW) == Lateness()
        assert await unit.operations.backlog(NOW) == Backlog(deliveries={})
        assert await unit.operations.connections() == ()
        assert await unit.operations.started_at() is None
        assert await unit.spending.days(NOW.date()) == ()


@pytest.fixture
async def served(store: Store) -> Store:
    """Ada got a decision, and may get deliveries."""
    async with store.begin() as unit:
        await unit.people.save_account(account())
        assert await unit.decisions.add(decision(), None)
    return store


async def test_deliveries_are_counted_by_state_from_a_time_on(served: Store) -> None:
    async with served.begin() as unit:
        for number, state in enumerate((*DeliveryState, DeliveryState.SENT)):
            await unit.deliveries.add(delivery(delivery_id=f"v{number}", state=state))
        await unit.deliveries.add(delivery(delivery_id="old", reserved_at=NOW - DAY))
        found = await unit.operations.deliveries(NOW)
        assert found == {**dict.fromkeys(DeliveryState, 1), DeliveryState.SENT: 2}
        waiting = (await unit.operations.backlog(NOW)).deliveries
        assert waiting == {DeliveryState.RESERVED: 1, DeliveryState.SENDING: 1}


async def test_lateness_is_that_of_what_was_sent_for_a_time(served: Store) -> None:
    """Nearest ranks of 1 to 100 seconds. What was early by the clock was not late."""
    async with served.begin() as unit:
        for late in range(1, 101):
            due = NOW - late * SECOND
            await unit.deliveries.add(delivery(delivery_id=f"v{late}", due_at=due, changed_at=NOW))
        others: dict[str, dict[str, Any]] = {
            "asked for": {"due_at": None},
            "not sent": {"due_at": NOW - DAY, "state": DeliveryState.REJECTED},
            "proved by a tap": {"due_at": NOW - DAY, "reason": "observed"},
            "too old": {"due_at": NOW - DAY, "reserved_at": NOW - DAY},
        }
        for name, fields in others.items():
            await unit.deliveries.add(delivery(delivery_id=name, **fields))
        found = await unit.operations.lateness(NOW)
    assert (found.p50, found.p90, found.p99) == (50 * SECOND, 90 * SECOND, 99 * SECOND)
    assert (found.count, found.missed) == (100, 0)


async def test_a_single_message_is_every_percentile_and_never_early(served: Store) -> None:
    async with served.begin() as unit:
        await unit.deliveries.add(delivery(due_at=NOW + SECOND, changed_at=NOW))
        found = await unit.operations.lateness(NOW)
    assert (found.p50, found.p90, found.p99) == (timedelta(), timedelta(), timedelta())


async def test_slots_that_became_too_old_are_counted(served: Store) -> None:
    async with served.begin() as unit:
        await unit.decisions.add(refusal("stale", reason=Reason.STALE), None)
        await unit.decisions.add(refusal("before", reason=Reason.STALE, decided_at=NOW - DAY), None)
        await unit.decisions.add(refusal("paused", reason=Reason.PAUSED), None)
        assert (await unit.operations.lateness(NOW)).missed == 1


async def test_the_backlog_is_what_waits(served: Store) -> None:
    async with served.begin() as unit:
        for number, hours in enumerate((2, 1, 3)):
            await unit.inbox.put(said(str(number), received_at=NOW - hours * HOUR))
        handled = await unit.inbox.put(said("handled", received_at=NOW - DAY))
        assert handled is not None
        await unit.inbox.done(handled)
        await unit.events.append(event())
        await unit.events.append(event("e2"))
        await unit.events.dispatched("e2", NOW)
        for name, due in (("bob", NOW), ("eve", NOW + HOUR)):
            await unit.people.add(person(name, next_due_at=due))
        found = await unit.operations.backlog(NOW)
    assert found == Backlog(updates=3, oldest_update_at=NOW - 3 * HOUR, deliveries={}, events=1, people_due=1)


async def test_queues_are_counted_up_to_a_limit_with_their_oldest(served: Store) -> None:
    async with served.begin() as unit:
        for number, hours in enumerate((2, 1, 3)):
            await unit.inbox.put(said(str(number), received_at=NOW - hours * HOUR))
        for name, due in (("bob", NOW), ("eve", NOW - HOUR), ("kim", NOW - DAY), ("zoe", NOW + HOUR)):
            await unit.people.add(person(name, next_due_at=due))
        others: dict[str, dict[str, Any]] = {
            "x": {"state": DeliveryState.RESERVED, "changed_at": NOW, "not_before": NOW + HOUR},
            "y": {"state": DeliveryState.RESERVED, "changed_at": NOW + SECOND},
            "z": {"state": DeliveryState.SENT},
        }
        for name, fields in others.items():
            await unit.deliveries.add(delivery(delivery_id=name, **fields))
        few, many = await unit.operations.queues(NOW, 1), await unit.operations.queues(NOW, 9)
    assert (many.updates, many.oldest_update_at) == (3, NOW - 3 * HOUR)
    assert (many.people_due, many.longest_due_at) == (3, NOW - DAY)
    assert many.oldest_at == {DeliveryState.RESERVED: NOW + SECOND}
    assert {state: count for state, count in many.deliveries.items() if count} == {
        DeliveryState.RESERVED: 2,
        DeliveryState.SENT: 1,
    }
    assert many.deliveries.keys() == set(DeliveryState)
    assert few == replace(
        many, people_due=1, deliveries={state: min(count, 1) for state, count in many.deliveries.items()}
    )


async def test_connections_are_counted_by_provider_and_state(store: Store) -> None:
    async with store.begin() as unit:
        await unit.people.add(person("bob", created_at=NOW - DAY))
        await unit.integrations.put(integration())
        await unit.integrations.put(integration(person_id="bob"))
        await unit.integrations.put(integration(provider="ics", status=TokenStatus.ERROR))
        workspace = Workspace(workspace_id="T1", changed_at=NOW, installed_at=NOW)
        await unit.workspaces.put(workspace)
        found = await unit.operations.connections()
        assert await unit.operations.started_at() == NOW - DAY
    assert found == (
        ConnectionCount(provider="ics", status=TokenStatus.ERROR, count=1),
        ConnectionCount(provider="slack", status=TokenStatus.CONNECTED, count=1),
        ConnectionCount(provider="todoist", status=TokenStatus.CONNECTED, count=2),
    )


async def test_spending_of_everybody_is_read_by_day(store: Store) -> None:
    today, spent = NOW.date(), Spending(calls=1, tokens=20, micros=300, failures=4)
    async with store.begin() as unit:
        for days in (0, 2, 3):
            await unit.spending.add(today - timedelta(days=days), "ada", spent)
        await unit.spending.add(today, "gone", spent)
        found = await unit.spending.days(today - timedelta(days=2))
    assert found == (
        DailySpending(day=today - timedelta(days=2), spent=spent),
        DailySpending(day=today, spent=spent.plus(spent)),
    )
