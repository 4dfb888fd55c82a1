"""A scenario for ``tests/crash_points.py``: a change to another vault key is killed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from random import Random

from adapters.aes_gcm import AesGcm
from adapters.storage.store import open_store
from core.integrations.vault_keys import check_vault, rotate_vault
from core.vault import Vault, vault_key
from tests.contracts.store.records import person
from tests.core.killing import opened
from tests.databases import url_in

OLD, NEW = (vault_key(bytes([number, *range(31)])) for number in (1, 2))
PEOPLE = ("ada", "bob", "eve")


def vault(*keys: str) -> Vault:
    named = {"old": OLD, "new": NEW}
    return Vault(AesGcm(Random(1).randbytes), [named[key] for key in keys])


async def prepare(folder: Path) -> None:
    """Three people have a secret under the old key."""
    store = await open_store(url_in(folder))
    old = vault("old")
    async with store.begin() as unit:
        for name in PEOPLE:
            await unit.people.add(person(name))
            await old.put(unit, name, "todoist", f"canary {name}")
    await store.close()


async def act(folder: Path, arm: Callable[[], None]) -> None:
    """The change to the new key."""
    async with opened(folder) as store:
        arm()
        await rotate_vault(store, vault("new", "old"))


async def check(folder: Path, finished: bool) -> str:
    """Everything can be read at once; after a repetition the new key is enough."""
    both = vault("new", "old")
    async with opened(folder) as store:
        report = await check_vault(store, both)
        assert report.unreadable == ()
        left = await rotate_vault(store, both)
        assert left == report.to_rotate
        assert not (finished and left)
        assert (await check_vault(store, both)).droppable == (OLD.key_id,)
        async with store.read() as unit:
            for name in PEOPLE:
                assert await vault("new").get(unit, name, "todoist") == f"canary {name}"
    return f"{left} to go"
