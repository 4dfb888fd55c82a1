"""Incidents: how they begin, differ from a hiccup, end and are acknowledged; and who records them."""

from __future__ import annotations

from datetime import timedelta

import pytest

from core.errors import (
    LanguageModelUnavailable,
    NotFound,
    SendUnknown,
    SourceDisconnected,
    SourceRevoked,
    SourceUnavailable,
)
from core.incidents import (
    IncidentList,
    acknowledge,
    end,
    end_passed,
    incidents,
    notice,
    rule_of,
)
from core.integrations.states import record_response
from core.integrations.stored_tokens import Tokens
from core.integrations.vault_keys import review_vault
from core.integrations.workspaces import install, pause
from core.records import DeliveryState, Incident, IncidentKind, Spending, Workspace
from core.store import Store, Unit
from tests.contracts.store.records import DAY, HOUR, NOW, integration, sealed_key, sealed_secret
from tests.core.deciding.test_model_use import Meter, ask, metered
from tests.core.worlds import Scene, scene
from tests.fakes.cipher import open_vault
from tests.fakes.store import FakeStore


async def shown(store: Store, now: object = None) -> IncidentList:
    async with store.read() as unit:
        return await incidents(unit, now or NOW)  # type: ignore[arg-type]


async def noticed(unit: Unit, kind: IncidentKind, times: int) -> Incident:
    for number in range(times):
        found = await notice(unit, kind, NOW + number * HOUR, "it")
    return found


@pytest.mark.parametrize("kind", IncidentKind)
async def test_every_kind_is_one_open_incident_from_its_threshold_on_until_it_ends(
    kind: IncidentKind,
) -> None:
    store, threshold = FakeStore(), rule_of(kind).shown_from
    async with store.begin() as unit:
        for _ in range(threshold - 1):
            await notice(unit, kind, NOW, "it")
        assert (await incidents(unit, NOW)).open == ()
        await noticed(unit, kind, 2)
        (only,) = (await incidents(unit, NOW)).open
        assert (only.count, only.since, only.ended_at) == (threshold + 1, NOW, None)
        await end(unit, kind, NOW + DAY, "another")
        assert (await incidents(unit, NOW)).open == (only,)
        await end(unit, kind, NOW + DAY, "it")
        found = await incidents(unit, NOW + DAY)
        assert (found.open, [one.ended_at for one in found.ended]) == ((), [NOW + DAY])


async def test_a_hiccup_leaves_nothing() -> None:
    store = FakeStore()
    async with store.begin() as unit:
        await noticed(unit, IncidentKind.JOB_FAILING, 2)
        await end(unit, IncidentKind.JOB_FAILING, NOW, "it")
        assert await unit.incidents.all_open() == ()
        assert await unit.incidents.ended(NOW - DAY, 9) == ()


async def test_what_comes_again_is_another_incident(either: Store) -> None:
    async with either.begin() as unit:
        await notice(unit, IncidentKind.DISK_NEARLY_FULL, NOW)
        await end(unit, IncidentKind.DISK_NEARLY_FULL, NOW + HOUR)
        await notice(unit, IncidentKind.DISK_NEARLY_FULL, NOW + 2 * HOUR)
    found = await shown(either, NOW + DAY)
    assert [one.since for one in found.open] == [NOW + 2 * HOUR]
    assert [one.since for one in found.ended] == [NOW]


HOSTILE = ("Buy milk <script>", "ada@example.org", "käse", "a\nb", "x" * 500, "‮evil", "'; DROP")


async def test_a_subject_is_a_code_whatever_comes_in() -> None:
    for subject in HOSTILE:
        async with FakeStore().begin() as unit:
            found = await notice(unit, IncidentKind.JOB_FAILING, NOW, subject)
            again = await notice(unit, IncidentKind.JOB_FAILING, NOW, subject)
        assert found.subject.isascii()
        assert len(found.subject) <= 80
        assert not set(found.subject) & set(" <>@\n'\";")
        assert again.count == 2


@pytest.mark.parametrize("kind", IncidentKind)
async def test_only_what_shows_no_end_passes(kind: IncidentKind) -> None:
    passes_after = rule_of(kind).passes_after
    store = FakeStore()
    async with store.begin() as unit:
        last = (await noticed(unit, kind, 3)).last_seen_at
        await end_passed(unit, last + (passes_after or HOUR) - timedelta(seconds=1))
        assert len((await incidents(unit, last)).open) == 1
        await end_passed(unit, last + (passes_after or 100 * DAY))
        left = (await incidents(unit, last)).open
    assert bool(left) is (passes_after is None and kind is not IncidentKind.BUDGET_SPENT)


async def test_acknowledging_keeps_who_came_first(either: Store) -> None:
    async with either.begin() as unit:
        found = await notice(unit, IncidentKind.BACKUP_OVERDUE, NOW)
        later = await notice(unit, IncidentKind.DISK_NEARLY_FULL, NOW + HOUR)
        await acknowledge(unit, found.incident_id, "ops", NOW + HOUR)
        again = await acknowledge(unit, found.incident_id, "somebody else", NOW + DAY)
        assert (again.acknowledged_by, again.acknowledged_at) == ("ops", NOW + HOUR)
        noticed_again = await notice(unit, IncidentKind.BACKUP_OVERDUE, NOW + DAY)
        assert noticed_again.acknowledged_by == "ops"
    found_now = await shown(either)
    assert [one.incident_id for one in found_now.open] == [later.incident_id, found.incident_id]
    assert found_now.unacknowledged == 1


