"""A scenario for ``tests/crash_points.py``: a refresh of a token is killed."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from random import Random

from adapters.aes_gcm import AesGcm
from adapters.storage.engine import connect
from adapters.storage.store import Storage, open_store
from core.errors import SourceDisconnected, SourceUnavailable
from core.integrations.states import connected, record_response
from core.integrations.stored_tokens import dump, granted
from core.integrations.tokens import LEASE, AccessTokens
from core.store import Store
from core.vault import Vault, vault_key
from tests.contracts.store.records import HOUR, NOW, person
from tests.core.outsiders import HandClock, SeededRandom
from tests.fakes.oauth import LASTS, RotatingProvider

VAULT = Vault(AesGcm(Random(1).randbytes), [vault_key(bytes(range(32)))])
NEXT_TRY = LASTS + LEASE + timedelta(seconds=1)
LATE = LASTS + HOUR


async def prepare(folder: Path) -> None:
    """Ada is connected."""
    store = await open_store(f"sqlite:///{folder}/oo.db")
    tokens = granted(provider(folder, timedelta(0)).grant(), NOW)
    async with store.begin() as unit:
        await unit.people.add(person())
        await unit.integrations.put(connected("ada", "todoist", NOW, expires_at=tokens.expires_at))
        await VAULT.put(unit, "ada", "todoist", dump(tokens))
    await store.close()


async def act(folder: Path, arm: Callable[[], None]) -> None:
    """Her token has ended and is renewed."""
    async with opened(folder) as store:
        tokens = tokens_of(store, folder, LASTS, seed=1)
        arm()
        await tokens.get("ada")


async def check(folder: Path, finished: bool) -> str:
    """What a restart at once, and one an hour later, find."""
    shutil.copytree(folder, folder / "late")
    async with opened(folder) as store:
        soon = await restarted_at_once(store, folder, finished)
    async with opened(folder / "late") as store:
        return f"{soon}; later {await restarted_late(store, folder / 'late')}"


async def restarted_at_once(store: Store, folder: Path, finished: bool) -> str:
    """There is a token that the provider accepts, within one lease."""
    try:
        used = await tokens_of(store, folder, LASTS, seed=2).get("ada")
    except SourceUnavailable:
        assert not finished
        used = await tokens_of(store, folder, NEXT_TRY, seed=2).get("ada")
    asked = provider(folder, LASTS)
    assert asked.accepts(used)
    assert await tokens_of(store, folder, NEXT_TRY, seed=3).get("ada") == used
    assert asked.requests <= (1 if finished else 2)
    return f"asked {asked.requests} times"


async def restarted_late(store: Store, folder: Path) -> str:
    """There is a token that the provider accepts, or the connection says that the person must reconnect."""
    try:
        used = await tokens_of(store, folder, LATE, seed=2).get("ada")
    except SourceDisconnected as fault:
        async with store.begin() as unit:
            integration = await unit.integrations.get("ada", "todoist")
            assert integration is not None
            await record_response(unit, integration, NOW + LATE, fault=fault)
            integration = await unit.integrations.get("ada", "todoist")
        assert integration is not None
        assert integration.status.must_reconnect
        return integration.status
    assert provider(folder, LATE).accepts(used)
    return "renewed"


@asynccontextmanager
async def opened(folder: Path) -> AsyncIterator[Store]:
    """The store as it is; migrating it would only take time."""
    store = Storage(connect(f"sqlite:///{folder}/oo.db"))
    try:
        yield store
    finally:
        await store.close()


def tokens_of(store: Store, folder: Path, later: timedelta, *, seed: int) -> AccessTokens:
    """As in a new process, at ``NOW + later``."""
    asked, random = provider(folder, later), SeededRandom(seed)
    return AccessTokens("todoist", asked, store=store, vault=VAULT, clock=clock(later), random=random)


def provider(folder: Path, later: timedelta) -> RotatingProvider:
    return RotatingProvider(folder / "provider.json", clock(later))


def clock(later: timedelta) -> HandClock:
    stands = HandClock()
    stands.time = NOW + later
    return stands
