"""Imports of task files, and the keys of tasks."""

from __future__ import annotations

from dataclasses import replace

import pytest

from core.errors import NotFound
from core.records import FileTask, ImportedTask, ImportState, TaskImport, TaskKey
from core.store import Store
from tests.contracts.store.records import DAY, HOUR, NOW, person, task

OFFER = TaskImport(
    import_id="i1",
    person_id="ada",
    offered_at=NOW,
    tasks=(ImportedTask(task=FileTask(title="Water", labels=("a",)), keys=("k1", "k2"), parent_id="t9"),),
)


async def test_an_import_comes_back_as_stored_and_is_replaced(store: Store) -> None:
    async with store.begin() as unit:
        await unit.imports.put(OFFER)
        assert await unit.imports.get("i1") == OFFER
        added = replace(OFFER, state=ImportState.ADDED, tasks=(), task_ids=("t1",))
        await unit.imports.put(added)
        assert await unit.imports.get("i1") == added
        await unit.imports.delete("i1")
        with pytest.raises(NotFound):
            await unit.imports.get("i1")


async def test_offers_are_pruned_sooner_than_imports(store: Store) -> None:
    async with store.begin() as unit:
        await unit.imports.put(OFFER)
        await unit.imports.put(replace(OFFER, import_id="i2", state=ImportState.ADDED))
        await unit.imports.put(replace(OFFER, import_id="i3", offered_at=NOW + DAY))
        assert await unit.imports.prune(offered_before=NOW + HOUR, before=NOW - DAY) == 1
        with pytest.raises(NotFound):
            await unit.imports.get("i1")
        assert await unit.imports.prune(offered_before=NOW + HOUR, before=NOW + HOUR) == 1
        assert (await unit.imports.get("i3")).offered_at == NOW + DAY


async def test_keys_are_the_persons_own_and_go_with_their_tasks(store: Store) -> None:
    one = TaskKey(person_id="ada", key="k1", task_id="t1", content="c")
    others = [replace(one, key="k2"), replace(one, key="k3", task_id="t2"), replace(one, person_id="bob")]
    async with store.begin() as unit:
        await unit.people.add(person("bob"))
        await unit.imports.put_keys([one, *others])
        await unit.imports.put_keys([replace(one, content="d")])
        await unit.imports.put_keys([])
        assert {(key.key, key.content) for key in await unit.imports.keys("ada")} == {
            ("k1", "d"), ("k2", "c"), ("k3", "c"),
        }  # fmt: skip
        await unit.imports.delete_keys("ada", ["t1"])
        await unit.imports.delete_keys("ada", [])
        assert [key.key for key in await unit.imports.keys("ada")] == ["k3"]
        assert len(await unit.imports.keys("bob")) == 1


async def test_several_tasks_are_put_at_once(store: Store) -> None:
    async with store.begin() as unit:
        await unit.tasks.put_all([task("t1"), task("t2")])
        await unit.tasks.put_all([])
        assert [one.task_id for one in await unit.tasks.open("ada")] == ["t1", "t2"]
