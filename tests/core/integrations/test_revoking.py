"""Revocations that wait: when they are tried, how often, and when they are given up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

import pytest

from core.dependencies import Dependencies
from core.errors import ClientRefused, SourceBusy, SourceUnavailable
from core.integrations.revoking import (
    MAX_PAUSE,
    MIN_PAUSE,
    REVOKE_FOR,
    drop_overdue,
    queue,
    revoke_due,
    revoke_now,
)
from core.integrations.stored_tokens import Tokens
from core.integrations.vault_keys import check_vault, rotate_vault
from core.records import Revocation, TaskSource
from core.store import Store
from core.vault import Vault
from tests.core.outsiders import HandClock
from tests.core.providers import Provider
from tests.core.worlds import scene
from tests.fakes.cipher import open_vault

TOKENS = Tokens(access="canary-access", refresh="canary-refresh")


@dataclass
class Here:
    deps: Dependencies
    clock: HandClock
    provider: Provider

    async def queue(self, tokens: Tokens = TOKENS) -> str:
        async with self.deps.store.begin() as unit:
            found = await queue(unit, "todoist", tokens, self.deps)
        assert found
        return found

    async def waiting(self) -> Sequence[Revocation]:
        async with self.deps.store.read() as unit:
            return await unit.secrets.revocations()


@pytest.fixture
def here(either: Store) -> Here:
    provider, clock = Provider(), HandClock()
    made = scene(either)
    deps = replace(made.deps, vault=open_vault(), clock=clock, oauth={TaskSource.TODOIST: provider})
    return Here(deps, clock, provider)


async def test_both_tokens_are_revoked_and_forgotten(here: Here) -> None:
    queued = await here.queue()
    assert "canary" not in repr(await here.waiting())
    assert await revoke_now([queued], here.deps)
    assert here.provider.ended == [("canary-access", "canary-refresh")]
    assert await here.waiting() == ()
    assert await revoke_now([queued], here.deps), "it is done, be it by another process"
    assert await revoke_now([], here.deps)


@pytest.mark.parametrize("fault", [SourceUnavailable("down"), ClientRefused("operator"), SourceBusy(90)])
async def test_a_failed_one_is_tried_again_with_growing_pauses(here: Here, fault: Exception) -> None:
    here.provider.faults = [fault] * 3
    queued = await here.queue()
    assert not await revoke_now([queued], here.deps)
    pauses = []
    while not here.provider.ended:
        (one,) = await here.waiting()
        pauses.append(one.not_before - here.clock.now())
        here.clock.time = one.not_before - timedelta(seconds=1)
        assert await revoke_due(here.deps) == 0
        here.clock.time = one.not_before
        await revoke_due(here.deps)
    assert pauses == sorted(pauses)
    assert MIN_PAUSE <= pauses[0] <= pauses[-1] <= MAX_PAUSE
    assert len(pauses) == 3


async def test_one_that_fails_does_not_keep_the_others(here: Here) -> None:
    for number in range(6):
        await here.queue(Tokens(access=f"token {number}"))
    here.provider.faults = [SourceUnavailable("down")]
    assert await revoke_due(here.deps) == 5
    assert len(await here.waiting()) == 1


async def test_without_a_client_or_a_key_it_waits_until_it_is_given_up(here: Here) -> None:
    await here.queue()
    closed = replace(here.deps, vault=Vault())
    for deps in (replace(here.deps, oauth={}), closed, replace(here.deps, vault=open_vault(2))):
        assert await revoke_due(deps) == 0
    async with here.deps.store.begin() as unit:
        assert await queue(unit, "todoist", TOKENS, closed) is None
        assert await drop_overdue(unit, here.clock.now() + REVOKE_FOR - timedelta(seconds=1)) == 0
        assert await drop_overdue(unit, here.clock.now() + REVOKE_FOR) == 1
        assert await unit.secrets.revocations() == ()
    assert here.provider.ended == []


async def test_a_row_that_was_changed_or_swapped_is_not_decrypted(here: Here) -> None:
    first, second = await here.queue(), await here.queue(Tokens(access="other"))
    async with here.deps.store.begin() as unit:
        rows = {one.revocation_id: one for one in await unit.secrets.revocations()}
        await unit.secrets.put_revocation(replace(rows[first], ciphertext=rows[second].ciphertext))
        await unit.secrets.put_revocation(replace(rows[second], provider="elsewhere"))
    assert await revoke_due(here.deps) == 0
    assert here.provider.ended == []


async def test_a_rotation_takes_what_waits_along(here: Here) -> None:
    queued, both = await here.queue(), open_vault(2, 1)
    before = await check_vault(here.deps.store, both)
    assert (before.droppable, before.waiting, before.secrets) == ((), 1, 0)
    assert await rotate_vault(here.deps.store, both) == 1
    assert await rotate_vault(here.deps.store, both) == 0
    assert (await check_vault(here.deps.store, both)).droppable == open_vault(1).key_ids
    assert await revoke_now([queued], replace(here.deps, vault=open_vault(2)))
    assert here.provider.ended == [("canary-access", "canary-refresh")]
