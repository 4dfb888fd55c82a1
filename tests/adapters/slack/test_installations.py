"""Bolt's interfaces over oO's store, with sealed tokens."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from slack_sdk.oauth.installation_store import Installation

from adapters.aes_gcm import AesGcm
from adapters.clock import SystemRandomSource
from adapters.slack.installations import STATE_LASTS, Installations, InstallStates
from adapters.storage.store import Storage, open_store
from core.errors import NotSent, SendRejected, SourceBusy, SourceDisconnected, Unreachable, VaultClosed
from core.ports import Grant
from core.vault import Vault, vault_key
from tests.adapters.inbox import NOW
from tests.core.outsiders import HandClock

VAULT = Vault(AesGcm(), [vault_key(bytes(range(32)))])


class Refresher:
    """Gives the same tokens, or raises."""

    def __init__(self) -> None:
        self.fault: Exception | None = None
        self.calls = 0

    async def refresh(self, refresh_token: str) -> Grant:
        self.calls += 1
        if self.fault:
            raise self.fault
        return Grant(access_token="xoxb-new", refresh_token="xoxe-new")

    async def revoke(self, access_token: str) -> None:
        """Nothing."""


@pytest.fixture
async def store(database_url: str) -> AsyncIterator[Storage]:
    storage = await open_store(database_url)
    yield storage
    await storage.close()


@pytest.fixture
def clock() -> HandClock:
    clock = HandClock()
    clock.time = NOW
    return clock


@pytest.fixture
def refresher() -> Refresher:
    return Refresher()


@pytest.fixture
def installations(store: Storage, clock: HandClock, refresher: Refresher) -> Installations:
    return made(store, clock, refresher, VAULT)


def made(store: Storage, clock: HandClock, refresher: Refresher, vault: Vault) -> Installations:
    return Installations(store, vault, clock, SystemRandomSource(), refresher)


def installation(team: str | None = "T1", enterprise: str | None = None, **fields: object) -> Installation:
    whole: dict[str, object] = {
        "team_id": team,
        "team_name": "Acme\u202e\n",
        "enterprise_id": enterprise,
        "enterprise_name": "Org",
        "bot_token": "xoxb-canary",
        "bot_refresh_token": "xoxe-canary",
        "bot_user_id": "U0",
        "bot_scopes": ["chat:write"],
        "user_id": "U9",
        "bot_token_expires_at": int(NOW.timestamp()) + 43_200,
        **fields,
    }
    return Installation(**whole)  # type: ignore[arg-type]  # fields by name


async def test_an_installation_is_found_by_team_and_by_organisation(installations: Installations) -> None:
    await installations.async_save(installation("T1", "E1"))
    await installations.async_save(installation(None, "E2", is_enterprise_install=True))

    first = await installations.async_find_bot(enterprise_id="E1", team_id="T1")
    assert first is not None
    assert (first.bot_token, first.bot_refresh_token, first.team_name) == (
        "xoxb-canary",
        "xoxe-canary",
        "Acme",
    )
    assert first.bot_token_expires_at == int(NOW.timestamp()) + 43_200
    org = await installations.async_find_installation(
        enterprise_id="E2", team_id="T5", user_id="U5", is_enterprise_install=True
    )
    assert org is not None
    assert (org.is_enterprise_install, org.enterprise_name, org.user_id) == (True, "Org", "U5")
    assert await installations.async_find_bot(enterprise_id=None, team_id="T9") is None
    assert await installations.async_find_bot(enterprise_id="E1", team_id="T9") is None


async def test_deleting_pauses_one_installation_and_the_token_of_a_person_none(
    installations: Installations,
) -> None:
    await installations.async_save(installation("T1"))
    await installations.async_save(installation("T2"))
    await installations.async_delete_installation(enterprise_id=None, team_id="T1", user_id="U1")
    assert await installations.is_active("T1")

    await installations.async_delete_all(enterprise_id=None, team_id="T1")

    assert (await installations.is_active("T1"), await installations.is_active("T2")) == (False, True)
    assert await installations.async_find_bot(enterprise_id=None, team_id="T1") is None


async def test_no_token_is_in_the_file(installations: Installations, store: Storage, tmp_path: Path) -> None:
    await installations.async_save(installation("T1"))
    await installations.pause("T1", NOW)
    await installations.async_save(installation("T1"))
    contents = _contents(tmp_path)

    assert contents
    assert not any(b"canary" in content for content in contents)
    assert "canary" not in repr(await _stored(store))


def _contents(folder: Path) -> list[bytes]:
    return [file.read_bytes() for file in folder.rglob("*") if file.is_file()]


async def _stored(store: Storage) -> object:
    async with store.read() as unit:
        return await unit.workspaces.all()


@pytest.mark.parametrize("lacks", [{"team": None}, {"bot_token": None}])
async def test_an_incomplete_installation_is_not_stored(
    installations: Installations, lacks: dict[str, None]
) -> None:
    with pytest.raises(ValueError, match="lacks"):
        await installations.async_save(installation(**lacks))


async def test_nothing_is_stored_without_a_vault_key(
    store: Storage, clock: HandClock, refresher: Refresher
) -> None:
    closed = made(store, clock, refresher, Vault())
    with pytest.raises(VaultClosed):
        await closed.async_save(installation())
    assert await _stored(store) == ()


async def test_a_key_that_is_lost_for_a_while_pauses_nobody(
    installations: Installations, store: Storage, clock: HandClock, refresher: Refresher
) -> None:
    await installations.async_save(installation())
    other = Vault(AesGcm(), [vault_key(bytes(range(1, 33)))])
    for vault in (Vault(), other):
        with pytest.raises(NotSent):
            await made(store, clock, refresher, vault).tokens("T1").get()
    assert await installations.tokens("T1").get() == "xoxb-canary"


async def test_an_expired_token_is_renewed_and_slack_being_down_pauses_nobody(
    installations: Installations, refresher: Refresher
) -> None:
    await installations.async_save(installation())
    tokens = installations.tokens("T1")
    refresher.fault = SourceBusy(7.0)
    with pytest.raises(NotSent) as caught:
        await tokens.another("xoxb-canary", SendRejected("token_expired"))
    assert caught.value.retry_after == 7.0
    refresher.fault = None

    assert await tokens.another("xoxb-canary", SendRejected("token_expired")) == "xoxb-new"
    assert await tokens.get() == "xoxb-new"
    assert await installations.is_active("T1")


async def test_a_refused_refresh_token_pauses_the_workspace(
    installations: Installations, refresher: Refresher, clock: HandClock
) -> None:
    await installations.async_save(installation())
    clock.move(hours=12)
    refresher.fault = SourceDisconnected("invalid_refresh_token")

    for _ in range(2):
        with pytest.raises(Unreachable):
            await installations.tokens("T1").get()

    assert not await installations.is_active("T1")
    assert refresher.calls == 1


async def test_a_refused_token_pauses_the_workspace_unless_there_is_a_newer_one(
    installations: Installations,
) -> None:
    await installations.async_save(installation(bot_token="xoxb-second"))
    tokens = installations.tokens("T1")
    assert await tokens.another("xoxb-first", SendRejected("invalid_auth")) == "xoxb-second"

    with pytest.raises(Unreachable):
        await tokens.another("xoxb-second", SendRejected("invalid_auth"))
    assert not await installations.is_active("T1")


async def test_a_state_works_once_for_ten_minutes(store: Storage, clock: HandClock) -> None:
    states = InstallStates(store, clock, SystemRandomSource())
    first, second = await states.async_issue(), await states.async_issue()
    assert await states.async_consume(first)
    for wrong in (first, "", "x" * 129, "unknown", "\ud800"):
        assert not await states.async_consume(wrong)
    clock.time += STATE_LASTS
    assert not await states.async_consume(second)
