"""Access tokens are renewed once, in time, and never lost in silence: G15."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

import pytest

from core.errors import (
    SourceBusy,
    SourceDisconnected,
    SourceRevoked,
    SourceUnavailable,
    TokenMissing,
)
from core.integrations import tokens
from core.integrations.states import connected
from core.integrations.stored_tokens import Tokens, dump, granted, load
from core.integrations.tokens import ANSWER_TIMEOUT, LEASE, RENEW_BEFORE, AccessTokens
from core.ports import Grant
from core.records import Integration, TokenStatus
from core.store import Store
from core.vault import Vault
from tests.contracts.store.records import person
from tests.core.meanwhile import Meanwhile
from tests.core.outsiders import HandClock, SeededRandom
from tests.fakes.cipher import open_vault
from tests.fakes.oauth import GRACE, LASTS, RotatingProvider

SOON = LASTS - RENEW_BEFORE
"""When a token is to be renewed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Here:
    """Ada's connection, and two processes that use it."""

    store: Store
    clock: HandClock
    provider: RotatingProvider
    one: AccessTokens
    other: AccessTokens

    async def integration(self) -> Integration:
        async with self.store.read() as unit:
            found = await unit.integrations.get("ada", "todoist")
        assert found is not None
        return found

    async def change(self, **fields: object) -> None:
        async with self.store.begin() as unit:
            found = await unit.integrations.get("ada", "todoist")
            assert found is not None
            await unit.integrations.put(replace(found, **fields))  # type: ignore[arg-type]  # fields by name

    def process(self, seed: int, vault: Vault | None = None) -> AccessTokens:
        return process(self.store, self.provider, self.clock, seed, vault)


class Pause:
    """A hook that holds the provider up until it is over."""

    def __init__(self) -> None:
        self.begun, self.over = asyncio.Event(), asyncio.Event()

    async def __call__(self) -> None:
        self.begun.set()
        await self.over.wait()


def process(
    store: Store, provider: RotatingProvider, clock: HandClock, seed: int, vault: Vault | None = None
) -> AccessTokens:
    random = SeededRandom(seed)
    vault = vault or open_vault()
    return AccessTokens("todoist", provider, store=store, vault=vault, clock=clock, random=random)


async def connect(store: Store, provider: RotatingProvider, clock: HandClock, **changes: str | None) -> None:
    """Ada connects. ``changes``: of the tokens."""
    now = clock.now()
    stored = replace(granted(provider.grant(), now), **changes)  # type: ignore[arg-type]  # fields by name
    async with store.begin() as unit:
        await unit.integrations.put(connected("ada", "todoist", now, expires_at=stored.expires_at))
        await open_vault().put(unit, "ada", "todoist", dump(stored))


@pytest.fixture
async def here(either: Store, tmp_path: Path) -> Here:
    clock = HandClock()
    provider = RotatingProvider(tmp_path / "provider.json", clock)
    async with either.begin() as unit:
        await unit.people.add(person())
    await connect(either, provider, clock)
    one, other = (process(either, provider, clock, seed) for seed in (1, 2))
    return Here(store=either, clock=clock, provider=provider, one=one, other=other)


async def test_a_token_is_used_until_it_ends_soon(here: Here) -> None:
    first = await here.one.get("ada")
    here.clock.time += SOON - timedelta(seconds=1)
    assert await here.one.get("ada") == first
    assert here.provider.requests == 0
    here.clock.move(seconds=1)
    second = await here.one.get("ada")
    assert second != first
    assert here.provider.accepts(second)
    assert here.provider.requests == 1
    integration = await here.integration()
    assert (integration.status, integration.lease) == (TokenStatus.CONNECTED, None)
    assert integration.expires_at == here.clock.now() + LASTS


async def test_many_renewals_keep_the_connection(here: Here) -> None:
    for _ in range(50):
        here.clock.time += LASTS * 0.97
        assert here.provider.accepts(await here.one.get("ada"))


async def test_a_token_that_never_ends_is_never_renewed(here: Here) -> None:
    async with here.store.begin() as unit:
        await open_vault().put(unit, "ada", "todoist", dump(Tokens(access="for ever")))
    here.clock.move(days=9999)
    assert await here.one.get("ada") == "for ever"
    assert here.provider.requests == 0


async def test_a_refused_token_is_renewed_at_once_and_only_once(here: Here) -> None:
    first = await here.one.get("ada")
    second = await here.one.get("ada", refused=first)
    assert second != first
    assert await here.other.get("ada", refused=first) == second
    assert here.provider.requests == 1


