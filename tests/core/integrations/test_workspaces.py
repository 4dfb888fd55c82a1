"""Installations are paused and resumed one by one, and their tokens are sealed and renewed once."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import pytest

from core.chat import Channel
from core.errors import SourceRevoked, TokenMissing, VaultDamaged
from core.integrations.stored_tokens import Tokens, granted, load
from core.integrations.tokens import RENEW_BEFORE, AccessTokens
from core.integrations.vault_keys import check_vault, rotate_vault
from core.integrations.workspace_connections import ConnectionsOfWorkspaces
from core.integrations.workspaces import install, opened, pause, rewrapped
from core.records import Account, TokenStatus, Workspace
from core.store import Store
from tests.contracts.store.records import NOW, person
from tests.core.outsiders import HandClock, SeededRandom
from tests.fakes.cipher import open_vault
from tests.fakes.oauth import LASTS, RotatingProvider

SECOND = timedelta(seconds=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Here:
    """Two workspaces with one person each."""

    store: Store
    clock: HandClock
    provider: RotatingProvider

    async def install(self, workspace_id: str) -> Tokens:
        now = self.clock.now()
        tokens = granted(self.provider.grant(), now)
        workspace = Workspace(workspace_id=workspace_id, changed_at=now, installed_at=now)
        async with self.store.begin() as unit:
            await install(unit, workspace, tokens, open_vault())
        return tokens

    async def remove(self, workspace_id: str, *, after: timedelta = timedelta()) -> bool:
        """An event that something happened ``after`` now."""
        now = self.clock.now()
        async with self.store.begin() as unit:
            return await pause(unit, workspace_id, happened_at=now + after, now=now) is not None

    async def workspace(self, workspace_id: str) -> Workspace:
        async with self.store.read() as unit:
            found = await unit.workspaces.get(workspace_id)
        assert found is not None
        return found

    async def account(self, workspace_id: str) -> Account:
        async with self.store.read() as unit:
            found = await unit.people.account(Channel.SLACK, f"{workspace_id}/U1")
        assert found is not None
        return found

    def process(self, seed: int) -> AccessTokens:
        return AccessTokens(
            "slack",
            self.provider,
            store=self.store,
            vault=open_vault(),
            clock=self.clock,
            random=SeededRandom(seed),
            connections=ConnectionsOfWorkspaces(open_vault()),
        )


@pytest.fixture
async def here(either: Store, tmp_path: Path) -> Here:
    clock = HandClock()
    scene = Here(store=either, clock=clock, provider=RotatingProvider(tmp_path / "provider", clock))
    async with either.begin() as unit:
        for number, workspace_id in enumerate(("T1", "T2")):
            await unit.people.add(person(workspace_id))
            await unit.people.save_account(
                Account(
                    account_id=str(number),
                    person_id=workspace_id,
                    channel=Channel.SLACK,
                    external_id=f"{workspace_id}/U1",
                    address="D1",
                    last_seen_at=NOW,
                )
            )
    for workspace_id in ("T1", "T2"):
        await scene.install(workspace_id)
    return scene


async def test_only_the_removed_workspace_is_paused_and_its_tokens_are_gone(here: Here) -> None:
    assert await here.remove("T1", after=5 * SECOND)

    removed, other = await here.workspace("T1"), await here.workspace("T2")
    assert (removed.paused_at, removed.status) == (here.clock.now(), TokenStatus.REVOKED)
    assert (removed.ciphertext, removed.sealed_key, removed.key_id) == (None, None, None)
    assert (other.paused_at, other.status) == (None, TokenStatus.CONNECTED)
    assert not (await here.account("T1")).reachable
    assert (await here.account("T2")).reachable
    with pytest.raises(TokenMissing):
        await here.process(1).get("T1")
    assert await here.process(1).get("T2")


async def test_a_reinstallation_resumes_and_an_older_removal_that_comes_late_does_nothing(here: Here) -> None:
    await here.remove("T1")
    here.clock.move(hours=1)
    await here.install("T1")

    assert not await here.remove("T1", after=-timedelta(hours=1))

    assert (await here.workspace("T1")).paused_at is None
    assert (await here.account("T1")).reachable
    assert await here.process(1).get("T1")


async def test_a_workspace_that_never_installed_can_not_be_paused(here: Here) -> None:
    assert not await here.remove("T9")


async def test_a_repeated_removal_keeps_the_first_time(here: Here) -> None:
    await here.remove("T1", after=SECOND)
    first = (await here.workspace("T1")).paused_at
    here.clock.move(hours=1)
    assert await here.remove("T1")
    assert (await here.workspace("T1")).paused_at == first


async def test_addresses_get_their_workspace_when_it_installs(here: Here) -> None:
    assert (await here.account("T1")).address == "T1/D1"


async def test_two_processes_renew_a_token_once(here: Here) -> None:
    before = await here.process(1).get("T1")
    here.clock.time += LASTS - RENEW_BEFORE

    first, second = await asyncio.gather(here.process(1).get("T1"), here.process(2).get("T1"))

    assert here.provider.requests == 1
    assert {first, second} - {before}
    assert await here.process(3).get("T1") != before
    assert here.provider.requests == 1


async def test_a_token_that_comes_after_the_removal_is_not_stored(here: Here) -> None:
    here.clock.time += LASTS - RENEW_BEFORE

    async def remove() -> None:
        await here.remove("T1")

    here.provider.on_answer = remove
    with pytest.raises(TokenMissing):
        await here.process(1).get("T1")

    assert (await here.workspace("T1")).ciphertext is None


async def test_a_refused_refresh_token_needs_a_new_installation(here: Here) -> None:
    here.provider.withdraw()
    here.clock.time += LASTS
    with pytest.raises(SourceRevoked):
        await here.process(1).get("T1")


async def test_the_secret_of_one_workspace_can_not_be_moved_to_another(here: Here) -> None:
    one = await here.workspace("T1")
    with pytest.raises(VaultDamaged):
        opened(replace(one, workspace_id="T2"), open_vault())


async def test_a_change_of_the_vault_key_takes_workspaces_along(here: Here) -> None:
    before = [load(opened(await here.workspace(one), open_vault()) or "") for one in ("T1", "T2")]

    assert await rotate_vault(here.store, open_vault(2, 1)) == 2

    report = await check_vault(here.store, open_vault(2))
    assert (report.secrets, report.unreadable) == (2, ())
    after = [load(opened(await here.workspace(one), open_vault(2)) or "") for one in ("T1", "T2")]
    assert after == before
    assert len((await check_vault(here.store, open_vault(9))).unreadable) == 2


async def test_nothing_is_stored_for_a_workspace_that_is_paused_or_unknown(here: Here) -> None:
    await here.remove("T1")
    paused = await here.workspace("T1")
    connections = ConnectionsOfWorkspaces(open_vault())
    async with here.store.begin() as unit:
        found = await connections.get(unit, "T2")
        assert found is not None
        for owner_id in ("T1", "T9"):
            await connections.put(unit, replace(found[0], person_id=owner_id))
            await connections.put_secret(unit, owner_id, found[1])
            assert await connections.get(unit, owner_id) is None
    assert await here.workspace("T1") == paused


async def test_a_workspace_without_tokens_has_no_secret_and_none_to_rotate(here: Here) -> None:
    await here.remove("T1")
    paused = await here.workspace("T1")
    assert opened(paused, open_vault()) is None
    assert rewrapped(paused, open_vault(2, 1)) is None
    assert opened(replace(await here.workspace("T2"), ciphertext=None), open_vault()) is None
    assert await rotate_vault(here.store, open_vault(2, 1)) == 1


async def test_a_workspace_whose_key_is_damaged_is_left_as_it_is(here: Here) -> None:
    damaged = replace(await here.workspace("T1"), sealed_key=b"damaged")
    assert rewrapped(damaged, open_vault(2, 1)) is None
    async with here.store.begin() as unit:
        await unit.workspaces.put(damaged)
    assert await rotate_vault(here.store, open_vault(2, 1)) == 1
    assert await here.workspace("T1") == damaged