async def test_what_is_not_shown_can_not_be_acknowledged() -> None:
    store = FakeStore()
    async with store.begin() as unit:
        hidden = await notice(unit, IncidentKind.JOB_FAILING, NOW, "push")
        for incident_id in (hidden.incident_id, "no such"):
            with pytest.raises(NotFound):
                await acknowledge(unit, incident_id, "ops", NOW)


# --- Where they are recorded -------------------------------------------------------------------------------


async def kinds(store: Store) -> list[tuple[IncidentKind, str]]:
    return [(one.kind, one.subject) for one in (await shown(store)).open]


async def test_a_delivery_that_became_unknown_names_its_channel_and_not_its_person(either: Store) -> None:
    here = scene(either)
    await here.person()
    await here.task("Pay the rent")
    here.phone.faults = [SendUnknown("timeout")]
    delivery = await here.delivery(await here.slot())
    assert delivery.state is DeliveryState.UNKNOWN
    assert await kinds(either) == [(IncidentKind.DELIVERY_UNKNOWN, "telegram")]


@pytest.mark.parametrize("fault", [SourceDisconnected("401"), SourceRevoked("invalid_grant")])
async def test_a_lost_connection_of_a_person_names_its_provider_once(
    here: Scene, fault: SourceUnavailable
) -> None:
    await here.person()
    async with here.deps.store.begin() as unit:
        await unit.integrations.put(integration())
        await record_response(unit, integration(), NOW, fault=SourceUnavailable("500"))
        assert await unit.incidents.all_open() == ()
        for _ in range(2):
            await record_response(unit, integration(), NOW, fault=fault)
        (found,) = await unit.incidents.all_open()
    assert (found.kind, found.subject, found.count) == (IncidentKind.CONNECTIONS_LOST, "todoist", 1)


async def test_a_refused_token_of_the_operator_is_an_incident_until_it_works(here: Scene) -> None:
    await here.person()
    own = integration(by_operator=True)
    async with here.deps.store.begin() as unit:
        await unit.integrations.put(own)
        await record_response(unit, own, NOW, fault=SourceDisconnected("401"))
        (found,) = await unit.incidents.all_open()
        assert (found.kind, found.subject) == (IncidentKind.ACCESS_REFUSED, "todoist")
        await record_response(unit, own, NOW + HOUR)
        assert await unit.incidents.all_open() == ()


async def test_a_workspace_that_removed_the_app_is_one_until_it_is_installed_again(either: Store) -> None:
    workspace = Workspace(workspace_id="T1", name="Secret plans", changed_at=NOW, installed_at=NOW)
    async with either.begin() as unit:
        await install(unit, workspace, Tokens(access="xoxb"), open_vault())
        for _ in range(2):
            await pause(unit, "T1", happened_at=NOW + HOUR, now=NOW + HOUR)
    assert await kinds(either) == [(IncidentKind.WORKSPACE_REMOVED, "T1")]
    async with either.begin() as unit:
        await install(unit, workspace, Tokens(access="xoxb"), open_vault())
    assert await kinds(either) == []


async def test_a_model_that_fails_each_time_is_one_until_it_answers() -> None:
    meter = Meter()
    here = metered(FakeStore(), meter)
    await here.person()
    meter.fault = LanguageModelUnavailable("500")
    for times in range(1, 4):
        with pytest.raises(LanguageModelUnavailable):
            await ask(here)
        assert len((await shown(here.deps.store)).open) == (times == 3)
    assert await kinds(here.deps.store) == [(IncidentKind.MODEL_FAILING, "tip-generator")]
    meter.fault = None
    await ask(here)
    assert await kinds(here.deps.store) == []


@pytest.mark.parametrize(("whose", "subject"), [("in_all", "everybody"), ("per_person", "one_person")])
async def test_a_spent_budget_is_one_until_the_next_day(whose: str, subject: str) -> None:
    here = metered(FakeStore(), Meter(), **{whose: Spending(calls=1)})
    await here.person()
    await ask(here)
    for _ in range(2):
        with pytest.raises(LanguageModelUnavailable):
            await ask(here)
    assert await kinds(here.deps.store) == [(IncidentKind.BUDGET_SPENT, subject)]
    here.clock.move(days=1)
    async with here.deps.store.begin() as unit:
        assert await end_passed(unit, here.clock.now()) == 1


async def test_secrets_without_a_key_are_one_until_the_key_is_back(here: Scene) -> None:
    await here.person()
    async with here.deps.store.begin() as unit:
        await unit.secrets.put_key(sealed_key("k1"))
        await unit.secrets.put(sealed_secret("todoist", "k1"))
    await review_vault(here.deps)
    assert await kinds(here.deps.store) == [(IncidentKind.SECRETS_UNREADABLE, "")]
    async with here.deps.store.begin() as unit:
        await unit.secrets.shred("ada")
    await review_vault(here.deps)
    assert await kinds(here.deps.store) == []