# --- One at a time -----------------------------------------------------------------------------------------


async def test_many_callers_in_two_processes_renew_it_once(here: Here) -> None:
    here.clock.time += SOON
    both = [source.get("ada") for source in (here.one, here.other) for _ in range(20)]
    found = await asyncio.gather(*both)
    assert here.provider.requests == 1
    assert all(map(here.provider.accepts, found))


async def test_an_ended_token_is_not_used_while_another_process_renews_it(here: Here) -> None:
    here.clock.time += LASTS
    here.provider.on_request = pause = Pause()
    first = asyncio.create_task(here.one.get("ada"))
    await pause.begun.wait()
    with pytest.raises(SourceBusy) as busy:
        await here.other.get("ada")
    assert busy.value.retry_after == LEASE.total_seconds()
    pause.over.set()
    assert await first == await here.other.get("ada")
    assert here.provider.requests == 1


async def test_a_zombie_that_answers_after_its_lease_does_not_overwrite_newer_tokens(here: Here) -> None:
    """It asked, was stopped for longer than its lease, and goes on while others have renewed the token."""
    here.clock.time += SOON
    here.provider.on_answer = pause = Pause()
    zombie = asyncio.create_task(here.one.get("ada"))
    await pause.begun.wait()
    here.clock.time += LEASE + timedelta(seconds=1)
    newer = await here.other.get("ada")
    pause.over.set()
    assert await zombie == newer
    assert await here.other.get("ada") == newer
    assert here.provider.accepts(newer)


async def test_a_refusal_after_another_process_has_renewed_it_loses_nothing(here: Here) -> None:
    here.clock.time += SOON
    here.provider.on_request = pause = Pause()
    first = asyncio.create_task(here.one.get("ada"))
    await pause.begun.wait()
    here.clock.time += LEASE + timedelta(seconds=1)
    newer = await here.other.get("ada")
    here.clock.time += GRACE
    pause.over.set()
    assert await first == newer
    assert (await here.integration()).status is TokenStatus.CONNECTED


@pytest.mark.parametrize("step", [timedelta(hours=-3), timedelta(days=-400)], ids=str)
async def test_a_lease_from_before_the_clock_was_set_back_blocks_nobody(here: Here, step: timedelta) -> None:
    here.clock.time += LASTS
    await here.change(lease="cut off", leased_until=here.clock.now() + LEASE)
    here.clock.time += step
    first = await here.one.get("ada")  # the clock says that it lasts for hours
    assert await here.one.get("ada", refused=first) != first
    assert here.provider.requests == 1


async def test_a_refusal_while_another_process_asks_leaves_the_answer_to_that_one(here: Here) -> None:
    here.clock.time += LASTS
    here.provider.on_request = pause = Pause()
    zombie = asyncio.create_task(here.one.get("ada"))
    await pause.begun.wait()
    here.clock.time += LEASE + timedelta(seconds=1)
    here.provider.on_request = later = Pause()
    other = asyncio.create_task(here.other.get("ada"))
    await later.begun.wait()
    here.provider.fault = SourceDisconnected("invalid_grant")
    pause.over.set()
    with pytest.raises(SourceBusy):
        await zombie
    here.provider.fault = None
    later.over.set()
    assert here.provider.accepts(await other)
    assert (await here.integration()).status is TokenStatus.CONNECTED


# --- What can go wrong -------------------------------------------------------------------------------------


async def test_a_lost_answer_is_asked_for_again_at_once(here: Here) -> None:
    here.clock.time += LASTS

    async def lost() -> None:
        raise SourceUnavailable("connection lost")

    here.provider.on_answer = lost
    assert here.provider.accepts(await here.one.get("ada"))
    assert here.provider.requests == 2


async def test_a_busy_provider_is_left_alone_for_as_long_as_it_says(here: Here) -> None:
    first = await here.one.get("ada")
    here.clock.time += SOON
    here.provider.fault = SourceBusy(90)
    assert await here.one.get("ada") == first
    assert here.provider.requests == 1
    integration = await here.integration()
    assert integration.not_before == here.clock.now() + timedelta(seconds=90)


async def test_a_lost_answer_is_asked_for_again_within_the_grace(here: Here) -> None:
    here.clock.time += LASTS
    here.provider.fault, here.provider.loses_answers = SourceUnavailable("connection lost"), True
    with pytest.raises(SourceUnavailable):
        await here.one.get("ada")
    here.provider.fault = None
    here.clock.time += GRACE - timedelta(seconds=1)
    assert here.provider.accepts(await here.one.get("ada"))


