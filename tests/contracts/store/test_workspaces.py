"""Slack workspaces, their people, and installations that are under way."""

from __future__ import annotations

from dataclasses import replace

import pytest

from core.chat import Channel
from core.records import Account, InstallState, TokenStatus, Workspace
from core.store import Store
from tests.contracts.store.records import HOUR, NOW, person

WHOLE = Workspace(
    workspace_id="T1",
    enterprise_id="E1",
    team_id="T1",
    name="Acme",
    app_id="A1",
    bot_id="B1",
    bot_member="U0",
    scopes=("chat:write", "im:write"),
    status=TokenStatus.EXPIRING,
    changed_at=NOW,
    installed_at=NOW - HOUR,
    paused_at=NOW,
    expires_at=NOW + HOUR,
    lease="lease",
    leased_until=NOW,
    key_id="k",
    vault_key_id="v",
    sealed_key=b"\x00key",
    ciphertext=b"\xfftext",
)
BARE = Workspace(workspace_id="E2", changed_at=NOW, installed_at=NOW)


def account(number: str, external_id: str, channel: Channel = Channel.SLACK, **fields: object) -> Account:
    plain = Account(
        account_id=number,
        person_id="zoe",
        channel=channel,
        external_id=external_id,
        address=f"D{number}",
        last_seen_at=NOW,
    )
    return replace(plain, **fields)  # type: ignore[arg-type]  # fields by name


OTHERS = (
    account("2", "T10/U1"),
    account("3", "T/U1"),
    account("4", "T1/U1", Channel.TELEGRAM),
    account("5", "T0/T1/U1"),
)
"""Accounts that look a little like those of T1."""


async def test_a_workspace_comes_back_as_stored_and_is_replaced(store: Store) -> None:
    async with store.begin() as unit:
        assert await unit.workspaces.get("T1") is None
        await unit.workspaces.put(WHOLE)
        await unit.workspaces.put(BARE)
        assert await unit.workspaces.all() == (BARE, WHOLE)
        await unit.workspaces.put(replace(WHOLE, sealed_key=None, ciphertext=None))
        assert await unit.workspaces.get("T1") == replace(WHOLE, sealed_key=None, ciphertext=None)


@pytest.mark.parametrize("reachable", [False, True])
async def test_only_the_people_of_that_workspace_become_reachable_or_not(
    store: Store, reachable: bool
) -> None:
    mine = account("1", "T1/U1", reachable=not reachable)
    others = [replace(one, reachable=not reachable) for one in OTHERS]
    async with store.begin() as unit:
        await unit.people.add(person("zoe"))
        for one in (mine, *others):
            await unit.people.save_account(one)
        assert await unit.workspaces.set_reachable("T1", reachable=reachable) == 1
        assert await unit.workspaces.set_reachable("T1", reachable=reachable) == 0
        found = {one.account_id: one for one in await unit.people.accounts("zoe")}
    assert found.pop("1") == replace(mine, reachable=reachable)
    assert sorted(found.values(), key=lambda one: one.account_id) == others


async def test_addresses_from_before_an_installation_get_the_workspace(store: Store) -> None:
    accounts = [account("1", "T1/U1"), account("6", "T1/U2", address="T1/D6"), *OTHERS]
    async with store.begin() as unit:
        await unit.people.add(person("zoe"))
        for one in accounts:
            await unit.people.save_account(one)
        assert await unit.workspaces.qualify_addresses("T1") == 1
        found = {one.account_id: one.address for one in await unit.people.accounts("zoe")}
    assert found == {"1": "T1/D1", "6": "T1/D6", "2": "D2", "3": "D3", "4": "D4", "5": "D5"}


async def test_a_state_is_consumed_once_and_in_time(store: Store) -> None:
    old, young = NOW - HOUR, NOW
    async with store.begin() as unit:
        await unit.workspaces.issue(InstallState(state_hash="old", created_at=old), made_after=old - HOUR)
        assert not await unit.workspaces.consume("old", made_after=old)
        await unit.workspaces.issue(InstallState(state_hash="young", created_at=young), made_after=old)
        assert not await unit.workspaces.consume("old", made_after=old - HOUR)  # deleted meanwhile
        assert not await unit.workspaces.consume("unknown", made_after=old)
        assert await unit.workspaces.consume("young", made_after=old)
        assert not await unit.workspaces.consume("young", made_after=old)
