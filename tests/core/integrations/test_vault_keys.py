"""What can be read in the vault, and the change to another key: G14."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import pytest

from core.errors import VaultClosed
from core.integrations.vault_keys import check_vault, review_vault, rotate_vault
from core.records import TokenStatus
from core.store import Store, Unit
from core.vault import Vault
from tests.contracts.store.records import NOW, integration, person, revocation
from tests.core.worlds import scene
from tests.crash_points import sweep
from tests.fakes.cipher import open_vault
from tests.fakes.store import FakeStore


@pytest.fixture
async def store(either: Store) -> Store:
    """Ada, Bob and Eve have secrets under key 1."""
    async with either.begin() as unit:
        for name in ("ada", "bob", "eve"):
            await unit.people.add(person(name))
            await open_vault(1).put(unit, name, "todoist", f"canary {name}")
        await open_vault(1).put(unit, "ada", "calendar", "canary")
    return either


async def test_an_empty_vault_needs_no_key(either: Store) -> None:
    report = await check_vault(either, Vault())
    assert (report.secrets, report.unreadable, report.vault_keys) == (0, (), ())


async def test_a_rotation_needs_a_key_and_so_does_a_check_of_secrets(store: Store) -> None:
    for run in (check_vault, rotate_vault):
        with pytest.raises(VaultClosed):
            await run(store, Vault())


async def test_after_a_rotation_the_old_key_may_be_dropped(store: Store) -> None:
    old, both, new = open_vault(1), open_vault(2, 1), open_vault(2)
    before = await check_vault(store, both)
    assert (before.secrets, before.people, before.unreadable, before.waiting) == (4, 3, (), 0)
    assert (before.droppable, before.to_rotate) == ((), 3)
    assert await rotate_vault(store, both) == 3
    after = await check_vault(store, both)
    assert (after.droppable, after.to_rotate) == (old.key_ids, 0)
    assert await rotate_vault(store, both) == 0
    assert (await check_vault(store, new)).unreadable == ()
    assert len((await check_vault(store, old)).unreadable) == 4
    async with store.read() as unit:
        assert await new.get(unit, "bob", "todoist") == "canary bob"


async def test_what_cannot_be_read_is_named_and_left_for_a_key_that_is_found(store: Store) -> None:
    async with store.begin() as unit:
        await open_vault(3).put(unit, "eve", "calendar", "canary")
    both = open_vault(2, 1)
    assert await rotate_vault(store, both) == 3
    report = await check_vault(store, both)
    (lost,) = report.unreadable
    (third,) = open_vault(3).key_ids
    assert (lost.person_id, lost.provider) == ("eve", "calendar")
    assert third in lost.why
    assert report.data_keys == {both.key_ids[0]: 3, third: 1}
    assert await rotate_vault(store, open_vault(2, 3)) == 1
    assert (await check_vault(store, open_vault(2))).unreadable == ()


async def test_a_damaged_secret_is_named_without_what_it_holds(store: Store) -> None:
    async with store.begin() as unit:
        secret = await unit.secrets.get("ada", "todoist")
        assert secret is not None
        await unit.secrets.put(replace(secret, ciphertext=secret.ciphertext[:-1]))
    report = await check_vault(store, open_vault(1))
    assert [(one.person_id, one.provider) for one in report.unreadable] == [("ada", "todoist")]
    assert "canary" not in repr(report)


async def test_at_start_one_line_says_that_secrets_cannot_be_read(
    store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    for vault, line in (
        (Vault(), "OO_VAULT_KEYS is not set"),
        (open_vault(2), "4 of 4 secrets can't be read"),
    ):
        caplog.clear()
        await review_vault(replace(scene(store).deps, vault=vault))
        (record,) = caplog.records
        assert line in record.getMessage()
    caplog.clear()
    await review_vault(replace(scene(store).deps, vault=open_vault(1)))
    await review_vault(scene(FakeStore()).deps)
    assert caplog.records == []


async def test_a_connection_whose_key_is_back_is_tried_again_and_no_other(store: Store) -> None:
    async with store.begin() as unit:
        for name, status in (("ada", TokenStatus.MISSING), ("bob", TokenStatus.REVOKED)):
            await unit.integrations.put(integration(person_id=name, status=status, told_at=NOW))
    states = []
    for vault in (open_vault(2), open_vault(2, 1)):
        await review_vault(replace(scene(store).deps, vault=vault))
        async with store.read() as unit:
            states.append([(one.status, one.told_at) for one in await unit.integrations.all("todoist")])
    revoked = (TokenStatus.REVOKED, NOW)
    assert states == [[(TokenStatus.MISSING, NOW), revoked], [(TokenStatus.CONNECTED, NOW), revoked]]


async def test_tasks_that_share_the_login_of_a_calendar_are_tried_again_with_it(store: Store) -> None:
    async with store.begin() as unit:
        await open_vault(1).put(unit, "eve", "caldav_calendar", "canary")
        for name, provider in (("eve", "caldav"), ("eve", "caldav_calendar"), ("bob", "caldav")):
            lost = integration(person_id=name, provider=provider, status=TokenStatus.MISSING)
            await unit.integrations.put(lost)
    for vault, expected in ((open_vault(2), TokenStatus.MISSING), (open_vault(2, 1), TokenStatus.CONNECTED)):
        await review_vault(replace(scene(store).deps, vault=vault))
        async with store.read() as unit:
            assert {one.status for one in await unit.integrations.of("eve")} == {expected}
            assert [one.status for one in await unit.integrations.of("bob")] == [TokenStatus.MISSING]


def test_a_rotation_that_is_killed_at_any_line_can_be_repeated(tmp_path: Path) -> None:
    swept = sweep("tests.core.integrations.killed_rotation", tmp_path, "core/integrations/vault_keys.py")
    assert swept.points > 30
    assert swept.kills >= 4
    assert set(swept.outcomes) == {"3 to go", "2 to go", "1 to go", "0 to go"}


class Meanwhile:
    """A store in which something happens right before the first transaction that writes."""

    def __init__(self, store: Store, happens: Callable[[Unit], Awaitable[None]]) -> None:
        self.store, self.happens = store, [happens]

    def read(self) -> Any:
        return self.store.read()

    @asynccontextmanager
    async def begin(self, *people: str) -> AsyncIterator[Unit]:
        while self.happens:
            async with self.store.begin() as unit:
                await self.happens.pop()(unit)
        async with self.store.begin(*people) as unit:
            yield unit


async def test_a_data_key_that_is_gone_when_its_turn_comes_is_passed_over(store: Store) -> None:
    async def ada_leaves(unit: Unit) -> None:
        await unit.secrets.shred("ada")

    assert await rotate_vault(cast(Store, Meanwhile(store, ada_leaves)), open_vault(2, 1)) == 2
    async with store.read() as unit:
        assert await unit.secrets.keys("ada") == ()
        assert await open_vault(2).get(unit, "bob", "todoist") == "canary bob"


async def test_revocations_are_rotated_and_a_damaged_one_is_left_as_it_is(store: Store) -> None:
    key_id, ciphertext = open_vault(1).seal("r1", "todoist", "canary")
    good = revocation("r1", vault_key_id=key_id, ciphertext=ciphertext)
    damaged = revocation("r2", vault_key_id=key_id, ciphertext=b"damaged")
    async with store.begin() as unit:
        await unit.secrets.put_revocation(good)
        await unit.secrets.put_revocation(damaged)
    assert await rotate_vault(store, open_vault(2, 1)) == 3 + 1
    async with store.read() as unit:
        found = {one.revocation_id: one for one in await unit.secrets.revocations()}
    assert found["r2"] == damaged
    assert open_vault(2).unseal(found["r1"]) == "canary"