async def test_a_lost_answer_after_the_grace_ends_in_asking_to_reconnect(here: Here) -> None:
    here.clock.time += LASTS
    here.provider.fault, here.provider.loses_answers = SourceUnavailable("connection lost"), True
    with pytest.raises(SourceUnavailable):
        await here.one.get("ada")
    here.provider.fault = None
    here.clock.time += GRACE
    with pytest.raises(SourceDisconnected) as raised:
        await here.one.get("ada")
    assert not isinstance(raised.value, SourceRevoked)  # it was not the person who ended it


async def test_a_lost_answer_that_is_not_given_again_is_not_called_withdrawn(here: Here) -> None:
    here.clock.time += LASTS

    async def lost() -> None:
        here.clock.time += GRACE
        raise SourceUnavailable("connection lost")

    here.provider.on_answer = lost
    with pytest.raises(SourceDisconnected) as raised:
        await here.one.get("ada")
    assert not isinstance(raised.value, SourceRevoked)


async def test_withdrawn_access_is_said_to_be_withdrawn(here: Here) -> None:
    here.clock.time += SOON
    here.provider.withdraw()
    with pytest.raises(SourceRevoked):
        await here.one.get("ada")


@pytest.mark.parametrize(
    "fault", [SourceUnavailable("500"), SourceBusy(90), SourceUnavailable("410")], ids=str
)
async def test_a_failing_provider_ends_nothing(here: Here, fault: SourceUnavailable) -> None:
    first = await here.one.get("ada")
    here.clock.time += SOON
    here.provider.fault = fault
    assert await here.one.get("ada") == first
    assert (await here.integration()).status is TokenStatus.EXPIRING
    here.clock.time += RENEW_BEFORE
    with pytest.raises(type(fault)) as raised:
        await here.one.get("ada")
    assert raised.value is fault
    here.clock.move(days=3)
    here.provider.fault = None
    assert here.provider.accepts(await here.one.get("ada"))
    assert (await here.integration()).status is TokenStatus.CONNECTED


async def test_a_provider_that_hangs_is_given_up_and_asked_again(
    here: Here, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tokens, "ANSWER_TIMEOUT", timedelta(0))
    here.clock.time += LASTS
    here.provider.on_request = Pause()
    with pytest.raises(SourceUnavailable, match="too long"):
        await here.one.get("ada")
    monkeypatch.setattr(tokens, "ANSWER_TIMEOUT", ANSWER_TIMEOUT)
    assert here.provider.accepts(await here.one.get("ada"))


async def test_a_token_that_cannot_be_renewed_is_used_until_it_ends(here: Here) -> None:
    await connect(here.store, here.provider, here.clock, refresh=None)
    first = await here.one.get("ada")
    here.clock.time += SOON
    assert await here.one.get("ada") == first
    assert (await here.integration()).status is TokenStatus.EXPIRING
    here.clock.time += RENEW_BEFORE
    with pytest.raises(SourceDisconnected):
        await here.one.get("ada")


async def test_tokens_of_a_connection_that_ended_meanwhile_are_revoked(here: Here) -> None:
    here.clock.time += SOON

    async def meanwhile() -> None:
        async with here.store.begin() as unit:
            await unit.people.forget("ada")

    here.provider.on_request = meanwhile
    with pytest.raises(TokenMissing):
        await here.one.get("ada")
    assert await to_be_revoked(here) == ["canary-access-2"]
    async with here.store.read() as unit:
        assert await unit.secrets.all() == ()


@pytest.mark.parametrize(
    ("fault", "raised"),
    [(SourceDisconnected("invalid_grant"), TokenMissing), (SourceUnavailable("500"), SourceUnavailable)],
)
async def test_a_fault_after_the_connection_ended_stores_nothing_of_it(
    here: Here, fault: Exception, raised: type[Exception]
) -> None:
    here.clock.time += LASTS
    here.provider.on_request, here.provider.fault = partial(disconnect, here), fault
    with pytest.raises(raised):
        await here.one.get("ada")
    async with here.store.read() as unit:
        assert await unit.integrations.get("ada", "todoist") is None


async def test_a_token_without_refresh_that_ends_with_its_connection_stores_nothing_of_it(here: Here) -> None:
    await connect(here.store, here.provider, here.clock, refresh=None)
    here.clock.time += LASTS
    interrupted = Meanwhile(here.store, partial(disconnect, here), after="begin")
    with pytest.raises(SourceDisconnected):
        await process(interrupted, here.provider, here.clock, seed=3).get("ada")
    async with here.store.read() as unit:
        assert await unit.integrations.get("ada", "todoist") is None


