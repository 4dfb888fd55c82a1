"""Tokens that end soon are renewed by a job, and a refusal shows in the connection."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from core.errors import SourceBusy, SourceUnavailable
from core.integrations.states import connected
from core.integrations.stored_tokens import dump, granted
from core.integrations.tokens import LEASE, RENEW_BEFORE
from core.records import Integration, TokenStatus
from jobs.refresh_tokens import refresh_tokens
from tests.core.worlds import Scene, scene
from tests.fakes.cipher import open_vault
from tests.fakes.oauth import LASTS, RotatingProvider
from tests.fakes.store import FakeStore

SOON = LASTS - RENEW_BEFORE + timedelta(seconds=1)


@pytest.fixture
async def here() -> Scene:
    """Ada, in a world with a vault."""
    world = scene(FakeStore())
    world = replace(world, deps=replace(world.deps, vault=open_vault()))
    await world.person()
    return world


@pytest.fixture
async def provider(here: Scene, tmp_path: Path) -> RotatingProvider:
    """Ada has connected Todoist."""
    made = RotatingProvider(tmp_path / "provider.json", here.clock)
    tokens = granted(made.grant(), here.clock.now())
    async with here.deps.store.begin() as unit:
        await unit.integrations.put(
            connected("ada", "todoist", here.clock.now(), expires_at=tokens.expires_at)
        )
        await here.deps.vault.put(unit, "ada", "todoist", dump(tokens))
    return made


async def stored(here: Scene) -> Integration:
    async with here.deps.store.read() as unit:
        found = await unit.integrations.get("ada", "todoist")
    assert found is not None
    return found


async def run(here: Scene, provider: RotatingProvider, **later: float) -> int:
    here.clock.move(**later)
    return await refresh_tokens(here.deps, {"todoist": provider})


async def test_a_token_is_renewed_before_it_ends_and_then_left_alone(
    here: Scene, provider: RotatingProvider
) -> None:
    assert await run(here, provider, minutes=30) == 0
    assert await run(here, provider, seconds=SOON.total_seconds() - 1800) == 1
    assert await run(here, provider, seconds=10) == 0
    assert provider.requests == 1
    assert (await stored(here)).expires_at == here.clock.now() - timedelta(seconds=10) + LASTS


async def test_other_providers_and_lost_connections_are_left_alone(
    here: Scene, provider: RotatingProvider
) -> None:
    here.clock.time += SOON
    assert await refresh_tokens(here.deps, {"other": provider}) == 0
    async with here.deps.store.begin() as unit:
        await unit.integrations.put(replace(await stored(here), status=TokenStatus.REVOKED))
    assert await run(here, provider) == 0
    assert provider.requests == 0


async def test_a_refresh_that_was_cut_off_is_repeated_when_its_lease_has_ended(
    here: Scene, provider: RotatingProvider
) -> None:
    here.clock.time += SOON
    cut_off = replace(await stored(here), lease="of a process that is gone")
    async with here.deps.store.begin() as unit:
        await unit.integrations.put(replace(cut_off, leased_until=here.clock.now() + LEASE))
    await run(here, provider, seconds=10)
    assert provider.requests == 0
    await run(here, provider, seconds=10)
    assert provider.requests == 1
    assert (await stored(here)).lease is None


async def test_withdrawn_access_shows_in_the_connection(here: Scene, provider: RotatingProvider) -> None:
    provider.withdraw()
    here.clock.time += SOON
    await run(here, provider)
    await run(here, provider, days=1)
    assert (await stored(here)).status is TokenStatus.REVOKED
    assert provider.requests == 1


@pytest.mark.parametrize(("fault", "wait"), [(SourceUnavailable("503"), 60), (SourceBusy(90), 90)], ids=str)
async def test_a_failing_provider_is_asked_again_after_its_pause_and_blames_nobody(
    here: Scene, provider: RotatingProvider, fault: SourceUnavailable, wait: int
) -> None:
    provider.fault = fault
    here.clock.time += LASTS
    await run(here, provider)
    asked = provider.requests
    assert (await stored(here)).status is TokenStatus.ERROR
    await run(here, provider, seconds=wait - 1)
    assert provider.requests == asked
    provider.fault = None
    await run(here, provider, seconds=1)
    assert provider.requests == asked + 1
    assert provider.accepts("canary-access-2")
