"""What `/metrics` says of a busy oO."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from bot.cli.metrics import Metrics
from core.dependencies import BudgetRules, Rules
from core.records import DeliveryState, Event, Spending, TokenStatus
from tests.contracts.store.records import account, decision, delivery, integration, person, said, snapshot
from tests.core.worlds import scene
from tests.fakes.store import FakeStore


async def nothing_ready() -> Mapping[str, bool]:
    return {"database": True, "telegram": False}


async def written(metrics: Metrics) -> dict[str, float]:
    """The samples by name and labels."""
    lines = (await metrics.page()).decode().splitlines()
    pairs = (line.rsplit(" ", 1) for line in lines if not line.startswith("#"))
    return {name: float(value) for name, value in pairs}


async def test_an_idle_oo_has_nothing_that_waits() -> None:
    shown = await written(Metrics(scene(FakeStore()).deps, dict))

    assert [name for name, value in shown.items() if name.startswith("oo_") and value] == []
    assert shown["process_resident_memory_bytes"] > 0
    assert not [name for name in shown if name.startswith("oo_llm_budget")]


async def test_what_waits_has_an_age_and_what_was_planned_to_wait_has_none() -> None:
    deps = scene(FakeStore()).deps
    deps = replace(deps, rules=Rules(budget=BudgetRules(in_all=Spending(calls=500))))
    now = deps.clock.now()

    def ago(seconds: float) -> datetime:
        return now - timedelta(seconds=seconds)

    async with deps.store.begin() as unit:
        await unit.people.add(person("ada", next_due_at=ago(90)))
        await unit.people.add(person("bob", next_due_at=ago(30)))
        await unit.people.save_account(account())
        await unit.inbox.put(said("1", received_at=ago(70)))
        await unit.inbox.put(said("2", received_at=ago(5)))
        await unit.decisions.add(decision(), snapshot())
        for name, state, since, not_before in (
            ("x", DeliveryState.RESERVED, ago(500), now + timedelta(hours=1)),
            ("y", DeliveryState.RESERVED, ago(40), None),
            ("z", DeliveryState.SENDING, ago(20), None),
        ):
            await unit.deliveries.add(
                delivery(
                    delivery_id=name, state=state, reserved_at=since, changed_at=since, not_before=not_before
                )
            )
        await unit.events.append(
            Event(event_id="e", kind="task.completed", happened_at=now - timedelta(minutes=2))
        )
        await unit.integrations.put(integration(status=TokenStatus.ERROR))

    shown = await written(Metrics(deps, dict, ready=nothing_ready))

    assert shown["oo_people_due"] == 2
    assert shown["oo_people_due_seconds"] == 90
    assert (shown["oo_inbox_waiting"], shown["oo_inbox_oldest_seconds"]) == (2, 70)
    assert shown['oo_deliveries{state="reserved"}'] == 2
    assert shown['oo_deliveries_oldest_seconds{state="reserved"}'] == 40
    assert shown['oo_deliveries_oldest_seconds{state="sending"}'] == 20
    assert shown["oo_events_oldest_seconds"] == 120
    assert shown['oo_integrations{provider="todoist",status="error"}'] == 1
    assert shown['oo_llm_budget{unit="calls"}'] == 500
    assert (shown['oo_ready{part="database"}'], shown['oo_ready{part="telegram"}']) == (1, 0)


async def test_a_state_in_which_no_connection_is_any_more_disappears() -> None:
    deps = scene(FakeStore()).deps
    metrics = Metrics(deps, dict)
    async with deps.store.begin() as unit:
        await unit.people.add(person("ada"))
        await unit.integrations.put(integration(status=TokenStatus.ERROR))
    assert (await written(metrics))['oo_integrations{provider="todoist",status="error"}'] == 1
    async with deps.store.begin() as unit:
        await unit.integrations.put(integration(status=TokenStatus.CONNECTED))

    shown = await written(metrics)

    assert [name for name in shown if "integrations" in name] == [
        'oo_integrations{provider="todoist",status="connected"}'
    ]