async def disconnect(here: Here) -> None:
    async with here.store.begin() as unit:
        await open_vault().remove(unit, "ada", "todoist")
        await unit.integrations.remove("ada", "todoist")


async def test_a_provider_that_gives_no_new_refresh_token_goes_on_taking_the_old_one(here: Here) -> None:
    keeping = KeepingProvider(here.provider)
    renews = AccessTokens(
        "todoist", keeping, store=here.store, vault=open_vault(), clock=here.clock, random=SeededRandom(3)
    )
    for _ in range(2):
        here.clock.time += LASTS
        assert here.provider.accepts(await renews.get("ada"))
    assert keeping.asked_with == ["canary-refresh-1", "canary-refresh-1"]


class KeepingProvider:
    """Gives new access tokens only."""

    def __init__(self, provider: RotatingProvider) -> None:
        self.provider = provider
        self.asked_with: list[str] = []

    async def refresh(self, refresh_token: str) -> Grant:
        self.asked_with.append(refresh_token)
        return replace(self.provider.grant(), refresh_token=None)


async def to_be_revoked(here: Here) -> list[str]:
    async with here.store.read() as unit:
        return [load(open_vault().unseal(one)).access for one in await unit.secrets.revocations()]


async def test_tokens_of_an_earlier_connection_do_not_replace_those_of_a_new_one(here: Here) -> None:
    here.clock.time += SOON

    async def meanwhile() -> None:
        here.clock.move(seconds=1)
        await connect(here.store, here.provider, here.clock)

    here.provider.on_answer = meanwhile
    with pytest.raises(TokenMissing):
        await here.one.get("ada")
    assert await here.other.get("ada") == "canary-access-3"
    assert await to_be_revoked(here) == ["canary-access-2"]


# --- Secrets -----------------------------------------------------------------------------------------------


async def without_secret(here: Here) -> None:
    async with here.store.begin() as unit:
        await unit.secrets.shred("ada")


async def without_connection(here: Here) -> None:
    async with here.store.begin() as unit:
        await unit.integrations.remove("ada", "todoist")


async def with_something_else(here: Here) -> None:
    async with here.store.begin() as unit:
        await open_vault().put(unit, "ada", "todoist", '["canary"]')


async def damaged(here: Here) -> None:
    async with here.store.begin() as unit:
        secret = await unit.secrets.get("ada", "todoist")
        assert secret is not None
        await unit.secrets.put(replace(secret, ciphertext=secret.ciphertext[::-1]))


@pytest.mark.parametrize("harm", [without_secret, without_connection, with_something_else, damaged])
async def test_a_token_that_cannot_be_read_is_missing(
    here: Here, harm: Callable[[Here], object], caplog: pytest.LogCaptureFixture
) -> None:
    await harm(here)  # type: ignore[misc]  # each is a coroutine
    with pytest.raises(TokenMissing) as raised:
        await here.one.get("ada")
    assert "canary" not in f"{raised.value} {raised.value.__cause__} {raised.value.__context__} {caplog.text}"


async def test_another_vault_key_makes_it_missing_and_no_key_is_the_operators_fault(
    here: Here, caplog: pytest.LogCaptureFixture
) -> None:
    with pytest.raises(TokenMissing):
        await here.process(3, open_vault(2)).get("ada")
    assert [record.levelno for record in caplog.records] == [logging.WARNING]
    with pytest.raises(SourceUnavailable, match="OO_VAULT_KEYS") as raised:
        await here.process(3, Vault()).get("ada")
    assert not isinstance(raised.value, SourceDisconnected)


@pytest.mark.parametrize("ends", [None, datetime.fromisoformat("2027-06-14T07:00:00.000001+00:00")])
def test_tokens_are_read_as_they_were_stored(ends: datetime | None) -> None:
    for refresh in (None, "", "refresh-äöü"):
        stored = Tokens(access='a"b', refresh=refresh, expires_at=ends)
        assert load(dump(stored)) == stored
        assert 'a"b' not in repr(stored)


@pytest.mark.parametrize("text", ["", "canary", "[]", "{}", '{"access": 1}', "1", '{"expires_at": "canary"}'])
def test_what_is_no_tokens_is_refused_and_not_shown(text: str) -> None:
    with pytest.raises(ValueError, match="holds no tokens") as raised:
        load(text)
    assert raised.value.__suppress_context__
